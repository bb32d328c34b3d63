"""Ladders that stand for a value of the rule set: a new version of it changes the limit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from engine import clock
from engine.ports import Rung
from workflows.domain import rule_uses
from workflows.domain.deadlines import Basis

RULES: Mapping[str, str] = {
    "extension.filing": "extension.filing_sla_workdays",
    "extension.filing_return": "extension.filing_return_workdays",
    "extension.objection_decision": "extension.objection_decision_workdays",
    "extension.resubmit": "extension.resubmit_workdays",
    "interview.host_confirm": "interview.host_confirm_days",
    "interview.notice": "interview.notice_day",
    "interview.report": "interview.report_workdays",
    "listing.publish": "listing.publish_workdays",
    "recheck.sla": "recheck.sla_workdays",
}
"""The value that is the limit, by the name of the ladder."""

STEPPED: Mapping[str, tuple[str, str]] = {
    "signature": ("extension.sla_workdays", "extension.ladder"),
    "raise": ("grading.raise_sla_workdays", "grading.raise_ladder"),
    "void": ("closure.void_sla_workdays", "closure.void_ladder"),
}
"""The values that are the limit and the rungs, where a ladder has rungs of its own."""


_COUNTED = re.compile(r"w(\d{1,2})")
_OTHERS: Mapping[str, str] = {
    "referral": "referral.decide_days",
    "hand_over": "referral.hand_over_hours",
}
"""Ladders that are computed apart and whose limit is one value all the same."""


def counted(name: str) -> int | None:
    """Return the working days that a ladder such as `w3` counts; None where it is no such one."""
    found = _COUNTED.fullmatch(name)
    return int(found[1]) if found else None


def rule_of(name: str) -> str | None:
    """Return the value of the rule set that is the limit of a ladder; None where none is."""
    if name in STEPPED:
        return STEPPED[name][0]
    return RULES.get(name) or _OTHERS.get(name)


def workdays(basis: Basis, name: str) -> int:
    """Return the limit of a ladder with rungs of its own."""
    return rule_uses.holding(basis.rules, STEPPED[name][0]).whole(STEPPED[name][0])


def steps(basis: Basis, name: str) -> tuple[int, ...]:
    """Return the working days from the opening of the task to each rung."""
    return rule_uses.holding(basis.rules, STEPPED[name][1]).wholes(STEPPED[name][1])


def last_day(basis: Basis, name: str, opened: date) -> date:
    """Return the last day of a task that opened on a day, in the unit of the value."""
    rule = basis.rules[RULES[name]]
    count = int(rule.value)
    if rule.unit == "workdays":
        return basis.calendar.add_workdays(opened, count)
    return opened + timedelta(days=count)


def rungs(basis: Basis, name: str, opened: date, names: Sequence[str]) -> list[Rung]:
    """Return the rungs: at the limit and working days after it."""
    last = last_day(basis, name, opened)
    days = [
        basis.calendar.add_workdays(last, step) if step else last
        for step in basis.rules.wholes("tasks.ladder_steps")
    ]
    return [Rung(rung, clock.end_of_day(day)) for rung, day in zip(names, days, strict=True)]
