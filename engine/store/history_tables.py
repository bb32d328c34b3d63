"""Tables of the record: chained history, path, anchors, and the outbox."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, PrimaryKeyConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.base import Base


class History(Base):
    """One act of a case; its hash covers its content and the hash of the row before."""

    __tablename__ = "bpm_history"
    __table_args__ = (
        Index("ix_bpm_history_at", "agency", "at"),
        Index("ix_bpm_history_actor", "actor", "at"),
    )

    case_id: Mapped[str] = mapped_column(String(36), ForeignKey("bpm_case.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    agency: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(64))
    actor_name: Mapped[str] = mapped_column(String(128))
    acting_for: Mapped[str | None] = mapped_column(String(64))
    act: Mapped[str] = mapped_column(String(128))
    outcome: Mapped[str | None] = mapped_column(String(128))
    element: Mapped[str | None] = mapped_column(String(128))
    process: Mapped[str | None] = mapped_column(String(64))
    task_id: Mapped[str | None] = mapped_column(String(36))
    data: Mapped[str] = mapped_column(Text)
    personal: Mapped[str | None] = mapped_column(Text)
    personal_digest: Mapped[str | None] = mapped_column(String(64))
    salt: Mapped[str | None] = mapped_column(String(32))
    prev: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class Visit(Base):
    """One step of a token: the flow or element passed, with the values a gateway read."""

    __tablename__ = "bpm_visit"
    __table_args__ = (PrimaryKeyConstraint("case_id", "id"),)

    id: Mapped[str] = mapped_column(String(36))
    case_id: Mapped[str] = mapped_column(String(36), ForeignKey("bpm_case.id"))
    instance_id: Mapped[str] = mapped_column(String(36), ForeignKey("bpm_instance.id"))
    process: Mapped[str] = mapped_column(String(64))
    element: Mapped[str] = mapped_column(String(128))
    flow: Mapped[str | None] = mapped_column(String(128))
    at: Mapped[datetime]
    detail: Mapped[dict[str, Any] | None]


class Anchor(Base):
    """The heads of chains at one instant, signed with a key kept outside the database."""

    __tablename__ = "bpm_anchor"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    heads: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    prev: Mapped[str] = mapped_column(String(64))
    signature: Mapped[str] = mapped_column(String(128))


class AnchorHead(Base):
    """The head of one case's chain within an anchor."""

    __tablename__ = "bpm_anchor_head"
    __table_args__ = (Index("ix_bpm_anchor_head_case", "case_id", "seq"),)

    anchor: Mapped[int] = mapped_column(ForeignKey("bpm_anchor.seq"), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    seq: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))


class Outbox(Base):
    """One message to the outside: claimed with a lease, sent outside any transaction."""

    __tablename__ = "bpm_outbox"
    __table_args__ = (Index("ix_bpm_outbox_unsent", "sent_at", "lease_until"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    agency: Mapped[str] = mapped_column(String(32))
    case_id: Mapped[str | None] = mapped_column(String(36), ForeignKey("bpm_case.id"))
    channel: Mapped[str] = mapped_column(String(32))
    recipient: Mapped[str] = mapped_column(String(128))
    payload: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(String(500))
