"""Tables of running cases: the case, its process instances, messages and incidents."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.base import Base


class Case(Base):
    """One case: its document, the head of its history chain and its next date."""

    __tablename__ = "bpm_case"
    __table_args__ = (Index("ix_bpm_case_due", "status", "next_due_at"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    agency: Mapped[str] = mapped_column(String(32))
    process: Mapped[str] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(8), default="open")
    document: Mapped[str] = mapped_column(Text)
    document_version: Mapped[int] = mapped_column(default=1)
    lock_version: Mapped[int] = mapped_column(default=1)
    next_due_at: Mapped[datetime | None]
    history_seq: Mapped[int] = mapped_column(default=0)
    history_hash: Mapped[str] = mapped_column(String(64), default="")
    anchored_seq: Mapped[int] = mapped_column(default=0)
    open_incidents: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(64))
    closed_at: Mapped[datetime | None]


class Instance(Base):
    """One process instance: its state, and what it waits for without being loaded."""

    __tablename__ = "bpm_instance"
    __table_args__ = (Index("ix_bpm_instance_case", "case_id", "status"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    agency: Mapped[str] = mapped_column(String(32))
    case_id: Mapped[str] = mapped_column(String(36), ForeignKey("bpm_case.id"))
    process: Mapped[str] = mapped_column(String(64))
    version: Mapped[int]
    root: Mapped[bool] = mapped_column(default=False)
    status: Mapped[str] = mapped_column(String(9), default="live")
    reason: Mapped[str | None] = mapped_column(String(128))
    blob: Mapped[bytes] = mapped_column(LargeBinary)
    waits: Mapped[dict[str, Any]]
    timers: Mapped[list[Any]]
    lock_version: Mapped[int] = mapped_column(default=1)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Message(Base):
    """A message that came before anybody waited for it, offered again after each step."""

    __tablename__ = "bpm_message"
    __table_args__ = (Index("ix_bpm_message_case", "case_id", "delivered_at"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    agency: Mapped[str] = mapped_column(String(32))
    case_id: Mapped[str] = mapped_column(String(36), ForeignKey("bpm_case.id"))
    name: Mapped[str] = mapped_column(String(128))
    payload: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    delivered_at: Mapped[datetime | None]


class IncidentRow(Base):
    """Something that a person must look at: what failed, how often, when it is tried again."""

    __tablename__ = "bpm_incident"
    __table_args__ = (
        Index("ix_bpm_incident_case", "case_id", "status"),
        Index("ix_bpm_incident_open", "agency", "status", "at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    agency: Mapped[str] = mapped_column(String(32))
    case_id: Mapped[str | None] = mapped_column(String(36), ForeignKey("bpm_case.id"))
    process: Mapped[str] = mapped_column(String(64))
    instance_id: Mapped[str | None] = mapped_column(String(36))
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(16))
    subject: Mapped[str] = mapped_column(String(128))
    message: Mapped[str] = mapped_column(Text)
    message_zh: Mapped[str] = mapped_column(Text)
    detail: Mapped[dict[str, Any]]
    status: Mapped[str] = mapped_column(String(9), default="open")
    attempts: Mapped[int] = mapped_column(default=1)
    retry_at: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[str | None] = mapped_column(String(64))


class Counter(Base):
    """Numbers of papers: one row per agency, kind and year, locked last in a command."""

    __tablename__ = "bpm_counter"

    agency: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(64), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[int]


class Idempotency(Base):
    """A command that was already done under a key, so that repeating it repeats nothing."""

    __tablename__ = "bpm_idempotency"

    agency: Mapped[str] = mapped_column(String(32), primary_key=True)
    actor: Mapped[str] = mapped_column(String(64), primary_key=True)
    key: Mapped[str] = mapped_column(String(128), primary_key=True)
    command: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
    result: Mapped[dict[str, Any]]
    at: Mapped[datetime]
