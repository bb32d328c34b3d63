"""Simulations that were asked for on the page: what was asked, how far each is, its report."""

from __future__ import annotations

from sqlalchemy import Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.base import Base
from workflows.leasing import Leased

_AT_WORK = text("state IN ('waiting', 'playing')")


class SimulationRow(Leased, Base):
    """One simulation, from its asking to its report."""

    __tablename__ = "simulation"
    __table_args__ = (
        Index("ix_simulation_process", "agency", "process", "created_at"),
        Index("ix_simulation_state", "state", "created_at"),
        Index(
            "uq_simulation_person",
            "agency",
            "person",
            unique=True,
            sqlite_where=_AT_WORK,
            postgresql_where=_AT_WORK,
        ),
    )

    process: Mapped[str] = mapped_column(String(64))
    person: Mapped[str] = mapped_column(String(64))
    asked: Mapped[str] = mapped_column(Text)
    """What was chosen, as JSON."""

    report: Mapped[str | None] = mapped_column(Text)
    """What came of it, as JSON."""

    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int]
    fault_zh: Mapped[str] = mapped_column(String(500), default="")
    fault: Mapped[str] = mapped_column(String(500), default="")
