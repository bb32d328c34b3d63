"""FEEL functions of the domain: what diagrams and tables may ask beside `due`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from workflows.domain.deadlines import Basis
from workflows.domain.hazard_case import HazardCase

RESULT_TYPES = {"rule": "number", "workdays": "date", "is_workday": "boolean"}


def functions(case: HazardCase) -> Mapping[str, Any]:
    """Return the functions bound to a case: its rule set, and the calendar of today."""
    return functions_over(lambda: case.basis)


def functions_over(basis: Callable[[], Basis]) -> Mapping[str, Any]:
    """Return the functions over a rule set and a calendar, which are read when one is called."""

    def rule(key: str) -> Decimal:
        return Decimal(basis().rules.whole(key))

    def workdays(day: date, count: Decimal | int) -> date:
        return basis().calendar.add_workdays(day, int(count))

    def is_workday(day: date) -> bool:
        return basis().calendar.is_workday(day)

    return {"rule": rule, "workdays": workdays, "is_workday": is_workday}
