"""Whole notices: every statutory holiday of a year, and what a test adds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from workflows.domain.working_days import SpecialDay, provisional_days


def whole(*added: SpecialDay, year: int = 2027, source: str = "notice") -> list[SpecialDay]:
    """Return the statutory holidays of a year with other days, as a notice gives them."""
    days = {one.day: one for one in provisional_days(year)} | {one.day: one for one in added}
    return [replace(days[day], source=source, provisional=False) for day in sorted(days)]


def text(days: Iterable[SpecialDay]) -> str:
    """Return days as the CSV that is loaded."""
    lines = (f"{one.day},{one.kind},{one.name},{one.source}\n" for one in days)
    return "day,kind,name,source\n" + "".join(lines)


def rest(*days: date, name: str = "春节") -> list[SpecialDay]:
    """Return days off."""
    return [SpecialDay(day, "holiday", name, "notice") for day in days]
