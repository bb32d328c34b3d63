"""Tables of the administration: the zone that uses the product, and what its office changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.base import Base


class ZoneRow(Base):
    """The zone behind an agency; its row says that the first set-up was done."""

    __tablename__ = "org_zone"

    agency: Mapped[str] = mapped_column(String(32), primary_key=True)
    name_zh: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(200))
    set_up_at: Mapped[datetime]


class AdministrationEntry(Base):
    """One administrative act; chained like the history of a case, and never changed."""

    __tablename__ = "org_administration"
    __table_args__ = (Index("ix_org_administration_subject", "agency", "subject"),)

    agency: Mapped[str] = mapped_column(String(32), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(64))
    actor_name: Mapped[str] = mapped_column(String(128))
    act: Mapped[str] = mapped_column(String(128))
    subject: Mapped[str] = mapped_column(String(64))
    data: Mapped[str] = mapped_column(Text)
    prev: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
