"""Facts of the zone that a process keeps from command to command, as long as they hold.

A command reads the marks of all subjects by one small statement, and takes what was kept under
the same mark. Whatever anybody committed before has another mark, so it is never taken for what
was kept; what the command's own transaction wrote is not kept at all, nor taken from what was.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar
from weakref import ref

from sqlalchemy import literal_column, select
from sqlalchemy.orm import Session

from engine.ports import Context
from engine.store.base import table
from workflows.domain.read_once import once
from workflows.domain.revision_tables import WRITER, RevisionRow

Found = TypeVar("Found")
Mark = tuple[int, str]

_MOST = 5_000
"""Facts under one mark that are kept; what is kept for ever grows for ever."""

_OF_COMMAND, _OF_READING = "kept_facts.marks", "kept_facts.marks_of_reading"

_MARKS = table(RevisionRow).c
_OF_FILE = select(_MARKS.name, _MARKS.number, _MARKS.mark)
_OF_SERVER = _OF_FILE.where(_MARKS.writer.is_distinct_from(literal_column(WRITER)))

_KEPT: dict[str, dict[Mark, dict[Hashable, Any]]] = {}


def kept(
    context: Context, subject: str, key: tuple[Hashable, ...], read: Callable[[Session], Found]
) -> Found:
    """Return a fact of a subject, read only where nobody in this process has read it yet.

    Args:
        context: the command that asks.
        subject: whose mark tells that it may have changed.
        key: what is asked, the name of the question first.
        read: reads it from the database; what it returns may be shared, so nobody changes it.
    """
    return _kept(context.session, _marks_of(context), subject, key, read)


def kept_while_reading(
    session: Session, subject: str, key: tuple[Hashable, ...], read: Callable[[Session], Found]
) -> Found:
    """Return a fact of a subject for a session that only reads, such as that of a page."""
    marks = session.info.get(_OF_READING)
    if marks is None:
        marks = session.info[_OF_READING] = _marks(session)
    return _kept(session, marks, subject, key, read)


def _kept(
    session: Session,
    marks: Mapping[str, Mark],
    subject: str,
    key: tuple[Hashable, ...],
    read: Callable[[Session], Found],
) -> Found:
    mark = marks.get(subject)
    if mark is None:
        return read(session)
    facts = _facts(subject, mark)
    try:
        found: Found = facts[key]
    except KeyError:
        found = read(session)
        # Somebody may have committed something else between the mark and the fact.
        if _read_marks(session).get(subject) == mark:
            if len(facts) >= _MOST:
                facts.clear()
            facts[key] = found
    return found


def _facts(subject: str, mark: Mark) -> dict[Hashable, Any]:
    """Return what is kept under a mark; what has an older one goes, for nobody asks for it again.

    Two stay, for a command that began before a change still has the mark of then.
    """
    marked = _KEPT.setdefault(subject, {})
    facts = marked.get(mark)
    if facts is None:
        for old in list(marked)[:-1]:
            marked.pop(old, None)
        facts = marked.setdefault(mark, {})
    return facts


def forget() -> None:
    """Forget what the process keeps; for tests that count statements."""
    _KEPT.clear()


def _marks_of(context: Context) -> Mapping[str, Mark]:
    """Return the marks as a command first saw them: the zone is one throughout a command."""
    info = context.session.info
    known = info.get(_OF_COMMAND)
    if known is None or known[0]() is not context:
        known = info[_OF_COMMAND] = (ref(context), _marks(context.session))
    marks: Mapping[str, Mark] = known[1]
    return marks


def _read_marks(session: Session) -> dict[str, Mark]:
    """Return the mark of every subject that the transaction at hand has not written itself."""
    of_file = session.get_bind().dialect.name == "sqlite"
    rows = session.execute(_OF_FILE if of_file else _OF_SERVER)
    return {name: (number, mark) for name, number, mark in rows}


_marks = once(_read_marks)
