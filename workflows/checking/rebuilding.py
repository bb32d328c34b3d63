"""The ledger and the dates beside it, written anew where they no longer say what their case says.

Both are made of the case's document, in the transaction that changes it, and hold nothing of
their own. So what was changed past the product, or is made otherwise by a newer version of it,
is brought back from the document; the document and the history are never touched.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engine import clock
from engine.ports import SYSTEM
from engine.store.tables import Case
from engine.work.case_row import lock_case
from engine.work.open_case import look_at
from engine.work.parts import Parts
from workflows.app import Bihuan
from workflows.checking.dates import row_findings
from workflows.checking.ledger import ledger_findings
from workflows.domain import ledger_row
from workflows.domain.hazard_case import HazardCase
from workflows.domain.ledger_tables import DeadlineChangeRow, DeadlineRow

Progress = Callable[[int, int], None]


def rebuild(bihuan: Bihuan, progress: Progress) -> Sequence[str]:
    """Write the rows anew of every case whose rows differ; return these cases.

    Each is a unit of work of its own under the lock of its case, so that people may go on working.

    Raises:
        Unavailable: the database is locked or gone; what was written so far stays.
    """
    parts = Parts(bihuan.database, bihuan.application, bihuan.catalogue)
    with bihuan.database.read() as session:
        cases = list(session.scalars(select(Case.id).order_by(Case.id)))
    found = []
    for number, case_id in enumerate(cases, 1):
        if bihuan.database.run(partial(_rebuilt, parts, case_id)):
            found.append(case_id)
        progress(number, len(cases))
    return found


def _rebuilt(parts: Parts, case_id: str, session: Session) -> bool:
    """Write the rows of one case anew, if they differ; return whether they did."""
    row = lock_case(session, case_id)
    case: HazardCase = look_at(parts, session, row, SYSTEM).case
    if not any((*ledger_findings(session, case), *row_findings(session, case))):
        return False
    for kind in (DeadlineChangeRow, DeadlineRow):
        session.execute(delete(kind).where(kind.case_id == case_id))
    ledger_row.write_anew(session, case, clock.now())
    return True
