"""Who sees which hazard: own, own area, own industry, all. One rule for rows and for lists."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, or_, select, true
from sqlalchemy.orm import Session

from engine.ports import SYSTEM, Actor
from workflows.domain.ledger_tables import HazardRow
from workflows.domain.org_tables import BodyRow
from workflows.domain.seen import AREAS, Seen

_ALL = frozenset({"emergency_bureau", "office", "leaders", "auditors"})
_KNOWN = "visibility.reach"
"""Where a session keeps what it read."""


@dataclass(frozen=True)
class Reach:
    """What an actor's bodies let them see."""

    person: str
    everything: bool = False
    bodies: frozenset[str] = frozenset()
    enterprises: frozenset[str] = frozenset()
    expert: bool = False
    towns: frozenset[str] = frozenset()

    @property
    def authority(self) -> bool:
        """Whether they act for an authority."""
        return self.everything or bool(self.bodies)

    def sees(self, hazard: Seen) -> bool:
        """Return whether a hazard is seen."""
        if self.everything:
            return True
        if hazard.areas & self.bodies or hazard.enterprise in self.enterprises:
            return True
        return self.expert and (_awaits_expert(hazard) or f" {self.person} " in hazard.experts)

    def clause(self) -> ColumnElement[bool]:
        """Return the same rule as a condition on ledger rows."""
        if self.everything:
            return true()
        parts: list[ColumnElement[bool]] = [
            getattr(HazardRow, name).in_(self.bodies) for name in AREAS if self.bodies
        ]
        if self.enterprises:
            parts.append(HazardRow.enterprise.in_(self.enterprises))
        if self.expert:
            awaiting = (HazardRow.level == "major") & (HazardRow.state == "rechecking")
            parts += [awaiting, HazardRow.experts.contains(f" {self.person} ", autoescape=True)]
        return or_(*parts) if parts else false()


def reach(session: Session, actor: Actor) -> Reach:
    """Return what an actor may see, from the kinds of the bodies that they act for.

    It is asked for each act that may be offered, so a session reads it once: a body keeps its kind.
    """
    if actor == SYSTEM:
        return Reach(actor.id, everything=True)
    held = frozenset(grant.body for grant in actor.grants)
    known: dict[tuple[str, frozenset[str]], Reach] = session.info.setdefault(_KNOWN, {})
    if (actor.id, held) not in known:
        known[actor.id, held] = _read(session, actor, held)
    return known[actor.id, held]


def _read(session: Session, actor: Actor, held: frozenset[str]) -> Reach:
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
        towns=frozenset(body for body, kind in kinds.items() if kind == "town"),
    )


def may_see(session: Session, actor: Actor, hazard: Seen) -> bool:
    """Return whether an actor may see a hazard."""
    return reach(session, actor).sees(hazard)


def is_authority(session: Session, actor: Actor) -> bool:
    """Return whether an actor acts for an authority; what it hears, `readers` tells by case."""
    return reach(session, actor).authority


def _awaits_expert(hazard: Seen) -> bool:
    return hazard.level == "major" and hazard.state == "rechecking"
