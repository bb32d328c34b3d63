"""Incidents for people: which case each is of, and trying again what failed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.errors import NotFound
from engine.ports import Actor
from engine.store import queries
from engine.store.queries import IncidentRecord
from engine.work.runtime import Runtime
from workflows.domain.ledger_tables import HazardRow
from workflows.running.permission import check_may_look

MOST = 200
"""How many are shown; the newest come first."""


@dataclass(frozen=True)
class OfCase:
    """An incident with the number of its case; "" where a case could not begin."""

    incident: IncidentRecord
    number: str


def listed(session: Session, actor: Actor, agency: str) -> list[OfCase]:
    """Return the open incidents, the newest first; NotAllowed outside the safety office."""
    check_may_look(session, actor)
    found = queries.open_incidents(session, agencies=[agency], limit=MOST)
    numbers = numbers_of(session, [one.case_id for one in found if one.case_id])
    return [OfCase(one, numbers.get(one.case_id or "", "")) for one in found]


def one(session: Session, actor: Actor, agency: str, incident_id: str) -> OfCase:
    """Return an open incident; NotFound if there is none of that id."""
    check_may_look(session, actor)
    found = queries.open_incident(session, incident_id)
    if found is None or found.agency != agency:
        raise NotFound(
            f"Expected an open incident {incident_id}, but there is none", "没有该待处理异常"
        )
    numbers = numbers_of(session, [found.case_id] if found.case_id else [])
    return OfCase(found, numbers.get(found.case_id or "", ""))


def retry(runtime: Runtime, actor: Actor, agency: str, incident_id: str, reason: str) -> None:
    """Try again what failed, with a reason that stands in the history of the case.

    Raises:
        NotAllowed: the person is not of the safety office.
        NotFound: there is no such open incident.
        Invalid: there is no reason.
        Incident: it failed again.
    """
    with runtime.database.read() as session:
        one(session, actor, agency, incident_id)
    runtime.retry_incident(actor, incident_id, reason)


def numbers_of(session: Session, cases: Sequence[str]) -> dict[str, str]:
    """Return the number of each case."""
    rows = session.execute(
        select(HazardRow.case_id, HazardRow.number).where(HazardRow.case_id.in_(cases))
    )
    return {row.case_id: row.number for row in rows}
