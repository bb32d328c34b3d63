"""Who may see to running cases: the safety office, which answers for the whole loop.

Its officers look and try again what failed; what changes how a case runs is for its head and
deputy. An administrator sees no case, so none of this is theirs.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from engine.errors import NotAllowed
from engine.ports import Actor
from workflows.domain import organisation

KIND = "office"
LOOKING = frozenset({"head", "deputy", "officer"})
DECIDING = frozenset({"head", "deputy"})


def may_look(session: Session, actor: Actor) -> bool:
    """Return whether a person may see incidents and versions, and try again what failed."""
    return bool(_roles(session, actor) & LOOKING)


def may_decide(session: Session, actor: Actor) -> bool:
    """Return whether a person may change how a case runs."""
    return bool(_roles(session, actor) & DECIDING)


def check_may_look(session: Session, actor: Actor) -> None:
    """Raise NotAllowed unless the person is of the safety office."""
    if not may_look(session, actor):
        raise NotAllowed(
            "Expected somebody of the safety office, but the actor is not",
            "在办案件的处置由安委办办理",
        )


def check_may_decide(session: Session, actor: Actor) -> None:
    """Raise NotAllowed unless the person is the head or deputy of the safety office."""
    if not may_decide(session, actor):
        raise NotAllowed(
            "Expected the head or deputy of the safety office, but the actor is neither",
            "该事项由安委办主任、副主任决定",
        )


def _roles(session: Session, actor: Actor) -> frozenset[str]:
    return frozenset(
        grant.role
        for grant in actor.grants
        if grant.role in LOOKING and organisation.body(session, grant.body).kind == KIND
    )
