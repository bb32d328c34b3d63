"""What a filter may ask for: a value that there is not is refused by name, not answered by nothing.

Whoever may not know of something is told the same as if there were none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engine.errors import FieldError, Invalid
from engine.ports import Actor
from workflows.domain.ledger import LedgerFilter
from workflows.domain.ledger_fields import FIELDS, LedgerField
from workflows.domain.ledger_filters import EMPTY
from workflows.domain.ledger_tables import HazardRow
from workflows.domain.org_tables import BodyRow, EnterpriseRow
from workflows.domain.visibility import reach

ENTERPRISE = ("单位", "Enterprise")
_OWN = ("park", "department", "town", "body")
"""Filters of the ledger that name one body, called as their fields."""

_TOLD = 20
_LONGEST = 40


@dataclass(frozen=True)
class Asked:
    """What a filter was given: the name of its parameter, its Chinese title, the values."""

    name: str
    title_zh: str
    values: Sequence[str]


def check(asked: Asked, allowed: Collection[str]) -> None:
    """Raise Invalid where something is asked for that there is not."""
    raise_any(unknown(asked, allowed))


def check_ledger(session: Session, actor: Actor, wanted: LedgerFilter) -> None:
    """Raise Invalid where a filter of the ledger asks for a body or enterprise that is none."""
    raise_any(_unknown_in_ledger(session, actor, wanted))


def check_bodies(session: Session, asked: Asked, *kinds: str) -> None:
    """Raise Invalid where something is no body of some kinds."""
    check(asked, bodies(session, *kinds))


def bodies(session: Session, *kinds: str) -> list[str]:
    """Return the bodies of some kinds by their ids, or of all but enterprises."""
    ids = select(BodyRow.id).order_by(BodyRow.id)
    chosen = BodyRow.kind.in_(kinds) if kinds else BodyRow.kind != "enterprise"
    return list(session.scalars(ids.where(chosen)))


def enterprises(session: Session, actor: Actor) -> list[str]:
    """Return the enterprises that an actor may know of: own, in own area, or with a hazard seen."""
    reached = reach(session, actor)
    ids = select(EnterpriseRow.id).order_by(EnterpriseRow.id)
    if not reached.everything:
        with_hazard = select(HazardRow.enterprise).where(reached.clause())
        ids = ids.where(
            or_(
                EnterpriseRow.id.in_(reached.enterprises),
                EnterpriseRow.park.in_(reached.bodies),
                EnterpriseRow.town.in_(reached.bodies),
                EnterpriseRow.industry_department.in_(reached.bodies),
                EnterpriseRow.id.in_(with_hazard),
            )
        )
    return list(session.scalars(ids))


def unknown(asked: Asked, allowed: Collection[str]) -> Iterator[FieldError]:
    """Yield what of a filter is none of what is allowed, with what is."""
    for value in asked.values:
        if value not in allowed:
            shown = value[:_LONGEST]
            yield FieldError(
                asked.name,
                f"Expected {_english(allowed)}, but it is {shown!r}",
                f"“{asked.title_zh}”不能是“{shown}”，{_chinese(allowed)}",
            )


def raise_any(errors: Iterable[FieldError]) -> None:
    """Raise Invalid with errors, if there are any."""
    found = list(errors)
    if found:
        raise Invalid(found[0].message, found[0].message_zh, found)


def _unknown_in_ledger(
    session: Session, actor: Actor, wanted: LedgerFilter
) -> Iterator[FieldError]:
    for field, values in _bodies_asked(wanted):
        allowed = [*bodies(session, *field.bodies), *([EMPTY] if field.optional else [])]
        yield from unknown(Asked(field.key, field.title[0], values), allowed)
    if wanted.enterprise:
        asked = Asked("enterprise", ENTERPRISE[0], [wanted.enterprise])
        yield from unknown(asked, enterprises(session, actor))


def _bodies_asked(wanted: LedgerFilter) -> Iterator[tuple[LedgerField, Sequence[str]]]:
    for name in _OWN:
        value = getattr(wanted, name)
        if value:
            yield FIELDS[name], [value]
    yield from ((one.field, one.values) for one in wanted.where if one.field.kind == "body")


def _english(allowed: Collection[str]) -> str:
    if not allowed:
        return "none, as there is nothing to ask for"
    names = list(allowed)
    more = f" or one of {len(names) - _TOLD} more" if len(names) > _TOLD else ""
    return f"one of {', '.join(names[:_TOLD])}{more}"


def _chinese(allowed: Collection[str]) -> str:
    if not allowed:
        return "没有可用的值"
    names = list(allowed)
    more = f" 等 {len(names)} 个" if len(names) > _TOLD else ""
    return f"可用的是 {'、'.join(names[:_TOLD])}{more}"
