"""Who stands in for whom today: the posts of the absent, held by a written instrument."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import clock
from engine.errors import NotAllowed
from engine.ports import Actor, Grant
from workflows.domain import organisation
from workflows.domain.org_tables import GrantRow, SubstituteRow


@dataclass(frozen=True)
class StandIn:
    """One post that somebody holds for an absent person until a day."""

    absent: str
    role: Grant
    instrument: str
    until: date


def standing_in(session: Session, person: str, now: datetime) -> Sequence[StandIn]:
    """Return what a person holds for others today; an absent person's post must still be his."""
    today = clock.beijing_date(now)
    row = SubstituteRow
    rows = session.scalars(
        select(row)
        .join(
            GrantRow,
            (GrantRow.person_id == row.absent_id)
            & (GrantRow.body_id == row.body_id)
            & (GrantRow.role == row.role),
        )
        .where(
            row.substitute_id == person,
            row.valid_from <= today,
            row.valid_to >= today,
            organisation.in_force(now),
        )
        .order_by(row.absent_id, row.body_id, row.role)
    ).unique()
    return [
        StandIn(one.absent_id, Grant(one.body_id, one.role), one.instrument, one.valid_to)
        for one in rows
    ]


def acting_for(session: Session, actor: Actor, absent: str, now: datetime) -> Actor:
    """Return an actor as substitute: with the absent person's posts and no own ones.

    Raises:
        NotAllowed: he stands in for nobody of this id today.
    """
    roles = tuple(one.role for one in standing_in(session, actor.id, now) if one.absent == absent)
    if not roles:
        raise NotAllowed(
            "Expected you to stand in for this person today, but you do not",
            "您今天没有代行该人员职权的书面依据",
        )
    return replace(actor, grants=tuple(dict.fromkeys(roles)), acting_for=absent)
