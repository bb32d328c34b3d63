"""What became of every case of a run: line by line for the page, and as a table to keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine import clock
from engine.ports import Grant
from workflows.domain import organisation
from workflows.exporting.files import Row
from workflows.migrating import found as kept
from workflows.migrating import states
from workflows.migrating.found import Found
from workflows.migrating.tables import MigrationCaseRow

HEADS: Final[Row] = (
    "案件编号 Number",
    "结果 Result",
    "原版本 Versions before",
    "原因",
    "Reason",
    "日期变动 Dates",
    "办理单位变动 Actors",
    "表单变动 Forms",
)
RESULTS: Final[Mapping[str, str]] = {
    states.WAITING: "待查看 not looked at",
    states.POSSIBLE: "可以迁移 possible",
    states.REFUSED: "不能迁移 not possible",
    states.MOVED: "已迁移 migrated",
    states.STAYED: "未迁移 not migrated",
}
_AT_ONCE: Final = 500


@dataclass(frozen=True)
class Line:
    """One case of a run."""

    case_id: str
    number: str
    state: str
    found: Found


def page(
    session: Session, run_id: str, states: Sequence[str], limit: int, *, behind: str = ""
) -> list[Line]:
    """Return cases of a run in some states by their ids, those behind one."""
    query = (
        select(MigrationCaseRow)
        .where(
            MigrationCaseRow.run_id == run_id,
            MigrationCaseRow.state.in_(states),
            MigrationCaseRow.case_id > behind,
        )
        .order_by(MigrationCaseRow.case_id)
        .limit(limit)
    )
    return [_line(row) for row in session.scalars(query)]


def counted(session: Session, run_id: str) -> dict[str, int]:
    """Return how many cases of a run are in each state."""
    query = (
        select(MigrationCaseRow.state, func.count())
        .where(MigrationCaseRow.run_id == run_id)
        .group_by(MigrationCaseRow.state)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def rows(session: Session, run_id: str) -> Iterator[Row]:
    """Give the report of a run, case by case in the order of their ids."""
    bodies = {one.id: f"{one.name_zh} {one.name}" for one in organisation.bodies(session)}
    query = (
        select(MigrationCaseRow)
        .where(MigrationCaseRow.run_id == run_id)
        .order_by(MigrationCaseRow.case_id)
        .execution_options(yield_per=_AT_ONCE)
    )
    with closing(session.scalars(query)) as every:
        for row in every:
            yield _row(_line(row), bodies)


def _line(row: MigrationCaseRow) -> Line:
    return Line(row.case_id, row.number or row.case_id, row.state, kept.read(row.found))


def _row(line: Line, bodies: Mapping[str, str]) -> Row:
    found = line.found
    return (
        line.number,
        RESULTS[line.state],
        ", ".join(map(str, found.before)),
        "；".join(one.message_zh for one in found.reasons),
        "; ".join(one.message for one in found.reasons),
        _joined(
            f"{_title(one.title)}: {_at(one.before)} → {_at(one.after)}" for one in found.dates
        ),
        _joined(
            f"{_title(one.title)}: {_posts(one.before, bodies)} → {_posts(one.after, bodies)}"
            for one in found.actors
        ),
        _joined(
            f"{_title(one.title)}: {one.before or '-'} → {one.after or '-'}" for one in found.forms
        ),
    )


def _joined(parts: Iterator[str]) -> str:
    return "; ".join(parts)


def _title(title: tuple[str, str]) -> str:
    return " ".join(dict.fromkeys(title))


def _at(at: datetime | None) -> str:
    return f"{clock.beijing(at):%Y-%m-%d %H:%M}" if at else "-"


def _posts(grants: Sequence[Grant], bodies: Mapping[str, str]) -> str:
    return ", ".join(f"{bodies.get(one.body, one.body)} ({one.role})" for one in grants) or "-"
