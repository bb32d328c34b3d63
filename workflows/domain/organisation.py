"""Bodies, persons, grants and enterprises: who may act for whom, and where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, or_, select, tuple_
from sqlalchemy.orm import Session

from engine import clock
from engine.errors import Invalid, NotFound
from engine.ports import Actor, Grant
from engine.store.base import Base
from engine.store.ids import new_id
from workflows.domain import pinyin
from workflows.domain.org_facts import (
    BODY_KINDS,
    FOREVER,
    ROLES,
    SIZE_CLASSES,
    Body,
    Enterprise,
    Person,
)
from workflows.domain.org_tables import (
    BodyRow,
    EnterpriseRow,
    GrantRow,
    PersonRow,
    SubstituteRow,
)
from workflows.domain.read_once import once

Row = TypeVar("Row", bound=Base)

_NAMED = frozenset({"name_zh", "name", "closed_on"})
"""What an enterprise has of its body."""

_ENTERPRISES = (
    select(
        *(
            getattr(BodyRow if one.name in _NAMED else EnterpriseRow, one.name)
            for one in fields(Enterprise)
        )
    )
    .join(BodyRow, BodyRow.id == EnterpriseRow.id)
    .order_by(EnterpriseRow.sort_key)
)


def sort_key(name_zh: str) -> str:
    """Return the pinyin of a name, by which Chinese lists are ordered."""
    return " ".join(pinyin.syllables(name_zh)).lower()[:300]


def add_body(
    session: Session, body: str, kind: str, name_zh: str, name: str, *, may_order: bool = False
) -> None:
    """Add a body of a known kind."""
    _known("kind", kind, BODY_KINDS)
    session.add(BodyRow(id=body, kind=kind, name_zh=name_zh, name=name, may_order=may_order))
    session.flush()


def add_person(session: Session, person: str, name_zh: str, name: str) -> None:
    """Add a person."""
    session.add(PersonRow(id=person, name_zh=name_zh, name=name))
    session.flush()


def grant(
    session: Session,
    person: str,
    body: str,
    role: str,
    valid_from: date = FOREVER,
    valid_to: date | None = None,
) -> str:
    """Give a person a role in a body from a day to a day, both included; return its id."""
    _known("role", role, ROLES)
    row = GrantRow(
        id=new_id(),
        person_id=_there(session, PersonRow, person).id,
        body_id=_there(session, BodyRow, body).id,
        role=role,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    session.add(row)
    session.flush()
    return row.id


def end_grant(session: Session, grant_id: str, last_day: date) -> None:
    """End a grant with a day; the row stays, so that it is known who held what when."""
    _there(session, GrantRow, grant_id).valid_to = last_day


def add_enterprise(session: Session, enterprise: Enterprise) -> None:
    """Add an enterprise with its body; the sort key is made from the Chinese name."""
    _known("size_class", enterprise.size_class, SIZE_CLASSES)
    add_body(session, enterprise.id, "enterprise", enterprise.name_zh, enterprise.name)
    session.add(
        EnterpriseRow(
            id=enterprise.id,
            park=enterprise.park,
            town=enterprise.town,
            industry_department=enterprise.industry_department,
            industry=enterprise.industry,
            size_class=enterprise.size_class,
            address=enterprise.address,
            legal_representative=enterprise.legal_representative,
            actual_investor=enterprise.actual_investor,
            contact=enterprise.contact,
            phone=enterprise.phone,
            sort_key=sort_key(enterprise.name_zh),
        )
    )
    session.flush()


def add_substitute(
    session: Session,
    absent: str,
    substitute: str,
    role: Grant,
    instrument: str,
    days: tuple[date, date],
) -> str:
    """Record who stands in for whom in a role, with the written instrument and its days."""
    first, last = days
    if last < first or absent == substitute:
        raise Invalid(
            "Expected another person and days in order, but they are not",
            "代理人须为他人，且起止日期须先后有序",
        )
    row = SubstituteRow(
        id=new_id(),
        absent_id=absent,
        substitute_id=substitute,
        body_id=role.body,
        role=role.role,
        instrument=instrument,
        valid_from=first,
        valid_to=last,
    )
    session.add(row)
    session.flush()
    return row.id


def grants_of(session: Session, person: str, now: datetime) -> tuple[Grant, ...]:
    """Return the grants of a person in force at an instant."""
    rows = session.execute(
        select(GrantRow.body_id, GrantRow.role)
        .where(GrantRow.person_id == person, in_force(now))
        .order_by(GrantRow.body_id, GrantRow.role)
    )
    return tuple(Grant(row.body_id, row.role) for row in rows)


def actor_of(session: Session, person: str, now: datetime, language: str = "zh") -> Actor:
    """Return a person as an actor with the grants in force at an instant."""
    row = _there(session, PersonRow, person)
    name = row.name if language.startswith("en") else row.name_zh
    return Actor(row.id, name, grants_of(session, person, now), language=language)


def holders(session: Session, grants: Iterable[Grant], now: datetime) -> list[str]:
    """Return the persons who hold any of the grants at an instant."""
    pairs = [(g.body, g.role) for g in grants]
    if not pairs:
        return []
    found = session.scalars(
        select(GrantRow.person_id)
        .where(tuple_(GrantRow.body_id, GrantRow.role).in_(pairs), in_force(now))
        .distinct()
        .order_by(GrantRow.person_id)
    )
    return list(found)


def in_force(now: datetime, row: type[GrantRow] = GrantRow) -> ColumnElement[bool]:
    """Return the condition that a grant holds at an instant."""
    today = clock.beijing_date(now)
    open_end = or_(row.valid_to.is_(None), row.valid_to >= today)
    return (row.valid_from <= today) & open_end


@once
def body(session: Session, body_id: str) -> Body:
    """Return a body; raise NotFound."""
    return _body(_there(session, BodyRow, body_id))


@once
def bodies(session: Session, *kinds: str) -> Sequence[Body]:
    """Return the bodies of some kinds, or all, by id."""
    query = select(BodyRow).order_by(BodyRow.id)
    if kinds:
        query = query.where(BodyRow.kind.in_(kinds))
    return [_body(row) for row in session.scalars(query)]


@once
def body_of_kind(session: Session, kind: str) -> str:
    """Return the id of the one body of a kind, such as the emergency bureau."""
    found = session.scalar(
        select(BodyRow.id)
        .where(BodyRow.kind == kind, BodyRow.closed_on.is_(None))
        .order_by(BodyRow.id)
    )
    if found is None:
        raise NotFound(f"Expected a body of kind {kind}, but there is none", f"没有{kind}类单位")
    return found


def enterprise(session: Session, enterprise_id: str) -> Enterprise:
    """Return an enterprise; raise NotFound."""
    row = _there(session, EnterpriseRow, enterprise_id)
    named = _there(session, BodyRow, enterprise_id)
    return _enterprise(row, named)


@once
def enterprises(session: Session) -> Sequence[Enterprise]:
    """Return every enterprise in pinyin order."""
    return [Enterprise(**row) for row in session.execute(_ENTERPRISES).mappings()]


@once
def enterprises_by_id(session: Session) -> Mapping[str, Enterprise]:
    """Return every enterprise by its id, in pinyin order."""
    return {one.id: one for one in enterprises(session)}


def person(session: Session, person_id: str) -> Person:
    """Return a person; raise NotFound."""
    row = _there(session, PersonRow, person_id)
    return Person(row.id, row.name_zh, row.name)


def names(session: Session, persons: Iterable[str]) -> dict[str, Person]:
    """Return persons by id, those that exist."""
    wanted = set(persons)
    rows = session.scalars(select(PersonRow).where(PersonRow.id.in_(wanted))) if wanted else ()
    return {row.id: Person(row.id, row.name_zh, row.name) for row in rows}


def some_persons(session: Session, most: int) -> Sequence[str]:
    """Return the ids of a few persons who hold a post or held one."""
    query = select(GrantRow.person_id).distinct().order_by(GrantRow.person_id).limit(most)
    return session.scalars(query).all()


def _there(session: Session, kind: type[Row], key: str) -> Row:
    row = session.get(kind, key)
    if row is None:
        raise NotFound(
            f"Expected somebody or something that is registered, but {key!r} is not",
            f"没有登记 {key}",
        )
    return row


def _known(field: str, value: str, allowed: Sequence[str]) -> None:
    if value not in allowed:
        raise Invalid.at(
            field,
            f"Expected one of {', '.join(allowed)}, but it is {value!r}",
            f"无效的取值 {value}",
        )


def _body(row: BodyRow) -> Body:
    return Body(row.id, row.kind, row.name_zh, row.name, row.may_order, row.closed_on)


def _enterprise(row: EnterpriseRow, named: BodyRow) -> Enterprise:
    return Enterprise(
        id=row.id,
        name_zh=named.name_zh,
        name=named.name,
        park=row.park,
        town=row.town,
        industry_department=row.industry_department,
        industry=row.industry,
        size_class=row.size_class,
        address=row.address,
        legal_representative=row.legal_representative,
        actual_investor=row.actual_investor,
        contact=row.contact,
        phone=row.phone,
        sort_key=row.sort_key,
        closed_on=named.closed_on,
    )
