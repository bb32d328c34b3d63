"""FEEL functions of the domain: what diagrams and tables may ask beside `due`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from workflows.domain.hazard_case import HazardCase

RESULT_TYPES = {"rule": "number", "workdays": "date", "is_workday": "boolean"}


def functions(case: HazardCase) -> Mapping[str, Any]:
    """Return the functions bound to a case: its rule set, and the calendar of today."""

    def rule(key: str) -> Decimal:
        return Decimal(case.basis.rules.whole(key))

    def workdays(day: date, count: Decimal | int) -> date:
        return case.basis.calendar.add_workdays(day, int(count))

    def is_workday(day: date) -> bool:
        return case.basis.calendar.is_workday(day)

    return {"rule": rule, "workdays": workdays, "is_workday": is_workday}
