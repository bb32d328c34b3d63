"""The report of an import as a table: row, column and reason in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.domain.ledger_tables import HazardRow
from workflows.exporting.files import Row
from workflows.importing import jobs
from workflows.importing.columns import CATEGORIES, COLUMNS, ENGLISH, LEVELS, SOURCES, words
from workflows.importing.jobs import ReportLine
from workflows.importing.rows import Fault

HEADS: Row = ("行 Line", "结果 Result", "列", "Column", "原因", "Reason", "案件编号 Number")
RESULTS: Mapping[str, str] = {
    jobs.FAULT: "有误 refused",
    jobs.ADDED: "新增 added",
    jobs.KNOWN: "已有 known",
}
_ASKED_AT_ONCE = 500


def of_import(session: Session, import_id: str) -> Iterator[Row]:
    """Give the rows of a report."""
    batch: list[ReportLine] = []
    for line in jobs.lines(session, import_id):
        batch.append(line)
        if len(batch) == _ASKED_AT_ONCE:
            yield from _rows(session, batch)
            batch = []
    yield from _rows(session, batch)


def of_faults(faults: Iterable[Fault]) -> Iterator[Row]:
    """Give the rows of a report of what is wrong with a file."""
    for fault in faults:
        yield (
            fault.line or None,
            RESULTS[jobs.FAULT],
            fault.column,
            ENGLISH.get(fault.column, fault.column),
            fault.message_zh,
            fault.message,
            None,
        )


def template(*, english: bool) -> tuple[Row, list[Row]]:
    """Return the headings of a ledger to fill in, and one row that shows how."""
    example = {
        "source": " / ".join(words(SOURCES, english=english)),
        "found_at": "2026-03-02",
        "category": " / ".join(words(CATEGORIES, english=english)),
        "level": " / ".join(words(LEVELS, english=english)),
    }
    heads = [column.english if english else column.title for column in COLUMNS]
    return heads, [[example.get(column.key, "") for column in COLUMNS]]


def _rows(session: Session, batch: list[ReportLine]) -> Iterator[Row]:
    cases = [line.case_id for line in batch if line.case_id]
    query = select(HazardRow.case_id, HazardRow.number).where(HazardRow.case_id.in_(cases))
    numbers = {row.case_id: row.number for row in session.execute(query)} if cases else {}
    for line in batch:
        yield (
            line.line or None,
            RESULTS[line.outcome],
            line.column_zh,
            line.column,
            line.message_zh,
            line.message,
            numbers.get(line.case_id or ""),
        )
