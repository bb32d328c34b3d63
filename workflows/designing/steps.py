"""What was done to drafts, from the record of the administration, in words of both languages."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.designing.tables import DraftCommentRow

STEPS: Final[dict[str, tuple[str, str]]] = {
    "draft.begin": ("建立草稿", "Draft begun"),
    "draft.import": ("导入草稿", "Draft imported"),
    "draft.propose": ("提请审核", "Proposed for approval"),
    "draft.approve": ("审核通过", "Approved"),
    "draft.return": ("退回修改", "Returned to be changed"),
    "draft.withdraw": ("撤回修改", "Taken back to be changed"),
    "draft.rebase": ("并入新版本", "Newer version taken in"),
    "draft.schedule": ("定时上线", "Set to go live"),
    "draft.unschedule": ("取消定时", "No longer set to go live"),
    "draft.not_live": ("未能上线，退回修改", "Could not go live, returned to be changed"),
    "draft.live": ("上线", "Went live"),
    "draft.discard": ("放弃草稿", "Draft discarded"),
    "draft.take_up": ("恢复草稿", "Draft taken up again"),
    "draft.comment": ("发表意见", "Commented"),
    "definition.deploy": ("在服务器上部署", "Deployed at the server"),
    "definition.roll_back": ("回退到以前的版本", "Went back to an earlier version"),
}
"""What each act of the record about drafts and versions is called."""

COMMENT: Final = "draft.comment"


def comments(session: Session, draft_id: str) -> list[DraftCommentRow]:
    """Return what was written about a draft, the oldest first."""
    query = select(DraftCommentRow).where(DraftCommentRow.draft_id == draft_id)
    return list(session.scalars(query.order_by(DraftCommentRow.at, DraftCommentRow.id)))
