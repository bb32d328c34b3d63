"""Tables of the ledger: one row a hazard, its deadlines and their changes."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.base import Base


class HazardRow(Base):
    """The ledger row (隐患排查台账), every official field, written with the case."""

    __tablename__ = "hz_hazard"
    __table_args__ = (
        UniqueConstraint("agency", "number"),
        Index("ix_hz_hazard_found", "found_at"),
        Index("ix_hz_hazard_level", "level", "state"),
        Index("ix_hz_hazard_state", "state", "current_due_at"),
        Index("ix_hz_hazard_same", "enterprise", "fingerprint"),
    )

    case_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("bpm_case.id", ondelete="CASCADE"), primary_key=True
    )
    agency: Mapped[str] = mapped_column(String(32))
    number: Mapped[str] = mapped_column(String(32))
    enterprise: Mapped[str] = mapped_column(String(64), index=True)
    enterprise_name_zh: Mapped[str] = mapped_column(String(200))
    enterprise_name: Mapped[str] = mapped_column(String(200))
    industry: Mapped[str] = mapped_column(String(64))
    park: Mapped[str | None] = mapped_column(String(64), index=True)
    town: Mapped[str] = mapped_column(String(64), index=True)
    industry_department: Mapped[str] = mapped_column(String(64), index=True)
    address: Mapped[str] = mapped_column(String(300))
    location: Mapped[str] = mapped_column(String(500))
    above_scale: Mapped[bool]
    origin: Mapped[str] = mapped_column(String(16))
    entry_mode: Mapped[str] = mapped_column(String(8))
    found_at: Mapped[datetime]
    finder_body: Mapped[str] = mapped_column(String(64), index=True)
    registered_by: Mapped[str] = mapped_column(String(64))
    registered_at: Mapped[datetime]
    description: Mapped[str] = mapped_column(Text)
    category: Mapped[str] = mapped_column(String(16))
    subcategory: Mapped[str] = mapped_column(String(100))
    level: Mapped[str | None] = mapped_column(String(16))
    criterion: Mapped[str] = mapped_column(String(500))
    imminent: Mapped[bool]
    photos: Mapped[int]
    funds_wan: Mapped[Decimal | None] = mapped_column(Numeric(14, 4))
    planned_date: Mapped[date | None]
    responsible_person: Mapped[str] = mapped_column(String(100))
    supervising_body: Mapped[str] = mapped_column(String(64))
    supervising_person: Mapped[str] = mapped_column(String(64))
    extensions: Mapped[int]
    extension_pending: Mapped[bool]
    order_kind: Mapped[str | None] = mapped_column(String(8))
    served_at: Mapped[datetime | None]
    current_due_date: Mapped[date | None]
    current_due_at: Mapped[datetime | None]
    listing_grade: Mapped[int]
    interview_late: Mapped[bool]
    overdue_since: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    recheck_result: Mapped[str | None] = mapped_column(String(8))
    struck_off_at: Mapped[datetime | None]
    exit: Mapped[str | None] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(24))
    round: Mapped[int]
    duplicate_of: Mapped[str | None] = mapped_column(String(36))
    fingerprint: Mapped[str] = mapped_column(String(64))
    experts: Mapped[str] = mapped_column(String(500))
    sort_key: Mapped[str] = mapped_column(String(300))
    search_text: Mapped[str] = mapped_column(Text, deferred=True)
    """Where words are looked for; like the keys below read by the database alone."""
    industry_key: Mapped[str] = mapped_column(String(160), deferred=True)
    address_key: Mapped[str] = mapped_column(String(160), deferred=True)
    location_key: Mapped[str] = mapped_column(String(160), deferred=True)
    description_key: Mapped[str] = mapped_column(String(160), deferred=True)
    subcategory_key: Mapped[str] = mapped_column(String(160), deferred=True)
    criterion_key: Mapped[str] = mapped_column(String(160), deferred=True)
    responsible_key: Mapped[str] = mapped_column(String(160), deferred=True)
    updated_at: Mapped[datetime]


class DeadlineRow(Base):
    """A deadline as a row of its own, for lists, alarms and the worker's report."""

    __tablename__ = "hz_deadline"
    __table_args__ = (Index("ix_hz_deadline_due", "state", "due_at"),)

    case_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("bpm_case.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(24))
    state: Mapped[str] = mapped_column(String(12))
    rule_set: Mapped[str] = mapped_column(String(64))
    rule_version: Mapped[int]
    rule: Mapped[str] = mapped_column(String(64))
    article: Mapped[str] = mapped_column(String(32))
    start_event: Mapped[str] = mapped_column(String(24))
    started_at: Mapped[datetime]
    unit: Mapped[str] = mapped_column(String(16))
    days: Mapped[int]
    due_date: Mapped[date]
    due_at: Mapped[datetime]
    round: Mapped[int]
    provisional: Mapped[bool]
    met_at: Mapped[datetime | None]
    expired_at: Mapped[datetime | None]
    recorded_at: Mapped[datetime | None]


class DeadlineChangeRow(Base):
    """A lawful change of a date; appended, never edited."""

    __tablename__ = "hz_deadline_change"

    case_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("bpm_case.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    cause: Mapped[str] = mapped_column(String(24))
    actor: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    before_date: Mapped[date | None]
    after_date: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text)


class LedgerColumnsRow(Base):
    """Which columns of the ledger a person chose to see."""

    __tablename__ = "hz_ledger_columns"

    person: Mapped[str] = mapped_column(String(64), primary_key=True)
    columns: Mapped[str] = mapped_column(String(1000))


class NotificationRow(Base):
    """What a person is told in the product itself; one row a person."""

    __tablename__ = "hz_notification"
    __table_args__ = (Index("ix_hz_notification_person", "person", "read_at", "at"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person: Mapped[str] = mapped_column(String(64))
    case_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("bpm_case.id", ondelete="CASCADE"), index=True
    )
    task_id: Mapped[str | None] = mapped_column(String(36))
    kind: Mapped[str] = mapped_column(String(32))
    text_zh: Mapped[str] = mapped_column(String(500))
    text: Mapped[str] = mapped_column(String(500))
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]
