"""Turn a ledger file into cases: checked whole first, then each row once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

from engine.ports import Actor
from workflows.app import ROOT_PROCESS, Bihuan
from workflows.importing.adding import AT_ONCE, Outcome, add_some, leave_room
from workflows.importing.checking import Checker
from workflows.importing.columns import ENGLISH
from workflows.importing.rows import Directory, Fault
from workflows.importing.sheet import read_rows

PROCESS = ROOT_PROCESS


@dataclass
class ImportReport:
    """What an import did, or would do: counts, and every bad cell."""

    rows: int = 0
    added: int = 0
    known: int = 0
    faults: list[Fault] = field(default_factory=list)
    cases: list[str] = field(default_factory=list)

    def document(self) -> Mapping[str, Any]:
        """Return the report as JSON values."""
        return {
            "rows": self.rows,
            "added": self.added,
            "known": self.known,
            "cases": self.cases,
            "faults": [
                {
                    "line": f.line,
                    "column": f.column,
                    "column_en": ENGLISH.get(f.column, f.column),
                    "message": f.message,
                    "message_zh": f.message_zh,
                }
                for f in self.faults
            ],
        }


def directory(bihuan: Bihuan, actor: Actor) -> Directory:
    """Return the names of enterprises and bodies that a ledger may use, and how long texts are."""
    return Checker(bihuan, actor).directory


def import_hazards(
    bihuan: Bihuan,
    actor: Actor,
    path: Path,
    *,
    dry_run: bool = False,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> ImportReport:
    """Import a ledger; a file with any bad cell adds nothing.

    Rows are added under ids made from their facts: an import that was interrupted is finished by
    running it again.

    Raises:
        Invalid: the file is no ledger.
    """
    rows = list(Checker(bihuan, actor).each(read_rows(path)))
    report = ImportReport(rows=len(rows), faults=[f for row in rows for f in row.faults])
    if report.faults or dry_run:
        return report
    done = 0
    while done < len(rows):
        began = monotonic()
        adding = partial(add_some, bihuan, actor, rows[done : done + AT_ONCE])
        for outcome in bihuan.database.run(adding):
            _note(report, outcome)
            done += 1
        progress(done, len(rows))
        if done < len(rows):
            leave_room(began)
    return report


def _note(report: ImportReport, outcome: Outcome) -> None:
    report.faults += outcome.faults
    if outcome.added:
        report.added += 1
        report.cases.append(outcome.case)
    elif not outcome.faults:
        report.known += 1
