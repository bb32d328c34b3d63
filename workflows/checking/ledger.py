"""The ledger row, the document's schema and the papers of a case."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.errors import Incident
from engine.work.checking.findings import Finding, differs
from workflows.domain import case_schema, ledger_row
from workflows.domain.hazard_case import HazardCase
from workflows.domain.ledger_tables import HazardRow
from workflows.domain.papers.tables import PaperRow


def ledger_findings(session: Session, case: HazardCase) -> Iterator[Finding]:
    """Yield every column of the ledger that the case's document does not say."""
    wanted = ledger_row.columns(case)
    columns = [getattr(HazardRow, name) for name in wanted]
    row = session.execute(select(*columns).where(HazardRow.case_id == case.id)).one_or_none()
    if row is None:
        yield Finding(
            "ledger",
            "Expected a row in the ledger, but there is none",
            "台账中没有该案件",
            case.id,
        )
        return
    for name, value in wanted.items():
        found = getattr(row, name)
        if found != value:
            yield differs("ledger", case.id, f"the column {name}", f"台账列 {name} ", found, value)


def document_findings(case: HazardCase) -> Iterator[Finding]:
    """Yield what of the document does not fit its schema."""
    try:
        case_schema.check(case.document)
    except Incident as error:
        yield Finding("document", error.message, error.message_zh, case.id)


def paper_findings(session: Session, case: HazardCase) -> Iterator[Finding]:
    """Yield the papers whose content is not what was issued."""
    for row in session.execute(
        select(PaperRow.number, PaperRow.edition, PaperRow.content, PaperRow.sha256).where(
            PaperRow.case_id == case.id
        )
    ):
        if hashlib.sha256(row.content.encode()).hexdigest() != row.sha256:
            yield Finding(
                "papers",
                f"Expected {row.number}, edition {row.edition}, as issued, but it was changed",
                f"文书 {row.number} 第 {row.edition} 版的内容被改动",
                case.id,
            )
