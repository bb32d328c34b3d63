"""Choices that forms take from the organisation: enterprises and finding bodies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from engine.forms.components import Option
from engine.ports import SYSTEM, Actor, Context
from workflows.domain import organisation
from workflows.domain.read_once import once
from workflows.domain.registration import FINDER_KINDS, LEDGER_KEEPER


def options(form: str, context: Context) -> Mapping[str, Sequence[Option]]:
    """Return the choices of a form by their key; only registration has any."""
    if form != "register":
        return {}
    return _of_registration(context.session, context.actor)


@once
def _of_registration(session: Session, actor: Actor) -> Mapping[str, Sequence[Option]]:
    return {
        "enterprises": _enterprises(session, actor),
        "finder_bodies": _finder_bodies(session, actor),
        "joint_bodies": _joint_bodies(session),
    }


def _enterprises(session: Session, actor: Actor) -> list[Option]:
    """An enterprise's own people choose among their own, inspectors among all."""
    own = {grant.body for grant in actor.grants}
    found = [one for one in organisation.enterprises(session) if one.open]
    mine = [one for one in found if one.id in own]
    return [Option(one.id, one.name_zh, one.name) for one in mine or found]


def _finder_bodies(session: Session, actor: Actor) -> list[Option]:
    own = {grant.body for grant in actor.grants}
    found = [one for one in organisation.bodies(session, *FINDER_KINDS) if one.open]
    mine = [one for one in found if one.id in own]
    keeps_ledger = any(one.kind == LEDGER_KEEPER for one in mine)
    shown = found if actor == SYSTEM or keeps_ledger else mine or found
    return [Option(one.id, one.name_zh, one.name) for one in shown]


def _joint_bodies(session: Session) -> list[Option]:
    """A town may not inspect jointly with a town."""
    kinds = tuple(kind for kind in FINDER_KINDS if kind != "town")
    return [
        Option(one.id, one.name_zh, one.name)
        for one in organisation.bodies(session, *kinds)
        if one.open
    ]
