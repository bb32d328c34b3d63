"""Turn a ledger file into cases: checked whole first, then each row once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.errors import BihuanError, Conflict, Unavailable
from engine.ports import Actor
from engine.store.queries import case_exists
from workflows.app import ROOT_PROCESS, Bihuan
from workflows.importing.checking import Checker, case_id_of, refused, submitted
from workflows.importing.columns import ENGLISH
from workflows.importing.rows import Directory, Fault, Parsed
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

    Rows are added one transaction each under ids made from their facts: an import that was
    interrupted is finished by running it again.

    Raises:
        Invalid: the file is no ledger.
    """
    rows = list(Checker(bihuan, actor).each(read_rows(path)))
    report = ImportReport(rows=len(rows), faults=[f for row in rows for f in row.faults])
    if report.faults or dry_run:
        return report
    for done, row in enumerate(rows, 1):
        _note(report, add(bihuan, actor, row))
        progress(done, len(rows))
    return report


@dataclass(frozen=True)
class Outcome:
    """What became of a row: its case, whether it was new, or why it was refused."""

    case: str
    added: bool = False
    faults: tuple[Fault, ...] = ()


def add(bihuan: Bihuan, actor: Actor, row: Parsed) -> Outcome:
    """Make the case of a row, unless it was made before."""
    agency = bihuan.settings.agency
    case = case_id_of(agency, row)
    with bihuan.database.read() as session:
        if case_exists(session, case):
            return Outcome(case)
    try:
        bihuan.runtime.start_case(actor, PROCESS, submitted(row), agency=agency, case_id=case)
    except Conflict:
        return Outcome(case)
    except Unavailable:
        raise
    except BihuanError as error:
        return Outcome(case, faults=tuple(refused(row, error)))
    return Outcome(case, added=True)


def _note(report: ImportReport, outcome: Outcome) -> None:
    report.faults += outcome.faults
    if outcome.added:
        report.added += 1
        report.cases.append(outcome.case)
    elif not outcome.faults:
        report.known += 1
