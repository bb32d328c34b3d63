"""What hangs on a case beside its instances and tasks, read in one go once the case is locked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import CompoundSelect, Select, bindparam, literal_column, null, select, union_all
from sqlalchemy.orm import Session

from engine.ports import Bar, Grant
from engine.store.base import table
from engine.store.tables import Draft, Message, RungRow, Task, TaskBar, TaskCandidate

_Row = Sequence[Any]


@dataclass
class StandingRung:
    """A rung that was set: of which task or date, when it is told, when it was."""

    id: str
    subject: str
    task_id: str | None
    name: str
    data: dict[str, Any]
    fire_at: datetime
    fired_at: datetime | None


@dataclass
class CaseDetails:
    """Kept messages as they came, rungs, and of open tasks who may do them, who not, any drafts."""

    messages: list[tuple[str, str]] = field(default_factory=list)
    rungs: list[StandingRung] = field(default_factory=list)
    candidates: dict[str, list[Grant]] = field(default_factory=dict)
    bars: dict[str, list[Bar]] = field(default_factory=dict)
    drafted: set[str] = field(default_factory=set)


def _details() -> CompoundSelect[Any]:
    # The rungs come first: PostgreSQL takes the types of the columns from the first part.
    return union_all(_rungs(), _messages(), _candidates(), _bars(), _drafts())


def _rungs() -> Select[Any]:
    rung = table(RungRow).c
    texts = (rung.id, rung.subject, rung.task_id, rung.name, null())
    dates = (rung.data, rung.fire_at, rung.fired_at)
    return _part("r", *texts, *dates).where(rung.case_id == bindparam("case_id"))


def _messages() -> Select[Any]:
    message = table(Message).c
    kept = (message.case_id == bindparam("case_id"), message.delivered_at.is_(None))
    return _part("m", message.id, message.name).where(*kept)


def _candidates() -> Select[Any]:
    candidate = table(TaskCandidate).c
    part = _part("c", candidate.task_id, candidate.body, candidate.role)
    return _of_open_tasks(part, candidate.task_id)


def _bars() -> Select[Any]:
    bar = table(TaskBar).c
    part = _part("b", bar.task_id, bar.person, bar.body, bar.reason_zh, bar.reason)
    return _of_open_tasks(part, bar.task_id)


def _drafts() -> Select[Any]:
    draft = table(Draft).c
    return _of_open_tasks(_part("d", draft.task_id), draft.task_id)


def _part(kind: str, *columns: Any) -> Select[Any]:  # noqa: ANN401 columns of any type
    rest = [null()] * (8 - len(columns))
    return select(literal_column(f"'{kind}'").label("kind"), *columns, *rest)


def _of_open_tasks(part: Select[Any], task_id: Any) -> Select[Any]:  # noqa: ANN401 a column
    task = table(Task).c
    mine = (task.case_id == bindparam("case_id"), task.status == "open")
    return part.join(table(Task), task.id == task_id).where(*mine)


_DETAILS = _details()


def load_details(session: Session, case_id: str) -> CaseDetails:
    """Return what hangs on a case; whoever locks the case may change it."""
    found = CaseDetails()
    for kind, *values in session.connection().execute(_DETAILS, {"case_id": case_id}).all():
        _SORTED_IN[kind](found, values)
    found.messages.sort()
    for task in found.candidates:
        found.candidates[task].sort(key=lambda grant: (grant.body, grant.role))
    for task in found.bars:
        found.bars[task].sort(key=lambda bar: (bar.body, bar.person))
    return found


def _rung(found: CaseDetails, row: _Row) -> None:
    found.rungs.append(StandingRung(*row[:4], *row[5:]))


def _message(found: CaseDetails, row: _Row) -> None:
    found.messages.append((row[0], row[1]))


def _candidate(found: CaseDetails, row: _Row) -> None:
    found.candidates.setdefault(row[0], []).append(Grant(row[1], row[2]))


def _bar(found: CaseDetails, row: _Row) -> None:
    task, person, body, reason_zh, reason = row[:5]
    found.bars.setdefault(task, []).append(Bar(reason_zh, reason, person, body))


def _draft(found: CaseDetails, row: _Row) -> None:
    found.drafted.add(row[0])


_SORTED_IN = {"r": _rung, "m": _message, "c": _candidate, "b": _bar, "d": _draft}
