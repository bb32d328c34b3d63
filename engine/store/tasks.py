"""Tables of human work: tasks, candidates, who is barred, rungs of ladders, drafts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.base import Base


class Task(Base):
    """One human task: a projection of a waiting token, kept for the inbox and as a record."""

    __tablename__ = "bpm_task"
    __table_args__ = (
        UniqueConstraint("instance_id", "token_id"),
        Index("ix_bpm_task_case", "case_id", "status"),
        Index(
            "ix_bpm_task_inbox",
            *("pool", "assignee", "due_at", "opened_at", "id", "act"),
            postgresql_where=text("status = 'open'"),
            sqlite_where=text("status = 'open'"),
        ),
        Index(
            "ix_bpm_task_assignee",
            "assignee",
            postgresql_where=text("status = 'open'"),
            sqlite_where=text("status = 'open'"),
        ),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    agency: Mapped[str] = mapped_column(String(32))
    case_id: Mapped[str] = mapped_column(String(36), ForeignKey("bpm_case.id"))
    instance_id: Mapped[str] = mapped_column(String(36), ForeignKey("bpm_instance.id"))
    token_id: Mapped[str] = mapped_column(String(64))
    process: Mapped[str] = mapped_column(String(64))
    version: Mapped[int]
    element: Mapped[str] = mapped_column(String(128))
    act: Mapped[str] = mapped_column(String(128))
    form: Mapped[str] = mapped_column(String(128))
    title_zh: Mapped[str] = mapped_column(String(256))
    title: Mapped[str] = mapped_column(String(256))
    properties: Mapped[dict[str, Any]]
    token: Mapped[dict[str, Any]]
    status: Mapped[str] = mapped_column(String(9), default="open")
    assignee: Mapped[str | None] = mapped_column(String(64))
    pool: Mapped[str | None] = mapped_column(String(32))
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    priority: Mapped[int] = mapped_column(default=50)
    completed_at: Mapped[datetime | None]
    completed_by: Mapped[str | None] = mapped_column(String(64))
    outcome: Mapped[str | None] = mapped_column(String(128))
    row_version: Mapped[int] = mapped_column(default=1)


class TaskCandidate(Base):
    """A role in a body that may take a task."""

    __tablename__ = "bpm_task_candidate"
    __table_args__ = (Index("ix_bpm_task_candidate_grant", "body", "role", "task_id"),)

    task_id: Mapped[str] = mapped_column(String(36), ForeignKey("bpm_task.id"), primary_key=True)
    body: Mapped[str] = mapped_column(String(64), primary_key=True)
    role: Mapped[str] = mapped_column(String(64), primary_key=True)


class TaskBar(Base):
    """Who is kept from a task though a candidate: a person, or everybody of a body."""

    __tablename__ = "bpm_task_bar"
    __table_args__ = (Index("ix_bpm_task_bar_body", "body", "task_id"),)

    task_id: Mapped[str] = mapped_column(String(36), ForeignKey("bpm_task.id"), primary_key=True)
    person: Mapped[str] = mapped_column(String(64), primary_key=True)
    body: Mapped[str] = mapped_column(String(64), primary_key=True)
    reason_zh: Mapped[str] = mapped_column(String(256))
    reason: Mapped[str] = mapped_column(String(256))


class Pool(Base):
    """A role that finds the open tasks of a pool; never changed once written."""

    __tablename__ = "bpm_pool"

    body: Mapped[str] = mapped_column(String(64), primary_key=True)
    role: Mapped[str] = mapped_column(String(64), primary_key=True)
    pool: Mapped[str] = mapped_column(String(32), primary_key=True)


class PoolBar(Base):
    """A person who is kept from the tasks of a pool."""

    __tablename__ = "bpm_pool_bar"

    pool: Mapped[str] = mapped_column(String(32), primary_key=True)
    person: Mapped[str] = mapped_column(String(64), primary_key=True)


class RungRow(Base):
    """One step of a ladder or one reminder; it tells, it never decides."""

    __tablename__ = "bpm_rung"
    __table_args__ = (UniqueConstraint("case_id", "subject", "name"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(36), ForeignKey("bpm_case.id"))
    subject: Mapped[str] = mapped_column(String(128))
    task_id: Mapped[str | None] = mapped_column(String(36), ForeignKey("bpm_task.id"))
    name: Mapped[str] = mapped_column(String(128))
    data: Mapped[dict[str, Any]]
    fire_at: Mapped[datetime]
    fired_at: Mapped[datetime | None]


class Draft(Base):
    """What a person has typed into a task's form and not yet sent."""

    __tablename__ = "bpm_draft"

    task_id: Mapped[str] = mapped_column(String(36), ForeignKey("bpm_task.id"), primary_key=True)
    person: Mapped[str] = mapped_column(String(64), primary_key=True)
    data: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]
