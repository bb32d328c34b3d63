"""What the administration did: who, when, what, with whether the chain holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from webapp.addresses import position
from webapp.administration.sheet import PAGE, number
from webapp.i18n.language import both, current_language, t
from webapp.presentation.choices import Position
from webapp.presentation.naming import spoken
from webapp.presentation.remaining import instant_words
from workflows.administration import record
from workflows.administration.registry import COMMANDS
from workflows.domain.earlier_calendars import REPLACED

_OTHERS = {
    "zone.set_up": "admin.act_set_up",
    "calendar.import": "admin.act_calendar",
    "rules.adopt": "admin.act_rules",
    "enterprise.import": "admin.act_import",
}


@dataclass(frozen=True)
class RecordLine:
    """One act."""

    at: str
    iso: str
    who: str
    act: str
    subject: str
    detail: str
    lang: str = ""
    """The language to mark what was written with."""


@dataclass(frozen=True)
class RecordPage:
    """What the page shows."""

    lines: Sequence[RecordLine]
    position: Position
    sound: bool
    total: int


def record_page(session: Session, agency: str) -> RecordPage:
    """Return one page of the record, and whether all of it is as it was written."""
    chain = record.verify(session, agency)
    page = number()
    found = record.entries(session, agency, limit=PAGE, offset=(page - 1) * PAGE)
    return RecordPage(
        lines=[_line(one) for one in found],
        position=position(page, chain.entries, PAGE),
        sound=chain.sound,
        total=record.count(session, agency),
    )


def _line(one: record.Recorded) -> RecordLine:
    language = current_language()
    written = spoken(f"{one.actor_name}{_detail(one.data)}") if language == "en" else ""
    return RecordLine(
        lang=written,
        at=instant_words(one.at, language),
        iso=one.at.isoformat(),
        who=one.actor_name,
        act=_act(one.act),
        subject=one.subject,
        detail=_detail(one.data),
    )


def _act(name: str) -> str:
    if name in COMMANDS:
        return both(*COMMANDS[name].title)
    return t(_OTHERS[name]) if name in _OTHERS else name


def _detail(data: dict[str, Any]) -> str:
    shown = data.get("after") if isinstance(data.get("after"), dict) else data
    words = {key: value for key, value in (shown or {}).items() if value and key != REPLACED}
    days = {REPLACED: len(data[REPLACED])} if data.get(REPLACED) else {}
    return "; ".join(f"{key}: {value}" for key, value in (words | days).items())
