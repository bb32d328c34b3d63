"""What the administration did: who, when, what, with whether the chain holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request
from sqlalchemy.orm import Session

from webapp.addresses import position
from webapp.administration.record_words import Detail, RecordWords, act_words
from webapp.administration.sheet import PAGE, Link, asked, cut, fits, number
from webapp.i18n.language import current_language
from webapp.presentation.choices import Position, pages_of
from webapp.presentation.naming import spoken
from webapp.presentation.remaining import instant_words
from workflows.administration import record


@dataclass(frozen=True)
class RecordLine:
    """One act."""

    at: str
    iso: str
    who: str
    who_lang: str
    """The language to mark the name with."""
    act: str
    subject: Link
    details: Sequence[Detail]


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
    words = RecordWords(session, agency)
    if asked():
        found = record.entries(session, agency, limit=entries)
        lines = [line for one in found if _fits(line := _line(one, words), one)]
        shown, place = cut(lines)
        total = len(lines)
    else:
        page, total = min(number(), pages_of(entries, PAGE)), entries
        part = record.entries(session, agency, limit=PAGE, offset=(page - 1) * PAGE)
        shown, place = [_line(one, words) for one in part], position(page, entries, PAGE)
    return RecordPage(shown, place, chain.sound, entries, total, asked(), request.path)


def _line(one: record.Recorded, words: RecordWords) -> RecordLine:
    language = current_language()
    return RecordLine(
        at=instant_words(one.at, language),
        iso=one.at.isoformat(),
        who=one.actor_name,
        who_lang=spoken(one.actor_name) if language == "en" else "",
        act=act_words(one.act),
        subject=words.subject(one),
        details=words.details(one),
    )


def _fits(line: RecordLine, one: record.Recorded) -> bool:
    """Return whether a line is searched for, by what it shows or by the id it is about."""
    told = (detail.text for detail in line.details)
    return fits(line.who, line.act, line.subject.words, one.subject, *told)
