"""Which versions in force were made in the zone itself, so that an upgrade leaves them alone."""

from __future__ import annotations

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.store import definitions
from workflows.deploying import BROUGHT
from workflows.designing import drafts
from workflows.designing.tables import DraftRow
from workflows.domain.administration_tables import AdministrationEntry

ROLLED_BACK = "definition.roll_back"


def in_force(session: Session, agency: str) -> dict[str, int]:
    """Return the processes whose version in force came from a draft, a file or an earlier one."""
    drawn = session.execute(
        select(DraftRow.process, DraftRow.version).where(
            DraftRow.agency == agency, DraftRow.state == drafts.LIVE
        )
    )
    ours = {(row[0], row[1]) for row in drawn}
    entries = session.scalars(
        select(AdministrationEntry.data).where(
            AdministrationEntry.agency == agency,
            AdministrationEntry.act.in_((ROLLED_BACK, BROUGHT)),
        )
    )
    told = [json.loads(data) for data in entries]
    ours |= {(one["process"], one["version"]) for one in told}
    active = definitions.active(session, agency=agency)
    return {one.process: one.version for one in active if (one.process, one.version) in ours}
