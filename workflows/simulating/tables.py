"""Simulations that were asked for on the page: what was asked, how far each is, its report."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.base import Base


class SimulationRow(Base):
    """One simulation, from its asking to its report."""

    __tablename__ = "simulation"
    __table_args__ = (
        Index("ix_simulation_process", "agency", "process", "created_at"),
        Index("ix_simulation_state", "state", "created_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    agency: Mapped[str] = mapped_column(String(32))
    process: Mapped[str] = mapped_column(String(64))
    person: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(12))
    asked: Mapped[str] = mapped_column(Text)
    """What was chosen, as JSON."""

    report: Mapped[str | None] = mapped_column(Text)
    """What came of it, as JSON."""

    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int]
    fault_zh: Mapped[str] = mapped_column(String(500), default="")
    fault: Mapped[str] = mapped_column(String(500), default="")
    holder: Mapped[str | None] = mapped_column(String(36))
    """Which worker is at it; another takes over when `held_until` has passed."""

    held_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
