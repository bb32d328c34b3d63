"""What was done to a draft and what was written about it, as one timeline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from engine.ports import SYSTEM
from webapp.i18n.language import both, current_language, t
from webapp.presentation.facts import Fact
from webapp.presentation.naming import spoken
from webapp.presentation.remaining import instant_words
from webapp.presentation.timeline_rows import TimelineRow
from workflows.administration import record
from workflows.designing import steps
from workflows.designing.people import names_of

_TONES = {
    "draft.live": "good",
    "draft.approve": "good",
    "draft.return": "bad",
    "draft.not_live": "bad",
}


@dataclass(frozen=True)
class _Moment:
    at: datetime
    by: str
    act: str
    data: Mapping[str, Any]
    said: str = ""


def history(session: Session, agency: str, draft_id: str) -> list[TimelineRow]:
    """Return the steps of a draft and its comments, the newest first."""
    moments = [
        _Moment(one.at, one.actor, one.act, one.data)
        for one in record.about(session, agency, draft_id)
        if one.act != steps.COMMENT
    ]
    moments += [
        _Moment(one.at, one.by, steps.COMMENT, {}, one.text)
        for one in steps.comments(session, draft_id)
    ]
    names = names_of(session, {one.by for one in moments})
    ordered = sorted(moments, key=lambda one: one.at, reverse=True)
    return [_row(one, both(*names[one.by])) for one in ordered]


def _row(one: _Moment, who: str) -> TimelineRow:
    language = current_language()
    return TimelineRow(
        act=both(*steps.STEPS.get(one.act, (one.act, one.act))),
        outcome="",
        at=instant_words(one.at, language),
        iso=one.at.isoformat(),
        who=who,
        who_lang=spoken(who) if language == "en" else "",
        person=one.by != SYSTEM.id,
        tone=_TONES.get(one.act, ""),
        lines=_lines(one, language),
    )


def _lines(one: _Moment, language: str) -> list[Fact]:
    lines = []
    if one.said:
        lines.append(Fact("", one.said, written=True))
    if one.data.get("reason"):
        lines.append(Fact(t("drafts.reason"), str(one.data["reason"]), written=True))
    if one.data.get("live_at"):
        at = instant_words(datetime.fromisoformat(str(one.data["live_at"])), language)
        lines.append(Fact(t("drafts.live_at"), at))
    if one.data.get("version"):
        words = t("studio.version_number", version=one.data["version"])
        lines.append(Fact(t("studio.version"), words))
    return lines
