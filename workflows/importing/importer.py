"""Turn a ledger file into cases: checked whole first, then each row once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from engine import clock
from engine.errors import BihuanError, Conflict, Invalid
from engine.ports import Actor
from engine.store.queries import case_exists
from workflows.app import Bihuan
from workflows.domain import organisation, registration, rule_store
from workflows.importing.columns import COLUMNS
from workflows.importing.rows import Directory, Fault, Parsed, parse
from workflows.importing.sheet import read_rows

PROCESS = "hazard_rectification"
_TITLES = {column.key: column.title for column in COLUMNS}


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
                    "message": f.message,
                    "message_zh": f.message_zh,
                }
                for f in self.faults
            ],
        }


def directory(bihuan: Bihuan, actor: Actor) -> Directory:
    """Return the names of enterprises and bodies that a ledger may use, and how long texts are."""
    with bihuan.database.read() as session:
        enterprises = {e.name_zh: e.id for e in organisation.enterprises(session)}
        bodies = {b.name_zh: b.id for b in organisation.bodies(session)}
    form = bihuan.runtime.start_form(actor, PROCESS, bihuan.settings.agency).form
    longest = {
        one.key: one.limits.max_length for one in form.fields if one.limits.max_length is not None
    }
    return Directory(enterprises, bodies, longest)


def case_id_of(agency: str, row: Parsed) -> str:
    """Return the id of a row's case: the same facts give the same id, so twice adds nothing."""
    return str(uuid5(NAMESPACE_URL, f"bihuan:{agency}:{row.key}"))


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
    known = directory(bihuan, actor)
    rows = [parse(raw, known) for raw in read_rows(path)]
    report = ImportReport(rows=len(rows), faults=[f for row in rows for f in row.faults])
    report.faults += _repeated(rows)
    report.faults += _not_admitted(bihuan, actor, rows)
    if report.faults or dry_run:
        return report
    for done, row in enumerate(rows, 1):
        _add(bihuan, actor, row, report)
        progress(done, len(rows))
    return report


def _add(bihuan: Bihuan, actor: Actor, row: Parsed, report: ImportReport) -> None:
    agency = bihuan.settings.agency
    case_id = case_id_of(agency, row)
    with bihuan.database.read() as session:
        if case_exists(session, case_id):
            report.known += 1
            return
    data = {key: value for key, value in row.data.items() if value is not None and key != "number"}
    try:
        bihuan.runtime.start_case(actor, PROCESS, data, agency=agency, case_id=case_id)
    except Conflict:
        report.known += 1
    except BihuanError as error:
        report.faults += _refused(row, error)
    else:
        report.added += 1
        report.cases.append(case_id)


def _refused(row: Parsed, error: BihuanError) -> list[Fault]:
    errors = error.errors if isinstance(error, Invalid) else ()
    found = [
        Fault(row.line, _TITLES.get(e.field, e.field), e.message, e.message_zh) for e in errors
    ]
    return found or [Fault(row.line, "", error.message, error.message_zh)]


def _not_admitted(bihuan: Bihuan, actor: Actor, rows: Sequence[Parsed]) -> list[Fault]:
    """Return what the intake gate would refuse, so that it is known before the first case."""
    faults = []
    with bihuan.database.read() as session:
        rules = rule_store.rules_in_force(session, clock.beijing_date(clock.now()))
        keeper = organisation.body_of_kind(session, registration.LEDGER_KEEPER)
        for row in rows:
            if row.faults:
                continue
            enterprise = organisation.enterprise(session, row.data["enterprise"])
            finder = organisation.body(session, row.data["finder_body"])
            try:
                registration.check_gate(row.data, enterprise, finder, rules, actor)
                registration.check_finder(row.data, enterprise, finder, actor, keeper)
            except BihuanError as error:
                faults += _refused(row, error)
    return faults


def _repeated(rows: Sequence[Parsed]) -> list[Fault]:
    first: dict[str, int] = {}
    faults = []
    for row in rows:
        if row.faults:
            continue
        line = first.setdefault(row.key, row.line)
        if line != row.line:
            says = (f"repeats line {line}", f"与第 {line} 行重复")
            faults.append(Fault(row.line, _TITLES["description"], *says))
    return faults
