"""Runs of a migration: how far each has come, and what becomes of each of its cases."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.base import Base
from workflows.leasing import Leased

_OPEN = text("state IN ('looking', 'looked', 'running', 'stopped')")


class MigrationRunRow(Leased, Base):
    """One migration of all cases behind a version, from its preview to its end."""

    __tablename__ = "hz_migration_run"
    __table_args__ = (
        Index("ix_hz_migration_run_state", "state", "created_at"),
        Index("ix_hz_migration_run_process", "agency", "process", "created_at"),
        Index(
            "uq_hz_migration_run_open",
            "agency",
            "process",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    process: Mapped[str] = mapped_column(String(64))
    version: Mapped[int]
    asked_by: Mapped[str] = mapped_column(String(64))
    """Who asked for the preview."""

    person: Mapped[str | None] = mapped_column(String(64))
    """Who decided on it, in whose name the cases are taken over."""

    acting_for: Mapped[str | None] = mapped_column(String(64))
    reason: Mapped[str | None] = mapped_column(Text)
    cases: Mapped[int] = mapped_column(default=0)
    looked: Mapped[int] = mapped_column(default=0)
    possible: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    """Of those that are possible, with another date, actor or form."""

    done: Mapped[int] = mapped_column(default=0)
    stayed: Mapped[int] = mapped_column(default=0)
    note_zh: Mapped[str] = mapped_column(String(500), default="")
    note: Mapped[str] = mapped_column(String(500), default="")


class MigrationCaseRow(Base):
    """One case of a run: what would become of it, then what became of it."""

    __tablename__ = "hz_migration_case"
    __table_args__ = (Index("ix_hz_migration_case_state", "run_id", "state", "case_id"),)

    run_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("hz_migration_run.id", ondelete="CASCADE"), primary_key=True
    )
    case_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    state: Mapped[str] = mapped_column(String(8))
    number: Mapped[str] = mapped_column(String(64), default="")
    found: Mapped[str] = mapped_column(Text, default="{}")
    """What was found as JSON: versions before, what is in the way, what changes."""
