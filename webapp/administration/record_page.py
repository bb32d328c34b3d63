"""What the administration did: who, when, what, with whether the chain holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from sqlalchemy.orm import Session

from webapp.addresses import position
from webapp.administration.sheet import PAGE, asked, cut, fits, number
from webapp.i18n.language import both, current_language, t
from webapp.presentation.choices import Position, pages_of
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
    entries: int
    total: int
    text: str = ""
    action: str = ""


def record_page(session: Session, agency: str) -> RecordPage:
    """Return one page of the record, and whether all of it is as it was written."""
    chain, entries = record.verify(session, agency), record.count(session, agency)
    if asked():
        lines = [_line(one) for one in record.entries(session, agency, limit=entries)]
        found = [one for one in lines if fits(one.who, one.act, one.subject, one.detail)]
        shown, place = cut(found)
        total = len(found)
    else:
        page, total = min(number(), pages_of(entries, PAGE)), entries
        part = record.entries(session, agency, limit=PAGE, offset=(page - 1) * PAGE)
        shown, place = [_line(one) for one in part], position(page, entries, PAGE)
    return RecordPage(shown, place, chain.sound, entries, total, asked(), request.path)


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
