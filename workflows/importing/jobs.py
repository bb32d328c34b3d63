"""Imports asked for on the page: sent in, looked at, confirmed or withdrawn, reported.

`waiting` and `checking` lead to `refused` or `ready`; whoever sent the file then confirms it
(`adding`, `done`) or withdraws it. The work itself is a worker's, see `worker`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engine import clock
from engine.errors import Conflict, Invalid, NotFound
from engine.ports import Actor
from engine.store.ids import new_id
from workflows.importing.sheet import LARGEST_FILE
from workflows.importing.tables import ImportFileRow, ImportLineRow, ImportRow

WAITING, CHECKING, REFUSED = "waiting", "checking", "refused"
READY, ADDING, DONE, WITHDRAWN = "ready", "adding", "done", "withdrawn"
RUNNING = (WAITING, CHECKING, ADDING)
"""States in which a worker has something to do."""

SUFFIXES = {".xlsx": b"PK\x03\x04", ".csv": b""}
"""Kinds of files with the bytes that they begin with."""

FAULT, ADDED, KNOWN = "fault", "added", "known"
MOST_REPORTED = 20_000
_SHOWN_AT_ONCE = 1000


@dataclass(frozen=True)
class ImportState:
    """How far an import has come."""

    id: str
    person: str
    file_name: str
    state: str
    rows: int
    done: int
    added: int
    known: int
    faults: int
    held_until: datetime | None
    created_at: datetime
    finished_at: datetime | None

    @property
    def running(self) -> bool:
        """Whether a worker has something to do with it."""
        return self.state in RUNNING


@dataclass(frozen=True)
class ReportLine:
    """One line of a report: what became of a row, or what is wrong with a cell."""

    line: int
    outcome: str
    column_zh: str
    column: str
    message_zh: str
    message: str
    case_id: str | None
    seq: int
    """Its place in the report; it keeps it while more is written."""


def submit(session: Session, actor: Actor, agency: str, name: str, content: bytes) -> str:
    """Keep a file to be checked and return the id of its import.

    Raises:
        Invalid: the file is empty, too large or of another kind.
        Conflict: another import of the same person is at work.
    """
    _check_file(name, content)
    busy = select(func.count()).where(
        ImportRow.agency == agency, ImportRow.person == actor.id, ImportRow.state.in_(RUNNING)
    )
    if session.scalar(busy):
        raise _busy()
    found = ImportRow(
        id=new_id(),
        agency=agency,
        person=actor.id,
        acting_for=actor.acting_for,
        file_name=PurePath(name).name[-200:],
        size=len(content),
        state=WAITING,
        created_at=clock.now(),
    )
    try:
        with session.begin_nested():
            session.add(found)
    except IntegrityError as error:
        raise _busy() from error
    session.add(ImportFileRow(import_id=found.id, content=content))
    return found.id


def _busy() -> Conflict:
    return Conflict(
        "Expected no other import at work, but one of yours is; wait for its end",
        "您还有一份台账正在导入，请等它结束",
    )


def state(session: Session, actor: Actor, import_id: str) -> ImportState:
    """Return an import of one's own; NotFound for others'."""
    return _state(_own(session, actor, import_id))


def recent(session: Session, actor: Actor, agency: str, limit: int = 10) -> Sequence[ImportState]:
    """Return a person's last imports, the newest first."""
    query = (
        select(ImportRow)
        .where(ImportRow.agency == agency, ImportRow.person == actor.id)
        .order_by(ImportRow.created_at.desc(), ImportRow.id.desc())
        .limit(limit)
    )
    return [_state(row) for row in session.scalars(query)]


def confirm(session: Session, actor: Actor, import_id: str) -> None:
    """Let the rows of a checked file become cases; Conflict if it is not to be confirmed."""
    _own(session, actor, import_id)
    _move(session, import_id, READY, ADDING)


def withdraw(session: Session, actor: Actor, import_id: str) -> None:
    """Drop a checked file; Conflict once its rows are being added."""
    _own(session, actor, import_id)
    _move(session, import_id, READY, WITHDRAWN)
    forget_file(session, import_id)


def lines(
    session: Session, import_id: str, limit: int = MOST_REPORTED, *, behind: int = 0
) -> Iterator[ReportLine]:
    """Give the report of an import in the order of its rows, from behind a place on."""
    query = (
        select(ImportLineRow)
        .where(ImportLineRow.import_id == import_id, ImportLineRow.seq > behind)
        .order_by(ImportLineRow.seq)
        .limit(limit)
        .execution_options(yield_per=_SHOWN_AT_ONCE)
    )
    with closing(session.scalars(query)) as found:
        for row in found:
            yield ReportLine(
                row.line,
                row.outcome,
                row.column_zh,
                row.column,
                row.message_zh,
                row.message,
                row.case_id,
                row.seq,
            )


def forget_file(session: Session, import_id: str) -> None:
    """Remove the file of an import that needs it no more."""
    session.execute(delete(ImportFileRow).where(ImportFileRow.import_id == import_id))


def _own(session: Session, actor: Actor, import_id: str) -> ImportRow:
    found = session.get(ImportRow, import_id)
    if found is None or found.person != actor.id:
        raise NotFound(f"Expected an import {import_id[:40]}, but there is none", "没有这次导入")
    return found


def _move(session: Session, import_id: str, before: str, after: str) -> None:
    ended = {"finished_at": clock.now()} if after == WITHDRAWN else {}
    moved = session.execute(
        update(ImportRow)
        .where(ImportRow.id == import_id, ImportRow.state == before)
        .values(state=after, done=0, **ended)
        .returning(ImportRow.id)
    ).all()
    if not moved:
        raise Conflict(
            f"Expected an import that is {before}, but it is not any more",
            "该次导入的状态已变化，请刷新后再看",
        )


def _check_file(name: str, content: bytes) -> None:
    begin = SUFFIXES.get(PurePath(name).suffix.lower())
    if begin is None or not content.startswith(begin):
        raise Invalid.at(
            "file", "Expected an .xlsx or .csv file, but it is none", "请选择 .xlsx 或 .csv 文件"
        )
    if not 0 < len(content) <= LARGEST_FILE:
        raise Invalid.at(
            "file", "Expected a file of up to 50 MB, but it is not", "文件应不为空且不超过 50 MB"
        )


def _state(row: ImportRow) -> ImportState:
    return ImportState(
        row.id,
        row.person,
        row.file_name,
        row.state,
        row.rows,
        row.done,
        row.added,
        row.known,
        row.faults,
        row.held_until,
        row.created_at,
        row.finished_at,
    )
