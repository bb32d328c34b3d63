"""Reading papers back as they were issued; a page and the interface show the same."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engine.errors import Incident, NotFound
from engine.ports import Actor, JsonMap
from workflows.domain import readers
from workflows.domain.papers.kinds import KINDS
from workflows.domain.papers.tables import PaperRow
from workflows.domain.readers import Reader


@dataclass(frozen=True)
class Paper:
    """One edition of a paper."""

    id: str
    kind: str
    number: str
    edition: int
    issued_at: datetime
    issued_by: str
    signatories: list[JsonMap]
    content: JsonMap
    sha256: str
    superseded_at: datetime | None
    voided_at: datetime | None

    @property
    def status(self) -> str:
        """Whether it stands, was superseded by a later edition, or is void."""
        if self.voided_at:
            return "voided"
        return "superseded" if self.superseded_at else "valid"


def of_case(session: Session, case_id: str) -> list[Paper]:
    """Return the papers of a case in the order they were issued."""
    rows = session.scalars(
        select(PaperRow)
        .where(PaperRow.case_id == case_id)
        .order_by(PaperRow.issued_at, PaperRow.id)
    )
    return [_paper(row) for row in rows]


def shown_to(session: Session, reader: Actor, case_id: str) -> list[Paper]:
    """Return the papers of a case that one who sees it may read: internal ones with opinions."""
    before = readers.of_case(session, reader, case_id)
    return [one for one in of_case(session, case_id) if _may(before, one)]


def get_for(session: Session, reader: Actor, case_id: str, reference: str) -> Paper:
    """Return a paper that whoever sees its case may read; NotFound otherwise."""
    found = get(session, case_id, reference)
    if not _may(readers.of_case(session, reader, case_id), found):
        raise _none(reference)
    return found


def _may(before: Reader, paper: Paper) -> bool:
    kind = KINDS[paper.kind]
    if kind.draft:
        return before.drafts
    return before.opinions or not kind.internal


def get(session: Session, case_id: str, reference: str) -> Paper:
    """Return a paper of a case by its id, or the last edition under its number."""
    row = session.scalar(
        select(PaperRow)
        .where(
            PaperRow.case_id == case_id,
            or_(PaperRow.id == reference, PaperRow.number == reference),
        )
        .order_by(PaperRow.edition.desc())
        .limit(1)
    )
    if row is None:
        raise _none(reference)
    return _paper(row)


def _none(reference: str) -> NotFound:
    return NotFound(
        f"Expected a paper {reference} in the case, but there is none",
        f"本件没有编号为 {reference} 的文书",
    )


def _paper(row: PaperRow) -> Paper:
    if hashlib.sha256(row.content.encode()).hexdigest() != row.sha256:
        raise Incident(
            f"Expected paper {row.number} unaltered, but its content does not fit its hash",
            f"文书 {row.number} 的内容与校验值不符",
        )
    return Paper(
        id=row.id,
        kind=row.kind,
        number=row.number,
        edition=row.edition,
        issued_at=row.issued_at,
        issued_by=row.issued_by,
        signatories=json.loads(row.signatories),
        content=json.loads(row.content),
        sha256=row.sha256,
        superseded_at=row.superseded_at,
        voided_at=row.voided_at,
    )
