"""The list of drafts in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from sqlalchemy.orm import Session

from engine.ports import Actor
from webapp.administration.sheet import Cell, Line, Link
from webapp.i18n.language import both, current_language, t
from webapp.presentation.remaining import instant_words
from workflows.designing import drafts, permission
from workflows.designing.drafts import Draft
from workflows.designing.people import Name, names_of

TONES = {
    drafts.OPEN: "quiet",
    drafts.PROPOSED: "warning",
    drafts.APPROVED: "warning",
    drafts.SCHEDULED: "warning",
    drafts.LIVE: "done",
    drafts.DISCARDED: "quiet",
}


@dataclass(frozen=True)
class DraftList:
    """What the page of all drafts shows."""

    now: Sequence[Line]
    past: Sequence[Line]
    may_change: bool


def draft_list(session: Session, actor: Actor, agency: str) -> DraftList:
    """Return the page of all drafts; NotAllowed for whoever may not see them."""
    permission.reading_desk(session, actor, agency)
    found = drafts.listed(session, agency)
    names = names_of(session, {one.changed_by for one in found})
    lines = [(one.state in drafts.OVER, _line(one, names)) for one in found]
    return DraftList(
        [line for over, line in lines if not over],
        [line for over, line in lines if over],
        permission.may_change(actor),
    )


def of_process(session: Session, agency: str, process: str) -> list[tuple[str, str]]:
    """Return the drafts of a process that are under way: what each says, and the way there."""
    found = drafts.listed(session, agency, process=process)
    now = [one for one in found if one.state not in drafts.OVER]
    names = names_of(session, {one.changed_by for one in now})
    return [
        (
            t(
                "drafts.under_way",
                who=both(*names[one.changed_by]),
                at=instant_words(one.changed_at, current_language()),
                state=state_words(one.state),
            ),
            url_for("drafts.show", draft_id=one.id),
        )
        for one in now
    ]


def state_words(state: str) -> str:
    """Return what a state of a draft is called."""
    return both(*drafts.STATES[state])


def title_words(draft: Draft) -> str:
    """Return what a draft is called."""
    return both(draft.title, draft.title_en)


def base_words(draft: Draft) -> str:
    """Return the version that a draft began from."""
    if not draft.base:
        return t("drafts.base_new")
    return t("studio.version_number", version=draft.base)


def _line(draft: Draft, names: Mapping[str, Name]) -> Line:
    language = current_language()
    who = both(*names[draft.changed_by])
    return Line(
        Link(title_words(draft), url_for("drafts.show", draft_id=draft.id)),
        [
            Cell("studio.process", draft.process),
            Cell("drafts.state", state_words(draft.state), tone=TONES[draft.state]),
            Cell("drafts.base", base_words(draft)),
            Cell("drafts.changed", f"{who} · {instant_words(draft.changed_at, language)}"),
        ],
    )
