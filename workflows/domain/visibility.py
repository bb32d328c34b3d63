"""Who sees which hazard: own, own area, own industry, all. One rule for rows and for lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import ColumnElement, false, or_, select, true
from sqlalchemy.orm import Session

from engine.ports import SYSTEM, Actor
from workflows.domain.ledger_tables import HazardRow
from workflows.domain.levels import EXITS
from workflows.domain.org_tables import BodyRow

_ALL = frozenset({"emergency_bureau", "office", "leaders", "auditors"})


class Seen(Protocol):
    """What decides whether a hazard is seen; a ledger row has it."""

    enterprise: str
    park: str | None
    town: str
    industry_department: str
    finder_body: str
    level: str | None
    state: str
    experts: str


@dataclass(frozen=True)
class Reach:
    """What an actor's bodies let them see."""

    person: str
    everything: bool = False
    bodies: frozenset[str] = frozenset()
    enterprises: frozenset[str] = frozenset()
    expert: bool = False

    def sees(self, row: Seen) -> bool:
        """Return whether a hazard is seen."""
        if self.everything:
            return True
        areas = {row.park, row.town, row.industry_department, row.finder_body}
        if areas & self.bodies or row.enterprise in self.enterprises:
            return True
        return self.expert and (_awaits_expert(row) or f" {self.person} " in row.experts)

    def clause(self) -> ColumnElement[bool]:
        """Return the same rule as a condition on ledger rows."""
        if self.everything:
            return true()
        parts: list[ColumnElement[bool]] = [
            column.in_(self.bodies)
            for column in (
                HazardRow.park,
                HazardRow.town,
                HazardRow.industry_department,
                HazardRow.finder_body,
            )
            if self.bodies
        ]
        if self.enterprises:
            parts.append(HazardRow.enterprise.in_(self.enterprises))
        if self.expert:
            awaiting = (HazardRow.level == "major") & (HazardRow.state == "rechecking")
            parts += [awaiting, HazardRow.experts.contains(f" {self.person} ", autoescape=True)]
        return or_(*parts) if parts else false()


def reach(session: Session, actor: Actor) -> Reach:
    """Return what an actor may see, from the kinds of the bodies that they act for."""
    if actor == SYSTEM:
        return Reach(actor.id, everything=True)
    held = {grant.body for grant in actor.grants}
    kinds: dict[str, str] = {}
    if held:
        rows = session.execute(select(BodyRow.id, BodyRow.kind).where(BodyRow.id.in_(held)))
        kinds = {row.id: row.kind for row in rows}
    found = set(kinds.values())
    area_kinds = ("park_command", "town", "industry_department")
    return Reach(
        person=actor.id,
        everything=bool(found & _ALL),
        bodies=frozenset(body for body, kind in kinds.items() if kind in area_kinds),
        enterprises=frozenset(body for body, kind in kinds.items() if kind == "enterprise"),
        expert="experts" in found,
    )


def may_see(session: Session, actor: Actor, row: Seen) -> bool:
    """Return whether an actor may see a hazard."""
    return reach(session, actor).sees(row)


def is_authority(session: Session, actor: Actor) -> bool:
    """Return whether an actor acts for an authority: sees internal opinions and expert notes."""
    found = reach(session, actor)
    return found.everything or bool(found.bodies)


def _awaits_expert(row: Seen) -> bool:
    return row.level == "major" and row.state == "rechecking" and row.state not in EXITS
