"""What the pages of an import show: the file, how far it is, what is wrong, what is next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from sqlalchemy.orm import Session

from engine.ports import Actor
from webapp.i18n.catalogue import pick, text
from webapp.presentation.following import Following, following
from webapp.presentation.naming import spoken
from webapp.presentation.remaining import instant_words
from workflows.importing import jobs
from workflows.importing.columns import COLUMNS
from workflows.importing.jobs import ImportState

SHOWN = 100
"""Lines of a report on the page; the file holds all."""

STATES = {
    jobs.WAITING: ("import.state.waiting", "info"),
    jobs.CHECKING: ("import.state.checking", "info"),
    jobs.REFUSED: ("import.state.refused", "danger"),
    jobs.READY: ("import.state.ready", "warning"),
    jobs.ADDING: ("import.state.adding", "info"),
    jobs.DONE: ("import.state.done", "done"),
    jobs.WITHDRAWN: ("import.state.withdrawn", "quiet"),
}
"""What each state is called, and its tone."""


@dataclass(frozen=True)
class Listed:
    """One import in a list."""

    address: str
    file_name: str
    lang: str
    state: str
    tone: str
    at: str
    counts: str


@dataclass(frozen=True)
class StartPage:
    """The page that takes a file."""

    required: Sequence[str]
    optional: Sequence[str]
    imports: Sequence[Listed]


@dataclass(frozen=True)
class Wrong:
    """One thing that is wrong."""

    where: str
    column: str
    reason: str


@dataclass(frozen=True)
class FollowPage:
    """One import."""

    id: str
    file_name: str
    lang: str
    state: str
    said: str
    tone: str
    running: bool
    following: Following
    ready: bool
    rows: int
    done: int
    percent: int
    facts: Sequence[tuple[str, int]]
    wrong: Sequence[Wrong]
    more: int
    reported: bool


def start_page(session: Session, actor: Actor, agency: str, language: str) -> StartPage:
    """Return the page that takes a file, with the imports of its reader."""
    return StartPage(
        required=[pick(language, one.title, one.english) for one in COLUMNS if one.required],
        optional=[pick(language, one.title, one.english) for one in COLUMNS if not one.required],
        imports=[_listed(one, language) for one in jobs.recent(session, actor, agency)],
    )


def follow_page(session: Session, actor: Actor, import_id: str, language: str) -> FollowPage:
    """Return the page of an import; NotFound for others'."""
    found = jobs.state(session, actor, import_id)
    wrong = [
        Wrong(
            text("admin.line", language, number=line.line) if line.line else "",
            pick(language, line.column_zh, line.column),
            pick(language, line.message_zh, line.message),
        )
        for line in jobs.lines(session, import_id, SHOWN)
        if line.outcome == jobs.FAULT
    ]
    return FollowPage(
        id=found.id,
        file_name=found.file_name,
        lang=_lang(found.file_name, language),
        state=found.state,
        said=text(STATES[found.state][0], language),
        tone=STATES[found.state][1],
        running=found.running,
        following=following(found.created_at, found.held_until),
        ready=found.state == jobs.READY,
        rows=found.rows,
        done=found.done,
        percent=100 * found.done // found.rows if found.rows else 0,
        facts=_facts(found, language),
        wrong=wrong,
        more=max(0, found.faults - len(wrong)),
        reported=not found.running and bool(found.faults or found.added or found.known),
    )


def _facts(found: ImportState, language: str) -> list[tuple[str, int]]:
    counts = {"import.rows": found.rows, "import.known": found.known}
    if found.state == jobs.READY:
        counts["import.new"] = found.rows - found.known
    elif found.state in (jobs.ADDING, jobs.DONE):
        counts["import.added"] = found.added
    if found.faults:
        counts["import.faults"] = found.faults
    return [(text(key, language), count) for key, count in counts.items()]


def _listed(found: ImportState, language: str) -> Listed:
    counts = "，" if language == "zh" else ", "
    return Listed(
        url_for("imports.follow", import_id=found.id),
        found.file_name,
        _lang(found.file_name, language),
        text(STATES[found.state][0], language),
        STATES[found.state][1],
        instant_words(found.created_at, language),
        counts.join(f"{words} {count}" for words, count in _facts(found, language)),
    )


def _lang(words: str, language: str) -> str:
    return spoken(words) if language == "en" else ""
