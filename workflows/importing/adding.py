"""Rows become cases: some at a time in one unit of work, each row done or refused by itself.

A unit of work is short, and room is left between two of them: SQLite has one writer at a time,
on PostgreSQL the numbers of cases come from one row, and people register and sign meanwhile.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from threading import Event
from time import monotonic

from sqlalchemy.orm import Session

from engine.errors import Conflict
from engine.ports import Actor
from engine.work.forms import Submitted
from engine.work.room import LONGEST, rest_after
from engine.work.start_case import StartCase
from engine.work.start_many import ManyStarts
from workflows.app import ROOT_PROCESS, Bihuan
from workflows.domain.read_once import reading_once
from workflows.importing.checking import case_id_of, known_cases, refused, submitted
from workflows.importing.rows import Fault, Parsed

LEAST, AT_ONCE = 10, 50
"""How few and how many rows one unit of work takes: what it reads first is read for them all."""

SHARE = 0.5
"""Of its time that it rests: somebody waits for the end of it."""


@dataclass(frozen=True)
class Outcome:
    """What became of a row: its case, whether it was new, or why it was refused."""

    case: str
    added: bool = False
    faults: tuple[Fault, ...] = ()


def add_some(
    bihuan: Bihuan, actor: Actor, rows: Sequence[Parsed], session: Session
) -> list[Outcome]:
    """Make the cases of the first rows, as many as fit into one unit of work.

    A row whose case is there already adds nothing.
    """
    ahead, until = rows[:AT_ONCE], monotonic() + LONGEST
    found: list[Outcome] = []
    with reading_once(session):
        there = known_cases(session, bihuan.settings.agency, ahead)
        starts = bihuan.runtime.start_many(session, actor)
        for row in ahead:
            found.append(_added(starts, bihuan.settings.agency, row, there))
            if len(found) >= LEAST and monotonic() >= until:
                break
    return found


def leave_room(began: float) -> None:
    """Let others write before the next unit of work; the last one began at a monotonic instant."""
    Event().wait(rest_after(monotonic() - began, SHARE))


def _added(starts: ManyStarts, agency: str, row: Parsed, there: Container[str]) -> Outcome:
    case = case_id_of(agency, row)
    if case in there:
        return Outcome(case)
    error = starts.start(StartCase(ROOT_PROCESS, Submitted(submitted(row)), agency, case))
    if error is None:
        return Outcome(case, added=True)
    if isinstance(error, Conflict):
        return Outcome(case)
    return Outcome(case, faults=tuple(refused(row, error)))
