"""What has come of the rows of an import: counted, and a line of its report for each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from workflows.importing import jobs
from workflows.importing.adding import Outcome
from workflows.importing.columns import ENGLISH
from workflows.importing.rows import Fault, Parsed


@dataclass
class News:
    """What has come of some rows since it was last written down."""

    added: int = 0
    known: int = 0
    lines: list[dict[str, Any]] = field(default_factory=list)

    def note(self, row: Parsed, at: int, outcome: Outcome) -> None:
        """Note what became of a row."""
        if outcome.faults:
            self.lines.append(fault_line(outcome.faults[0], at + 1))
            return
        self.added += outcome.added
        self.known += not outcome.added
        told = jobs.ADDED if outcome.added else jobs.KNOWN
        self.lines.append(line_of(row, told, at, outcome.case))


def line_of(row: Parsed, outcome: str, at: int, case: str) -> dict[str, Any]:
    """Return the line of a row that is a case."""
    return {
        "seq": at + 1,
        "line": row.line,
        "outcome": outcome,
        "case_id": case,
        "column_zh": "",
        "column": "",
        "message_zh": "",
        "message": "",
    }


def fault_line(fault: Fault, seq: int) -> dict[str, Any]:
    """Return the line of something that is wrong, at its place in the report."""
    return {
        "seq": seq,
        "line": fault.line,
        "outcome": jobs.FAULT,
        "case_id": None,
        "column_zh": fault.column[:64],
        "column": ENGLISH.get(fault.column, fault.column)[:64],
        "message_zh": fault.message_zh[:500],
        "message": fault.message[:500],
    }
