"""Choices that forms take from the organisation: enterprises and finding bodies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from engine.forms.components import Offered, Option
from engine.ports import SYSTEM, Actor, Context
from workflows.domain import organisation, zone
from workflows.domain.kept_facts import kept
from workflows.domain.registration import FINDER_KINDS, LEDGER_KEEPER
from workflows.domain.revision_tables import BODIES


@dataclass(frozen=True)
class _Enterprises:
    """Every enterprise that may be chosen, in pinyin order, and where each stands in it."""

    options: Offered
    places: Mapping[str, int]


def options(form: str, context: Context) -> Mapping[str, Sequence[Option]]:
    """Return the choices of a form by their key; only registration has any."""
    if form != "register":
        return {}
    return {
        "enterprises": _enterprises(context),
        "finder_bodies": _finder_bodies(context, context.actor),
        "joint_bodies": _joint_bodies(context),
    }


def _enterprises(context: Context) -> Sequence[Option]:
    """An enterprise's own people choose among their own, inspectors among all."""
    found = kept(context, BODIES, ("offered",), _offered)
    own = {grant.body for grant in context.actor.grants}
    mine = sorted(found.places[body] for body in own if body in found.places)
    return [found.options[place] for place in mine] or found.options


def _offered(session: Session) -> _Enterprises:
    open_now = [one for one in organisation.enterprises(session) if one.open]
    return _Enterprises(
        Offered(Option(one.id, one.name_zh, one.name) for one in open_now),
        {one.id: place for place, one in enumerate(open_now)},
    )


def _finder_bodies(context: Context, actor: Actor) -> list[Option]:
    own = {grant.body for grant in actor.grants}
    found = [one for one in zone.bodies(context, *FINDER_KINDS) if one.open]
    mine = [one for one in found if one.id in own]
    keeps_ledger = any(one.kind == LEDGER_KEEPER for one in mine)
    shown = found if actor == SYSTEM or keeps_ledger else mine or found
    return [Option(one.id, one.name_zh, one.name) for one in shown]


def _joint_bodies(context: Context) -> list[Option]:
    """A town may not inspect jointly with a town."""
    kinds = tuple(kind for kind in FINDER_KINDS if kind != "town")
    return [
        Option(one.id, one.name_zh, one.name) for one in zone.bodies(context, *kinds) if one.open
    ]
