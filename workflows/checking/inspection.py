"""The deep check: one instant of the database, read case by case, held against itself.

Nothing is written, and whoever works meanwhile is not held up: PostgreSQL shows one instant in a
transaction that only reads, SQLite in a read transaction beside its writer. Memory does not grow
with the number of cases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine import clock
from engine.errors import BihuanError
from engine.history.anchors import anchor_faults, unanchored_rows
from engine.ports import SYSTEM
from engine.store.tables import Case
from engine.work.case_row import read_case
from engine.work.checking import records, relations
from engine.work.checking.findings import Finding
from engine.work.checking.routes import route_findings
from engine.work.checking.states import state_findings
from engine.work.open_case import OpenCase, open_case
from engine.work.parts import Parts
from workflows.app import Bihuan
from workflows.checking import administration, dates, deployed, designed, files, ledger
from workflows.checking.report import Report
from workflows.domain.evidence_tables import EvidenceRow
from workflows.domain.ledger_tables import HazardRow
from workflows.migrations.run import metadata

Progress = Callable[[int, int], None]

_PAGE = 500


def _nobody(_done: int, _total: int) -> None:
    """Tell nobody how far the check has come."""


def inspect(bihuan: Bihuan, progress: Progress = _nobody, *, signed: bool = True) -> Report:
    """Check everything that is stored.

    Args:
        bihuan: whose database and evidence are read.
        progress: told how many of how many cases and files were read.
        signed: whether the key of the anchors is here, so that their signatures can be checked.

    Raises:
        Unavailable: the database cannot be read.
    """
    report = Report()
    parts = Parts(bihuan.database, bihuan.application, bihuan.catalogue)
    with bihuan.database.snapshot() as session, clock.use(clock.VirtualClock(clock.now())):
        steps = _Steps(session, progress)
        _add(report, relations.file_findings(session))
        _add(report, relations.relation_findings(session, metadata()))
        for case_id in _cases(session):
            _case(parts, session, case_id, report)
            steps.taken(1)
        _add(report, _whole(session, bihuan.anchor_key if signed else None))
        _add(report, files.evidence_findings(session, bihuan.evidence, steps.taken))
        report.read |= {"evidence": steps.evidence, "unanchored": unanchored_rows(session)}
        report.numbers = _numbers(session, report)
    with bihuan.database.read() as session:
        _add(report, files.orphan_findings(session, bihuan.settings.evidence_directory))
    return report


class _Steps:
    """How far the check has come, in cases and files."""

    def __init__(self, session: Session, progress: Progress) -> None:
        self.evidence = _count(session, EvidenceRow.id)
        self._total = _count(session, Case.id) + self.evidence
        self._done = 0
        self._progress = progress
        progress(0, self._total)

    def taken(self, steps: int) -> None:
        """Tell that some more are done."""
        self._done += steps
        self._progress(self._done, self._total)


def _count(session: Session, column: Any) -> int:  # noqa: ANN401 any column
    return int(session.execute(select(func.count(column))).scalar_one())


def _add(report: Report, found: Iterator[Finding]) -> None:
    for finding in found:
        report.add(finding)


def _cases(session: Session) -> Iterator[str]:
    """Yield the ids of all cases, a page at a time; what was read of a page is forgotten."""
    last = ""
    while page := list(
        session.execute(
            select(Case.id).where(Case.id > last).order_by(Case.id).limit(_PAGE)
        ).scalars()
    ):
        yield from page
        last = page[-1]


def _case(parts: Parts, session: Session, case_id: str, report: Report) -> None:
    try:
        case = open_case(parts, session, read_case(session, case_id), SYSTEM)
        _add(report, _of_case(case, report))
    except BihuanError as error:
        report.add(Finding("state", error.message, error.message_zh, case_id))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        # A document or a row that was tampered with may break whatever reads it.
        what = f"{type(error).__name__}: {error}"
        report.add(
            Finding(
                "document",
                f"Expected a case that can be read, but {what}",
                f"案件数据无法读取：{what}",
                case_id,
            )
        )
    session.expunge_all()


def _of_case(case: OpenCase, report: Report) -> Iterator[Finding]:
    session, row, hazard = case.session, case.run.row, case.scope.case
    report.read.update(
        cases=1,
        closed=int(not row.open),
        history=row.history_seq,
        instances=len(case.run.instances),
        tasks=len(case.tasks),
        deadlines=len(hazard.deadlines),
    )
    yield from records.record_findings(session, row.id)
    yield from ledger.document_findings(hazard)
    yield from state_findings(case)
    yield from route_findings(case)
    yield from ledger.ledger_findings(session, hazard)
    yield from dates.date_findings(session, hazard)
    yield from ledger.paper_findings(session, hazard)
    yield from files.named_findings(session, hazard)
    yield from designed.designed_findings(hazard)


def _whole(session: Session, key: bytes | None) -> Iterator[Finding]:
    """What is not of one case: versions, anchors, administration, numbers, keys, outbox."""
    yield from deployed.definition_findings(session)
    for fault in anchor_faults(session, key):
        yield Finding("anchors", fault.message, fault.message_zh, fault.case_id)
    yield from administration.administration_findings(session)
    yield from administration.number_findings(session)
    yield from records.key_findings(session)
    yield from records.outbox_findings(session)


def _numbers(session: Session, report: Report) -> dict[str, str]:
    wanted = {one.case_id for one in (*report.findings, *report.notes) if one.case_id}
    rows = session.execute(
        select(HazardRow.case_id, HazardRow.number).where(HazardRow.case_id.in_(sorted(wanted)))
    )
    return {row.case_id: row.number for row in rows}
