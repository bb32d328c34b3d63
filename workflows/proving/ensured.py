"""Separation of duties, ladders, dates and numbers, read off what the product runs by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.verification.statutes.application import Application, Limit
from workflows.domain import acts, interview_ladder, routing, rule_ladders
from workflows.domain import separation_rules as separation
from workflows.domain.rule_set import RuleSet, RuleValue

DUES: Final[Mapping[str, str]] = {
    "interview": "interview.due_days",
    "interview.host": "interview.host_confirm_days",
    "extension.resubmit": "extension.resubmit_workdays",
    "listing.progress": "listing.progress_report_days",
}
"""The rule that a date of `due(…)` is computed from, where it is one number alone."""

OF_ACTS: Final[Mapping[str, tuple[str, str]]] = {
    "recheck.submit": ("recheck.sla_workdays", "recheck"),
    "recheck.second": ("recheck.sla_workdays", "recheck"),
    "recheck.expert": ("recheck.sla_workdays", "recheck"),
    "interview.propose": ("interview.host_confirm_days", "interview.host"),
    "interview.confirm": ("interview.host_confirm_days", "interview.host"),
    "interview.schedule": ("interview.notice_day", ""),
    "interview.hold": ("interview.due_days", ""),
    "interview.report": ("interview.report_workdays", ""),
}
"""Acts that are limited by a date of the case: the rule, and the duty that they share."""

KINDS: Final[Mapping[str, str]] = {
    "enterprise": "enterprise",
    "park_command": "park_command",
    "industry_department": "industry_department",
    "emergency_bureau": "emergency_bureau",
    "office": "office",
    "leader_incharge": "leaders",
    "leader_principal": "leaders",
    "expert": "experts",
}
"""The kind of body of each candidate rule that always comes to one kind."""

OUTSIDE: Final = frozenset({"enterprise"})
"""The candidate rules of those whom no authority can make act."""

_WITHOUT_RUNGS: Final = frozenset({"deadline"})
_ONLY_REMINDED: Final = frozenset({interview_ladder.NAME})


def ensured(rules: RuleSet) -> Application:
    """Return what the product ensures under a rule set."""
    return Application(
        barred=_barred(),
        limits={name: limit for name in routing.LADDERS if (limit := _limit(rules, name))},
        of_acts={act: _of_rule(rules[key], shared) for act, (key, shared) in OF_ACTS.items()},
        tops=routing.LADDERS - _WITHOUT_RUNGS - _ONLY_REMINDED,
        without_top=frozenset(interview_ladder.NOMINATION),
        dues=DUES,
        rules={value.key: value.value for value in rules},
        by_people=frozenset(act.name for act in acts.ACTS.values() if not act.plain),
        kinds=KINDS,
        outside=OUTSIDE,
    )


def _barred() -> dict[str, frozenset[str]]:
    """By act: the acts whose doer may not do it, whatever the level."""
    found: dict[str, frozenset[str]] = {}
    for act, its_rules in separation.BY_ACT.items():
        lasting = [rule for rule in its_rules if rule in separation.ALWAYS]
        found[act] = frozenset(one for rule in lasting for one in separation.BARRED_BY[rule])
    return found


def _limit(rules: RuleSet, ladder: str) -> Limit | None:
    counted = rule_ladders.counted(ladder)
    if counted is not None:
        return Limit(counted, "workdays")
    key = rule_ladders.rule_of(ladder)
    return _of_rule(rules[key], "") if key is not None else None


def _of_rule(value: RuleValue, shared: str) -> Limit:
    return Limit(int(value.value), value.unit, value.key, shared)
