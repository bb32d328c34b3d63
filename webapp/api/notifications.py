"""What the caller was told: reminders, escalations, comments, and what became of drafts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from engine import clock
from webapp.api import replay
from webapp.api.access import actor, language, needs
from webapp.api.blueprint import Blueprint
from webapp.api.paging import instant, opened, sealed
from webapp.api.replay import once_in_one, replayable
from webapp.api.schemas.notifications import (
    DraftNewsPage,
    NotificationPage,
    NotificationQuery,
    NotificationsRead,
)
from webapp.context import reading
from webapp.notices import feed
from webapp.notices.feed import Place, Told
from workflows.designing import news, permission
from workflows.designing.news import DraftNews
from workflows.domain import notifications

blueprint = Blueprint("notifications", __name__, ("消息", "What one was told"))


@blueprint.call("GET", "/notifications", "列出消息")
@needs.read
@blueprint.takes(NotificationQuery, location="query")
@blueprint.gives(NotificationPage)
def list_notifications(wanted: dict[str, Any]) -> dict[str, Any]:
    """List what the caller was told, the newest first."""
    after = opened(wanted["cursor"], wanted)
    behind = Place(datetime.fromisoformat(after[0]), after[1]) if after else None
    with reading() as session:
        found, total, last = feed.page(
            session,
            actor().id,
            wanted["limit"],
            behind=behind,
            unread_only=wanted["unread"] is True,
        )
    place = [instant(last.at), last.id] if last else None
    items = [_item(one) for one in found]
    return {"items": items, "total": total, "next": sealed(place, wanted)}


@blueprint.call("GET", "/notifications/drafts", "列出流程草稿的消息")
@needs.read
@blueprint.takes(NotificationQuery, location="query")
@blueprint.gives(DraftNewsPage)
def list_draft_news(wanted: dict[str, Any]) -> dict[str, Any]:
    """List what the caller was told of drafts and versions of processes, the newest first."""
    after = opened(wanted["cursor"], wanted)
    behind = (datetime.fromisoformat(after[0]), after[1]) if after else None
    with reading() as session:
        if not permission.may_read(session, actor()):
            return {"items": [], "total": 0, "next": None}
        found, total, last = news.page(
            session,
            actor().id,
            wanted["limit"],
            behind=behind,
            unread_only=wanted["unread"] is True,
        )
    place = [instant(last[0]), last[1]] if last else None
    items = [_draft_item(one) for one in found]
    return {"items": items, "total": total, "next": sealed(place, wanted)}


@blueprint.call("POST", "/notifications/read", "全部标为已读", parameters=[replay.PARAMETER])
@needs.write
@replayable
@blueprint.gives(NotificationsRead)
def read_notifications() -> dict[str, Any]:
    """Count everything that the caller was told as read."""

    def work(session: Session) -> dict[str, Any]:
        count = notifications.unread(session, actor().id)
        notifications.mark_read(session, actor().id, clock.now())
        if permission.may_read(session, actor()):  # nobody else was shown them
            count += news.unread(session, actor().id)
            news.mark_read(session, actor().id, clock.now())
        return {"read": count}

    return once_in_one("notifications.read", work)


def _draft_item(one: DraftNews) -> dict[str, Any]:
    return {
        "draft": one.draft_id,
        "process": one.process,
        "version": one.version,
        "at": one.at,
        "unread": one.unread,
        "text": one.text if language() == "en" else one.text_zh,
    }


def _item(one: Told) -> dict[str, Any]:
    kept = ("kind", "at", "unread", "relevant", "number")
    return {name: getattr(one, name) for name in kept} | {
        "case": one.case_id,
        "task": one.task_id,
        "text": one.text if language() == "en" else one.text_zh,
    }
