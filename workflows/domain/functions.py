"""FEEL functions of the domain: what diagrams and tables may ask beside `due`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeGuard

from engine.errors import Incident
from workflows.domain.deadlines import Basis
from workflows.domain.hazard_case import HazardCase
from workflows.domain.rule_set import RuleSet

RESULT_TYPES = {"rule": "number", "workdays": "date", "is_workday": "boolean"}


def functions(case: HazardCase) -> Mapping[str, Any]:
    """Return the functions bound to a case: its rule set, and the calendar of today."""
    return functions_over(lambda: case.basis)


def functions_over(basis: Callable[[], Basis]) -> Mapping[str, Any]:
    """Return the functions over a rule set and a calendar, which are read when one is called."""

    def rule(key: object) -> Decimal | None:
        return _number(basis().rules, key) if isinstance(key, str) else None

    def workdays(day: object, count: object) -> date | None:
        number = _whole(count)
        if not _is_date(day) or day == date.max or number is None:
            return None
        return basis().calendar.add_workdays(day, number)

    def is_workday(day: object) -> bool | None:
        return basis().calendar.is_workday(day) if _is_date(day) else None

    return {"rule": rule, "workdays": workdays, "is_workday": is_workday}


def _is_date(value: object) -> TypeGuard[date]:
    """Return whether a value is a date of FEEL; what else is given makes the answer null."""
    return isinstance(value, date) and not isinstance(value, datetime)


def _whole(value: object) -> int | None:
    if not isinstance(value, Decimal | int) or isinstance(value, bool):
        return None
    return int(value) if value >= 0 and value == int(value) else None


def _number(rules: RuleSet, key: str) -> Decimal:
    value = rules[key].value
    if not isinstance(value, Decimal | int) or isinstance(value, bool):
        raise Incident(
            f"Expected a rule with one number, but {key} is none", f"规则 {key} 不是单个数值"
        )
    return Decimal(rules.whole(key))
