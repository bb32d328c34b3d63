"""Deadlines: their rows against the case, and the dates computed again from rule and calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engine import clock
from engine.errors import BihuanError
from engine.store.tables import History
from engine.work.checking.findings import Finding, differs
from workflows.domain import deadlines
from workflows.domain.deadline import KIND_NAMES, Change, Deadline
from workflows.domain.deadlines import Basis
from workflows.domain.earlier_calendars import calendars_at
from workflows.domain.hazard_case import HazardCase
from workflows.domain.ledger_row import DEADLINE_COLUMNS
from workflows.domain.ledger_tables import DeadlineChangeRow, DeadlineRow

_CHECK = "deadlines"
_RECORDED_BY = {
    "served": "order.",
    "extension": "extension.",
    "interview_final": "interview.",
    "voided": "extension.undone",
}
"""How the acts begin that set or move a date for a cause."""

_CHANGE = ("cause", "actor", "at", "before_date", "after_date", "note")


def date_findings(session: Session, case: HazardCase) -> Iterator[Finding]:
    """Yield where a deadline's row, its changes or its date are not what they must be."""
    yield from row_findings(session, case)
    for deadline in case.deadlines:
        yield from _again(session, case, deadline)
    yield from _unfounded(session, case)


def row_findings(session: Session, case: HazardCase) -> Iterator[Finding]:
    """Yield where the row of a deadline or those of its changes are not what the case says."""
    rows = {row.number: row for row in _rows(session, case.id)}
    changes = _changes(session, case.id)
    for deadline in case.deadlines:
        yield from _row(case, deadline, rows.pop(deadline.number, None))
        kept = changes.pop(deadline.number, [])
        wanted = [_as_row(change) for change in deadline.changes]
        if kept != wanted:
            yield _differs(case, deadline, "the recorded changes", "变动记录", kept, wanted)
    for number in sorted({*rows, *changes}):
        yield Finding(
            _CHECK,
            f"Expected deadline {number} to be one of the case, but the case knows nothing of it",
            f"第 {number} 项期限在案件中不存在",
            case.id,
        )


def _rows(session: Session, case_id: str) -> Any:  # noqa: ANN401 rows of the columns below
    columns = [getattr(DeadlineRow, name) for name in ("number", *DEADLINE_COLUMNS)]
    return session.execute(select(*columns).where(DeadlineRow.case_id == case_id))


def _changes(session: Session, case_id: str) -> dict[int, list[tuple[Any, ...]]]:
    columns = [getattr(DeadlineChangeRow, name) for name in ("number", *_CHANGE)]
    found: dict[int, list[tuple[Any, ...]]] = {}
    for row in session.execute(
        select(*columns)
        .where(DeadlineChangeRow.case_id == case_id)
        .order_by(DeadlineChangeRow.number, DeadlineChangeRow.seq)
    ):
        found.setdefault(row.number, []).append(tuple(row[1:]))
    return found


def _as_row(change: Change) -> tuple[Any, ...]:
    return tuple(asdict(change).values())


def _row(case: HazardCase, deadline: Deadline, row: Any) -> Iterator[Finding]:  # noqa: ANN401
    if row is None:
        yield _differs(case, deadline, "the row", "台账期限", None, deadline.due_date)
        return
    for name in DEADLINE_COLUMNS:
        found, wanted = getattr(row, name), getattr(deadline, name)
        if found != wanted:
            yield _differs(case, deadline, name, f" {name} ", found, wanted)


def _again(session: Session, case: HazardCase, deadline: Deadline) -> Iterator[Finding]:
    """Compute the date again from its start, its rule and its lawful changes."""
    if not settled(deadline):
        return
    try:
        wanted = deadlines.replay(deadline, case.basis)
        if wanted == deadline.due_date or _as_set(session, case.basis, deadline, wanted):
            return
    except BihuanError as error:
        yield Finding(
            _CHECK,
            f"Expected the date of {deadline.kind} to be computable, but: {error.message}",
            f"{KIND_NAMES[deadline.kind][0]}无法重算：{error.message_zh}",
            case.id,
        )
        return
    yield _differs(case, deadline, "the date", "届满日", deadline.due_date, wanted)


def _as_set(session: Session, basis: Basis, deadline: Deadline, wanted: date) -> bool:
    """Return whether the calendar under which a date was set gives it, or is not on record."""
    calendar = basis.calendar
    if deadline.running and deadline.provisional and not calendar.is_provisional(wanted):
        return False  # its year was published: it had to be settled anew
    first = clock.beijing_date(deadline.started_at).year
    years = frozenset(range(first, max(deadline.due_date, wanted).year + 1))
    return any(
        then is None or deadlines.replay(deadline, Basis(basis.rules, then)) == deadline.due_date
        for then in calendars_at(session, calendar, deadline.set_at, years)
    )


def _unfounded(session: Session, case: HazardCase) -> Iterator[Finding]:
    """Each date set or moved stands with its day in the chained history, not later than that."""
    changes = [(d, c) for d in case.deadlines for c in d.changes if c.after]
    moved = [(d, c) for d, c in changes if c.cause in _RECORDED_BY]
    prefixes = sorted({_RECORDED_BY[change.cause] for _, change in moved})
    if not moved:
        return
    written = session.execute(
        select(History.at, History.act, History.data).where(
            History.case_id == case.id,
            or_(*(History.act.startswith(prefix) for prefix in prefixes)),
        )
    ).all()
    for deadline, change in moved:
        prefix, day = _RECORDED_BY[change.cause], str(change.after)
        if not any(
            at <= change.at and act.startswith(prefix) and day in data for at, act, data in written
        ):
            yield Finding(
                _CHECK,
                f"Expected the history to hold that {deadline.kind} was set to {day} "
                f"({change.cause}), but it does not",
                f"办理经过中没有{KIND_NAMES[deadline.kind][0]}定为 {day} 的记录",
                case.id,
            )


def settled(deadline: Deadline) -> bool:
    """Return whether a date can be computed again.

    One that ended while the calendar of its year was provisional keeps the day that was true then.
    """
    return deadline.running or not deadline.provisional


def _differs(
    case: HazardCase, deadline: Deadline, what: str, zh: str, found: object, wanted: object
) -> Finding:
    name_zh, name = KIND_NAMES[deadline.kind]
    return differs(
        _CHECK,
        case.id,
        f"{what} of deadline {deadline.number} ({name})",
        f"第 {deadline.number} 项期限（{name_zh}）{zh}",
        found,
        wanted,
    )
