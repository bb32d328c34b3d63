"""Who may do what with drafts: designers change them, another person approves.

Designers see no cases, and the safety office, which answers for the loop, reads drafts and may
approve them. Nobody approves what he had a hand in.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from engine import clock
from engine.errors import NotAllowed
from engine.ports import Actor
from workflows.administration.desk import Desk
from workflows.designing.tables import HandRow
from workflows.running import permission as running

DESIGNER = "designer"
READING = frozenset({DESIGNER}) | running.DECIDING
"""Roles of which one is held by whoever reads drafts; of which body is asked further in."""


def may_change(actor: Actor) -> bool:
    """Return whether a person may change drafts that are open."""
    return any(grant.role == DESIGNER for grant in actor.grants)


def may_read(session: Session, actor: Actor) -> bool:
    """Return whether a person may see drafts."""
    return may_change(actor) or running.may_decide(session, actor)


def had_a_hand(session: Session, actor: Actor, draft_id: str) -> bool:
    """Return whether a person, or whom he acts for, changed something in a draft."""
    names = [actor.id, *([actor.acting_for] if actor.acting_for else [])]
    return any(session.get(HandRow, (draft_id, name)) is not None for name in names)


def keep_hands(desk: Desk, draft_id: str) -> None:
    """Keep that a person had a hand in a draft, and whoever he acts for."""
    for person in filter(None, (desk.actor.id, desk.actor.acting_for)):
        if desk.session.get(HandRow, (draft_id, person)) is None:
            desk.session.add(HandRow(draft_id=draft_id, person=person))
    desk.session.flush()


def reading_desk(session: Session, actor: Actor, agency: str) -> Desk:
    """Return the desk of a person who may see drafts; raise NotAllowed for anybody else."""
    if not may_read(session, actor):
        raise NotAllowed(
            "Expected a process designer or the head or deputy of the safety office, "
            "but you are neither",
            "流程草稿由流程设计人员和安委办主任、副主任查看",
        )
    return Desk(session, actor, agency, clock.now())


def changing_desk(session: Session, actor: Actor, agency: str) -> Desk:
    """Return the desk of a process designer; raise NotAllowed for anybody else."""
    if not may_change(actor):
        raise NotAllowed(
            "Expected a process designer, but you are none", "只有流程设计人员可以修改流程草稿"
        )
    return Desk(session, actor, agency, clock.now())
