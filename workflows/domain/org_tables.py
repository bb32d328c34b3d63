"""Tables of the organisation: bodies, persons, grants, substitutes, enterprises."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.base import Base


class BodyRow(Base):
    """A body of the zone: park command, department, bureau, town, enterprise and so on."""

    __tablename__ = "org_body"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(32), index=True)
    name_zh: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(200))
    may_order: Mapped[bool] = mapped_column(default=False)
    closed_on: Mapped[date | None]
    """The last day on which it acted; what it did stays under its name."""


class PersonRow(Base):
    """A person who may act; accounts refer to it."""

    __tablename__ = "org_person"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name_zh: Mapped[str] = mapped_column(String(100))
    name: Mapped[str] = mapped_column(String(100))


class GrantRow(Base):
    """A role that a person holds in a body from a day to a day, both included."""

    __tablename__ = "org_grant"
    __table_args__ = (
        Index("ix_org_grant_person", "person_id"),
        Index("ix_org_grant_body_role", "body_id", "role"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(64), ForeignKey("org_person.id"))
    body_id: Mapped[str] = mapped_column(String(64), ForeignKey("org_body.id"))
    role: Mapped[str] = mapped_column(String(32))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class SubstituteRow(Base):
    """Who stands in for whom in a role, by which written instrument, between which days."""

    __tablename__ = "org_substitute"
    __table_args__ = (Index("ix_org_substitute_person", "substitute_id"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    absent_id: Mapped[str] = mapped_column(String(64), ForeignKey("org_person.id"))
    substitute_id: Mapped[str] = mapped_column(String(64), ForeignKey("org_person.id"))
    body_id: Mapped[str] = mapped_column(String(64), ForeignKey("org_body.id"))
    role: Mapped[str] = mapped_column(String(32))
    instrument: Mapped[str] = mapped_column(String(200))
    valid_from: Mapped[date]
    valid_to: Mapped[date]


class EnterpriseRow(Base):
    """Master data of an enterprise; its id is also the id of its body."""

    __tablename__ = "org_enterprise"

    id: Mapped[str] = mapped_column(String(64), ForeignKey("org_body.id"), primary_key=True)
    park: Mapped[str | None] = mapped_column(String(64), ForeignKey("org_body.id"), index=True)
    town: Mapped[str] = mapped_column(String(64), ForeignKey("org_body.id"), index=True)
    industry_department: Mapped[str] = mapped_column(
        String(64), ForeignKey("org_body.id"), index=True
    )
    industry: Mapped[str] = mapped_column(String(64))
    size_class: Mapped[str] = mapped_column(String(16))
    address: Mapped[str] = mapped_column(String(300), default="")
    legal_representative: Mapped[str] = mapped_column(String(100), default="")
    actual_investor: Mapped[str] = mapped_column(String(100), default="")
    contact: Mapped[str] = mapped_column(String(100), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    sort_key: Mapped[str] = mapped_column(String(300), default="")
