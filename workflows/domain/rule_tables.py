"""Tables of rules and days: versions of rule sets, the days that differ from the week."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Boolean, Date, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.base import Base


class RuleSetRow(Base):
    """One version of a rule set; never changed once a case began with it."""

    __tablename__ = "hz_rule_set"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)
    effective_from: Mapped[date | None] = mapped_column(Date)
    content: Mapped[str] = mapped_column(Text)


class CalendarYearRow(Base):
    """A loaded year: its notice, or that it is provisional. `revision` grows with each load."""

    __tablename__ = "org_calendar_year"

    year: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    provisional: Mapped[bool] = mapped_column(Boolean)
    source: Mapped[str] = mapped_column(String(200))
    revision: Mapped[int] = mapped_column(Integer)


class CalendarDayRow(Base):
    """A day that a notice names: a holiday, or a weekend day that is worked."""

    __tablename__ = "org_calendar_day"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    year: Mapped[int] = mapped_column(Integer, index=True)
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(100))
    source: Mapped[str] = mapped_column(String(200))
    provisional: Mapped[bool] = mapped_column(Boolean)
