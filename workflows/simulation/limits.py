"""By when a task ought to be done: its ladder, in working days or by a value of the rule set."""

from __future__ import annotations

from engine.execution.bpmn_model import Node
from engine.simulation.world import Flags
from workflows.domain import rule_ladders
from workflows.simulation import lateness
from workflows.simulation.dates import day_of, end_of
from workflows.simulation.state import Facts
from workflows.simulation.zone import Zone


def limit_of(zone: Zone, facts: Facts, task: Node, flags: Flags, now: int) -> int | None:
    """Return the end of the last day of a task that opens now; None where nothing limits it."""
    ladder = task.properties.get("ladder", "")
    if ladder == "deadline":
        awaited = facts.awaited()
        return awaited.due if awaited else None
    if ladder == "interview":
        return lateness.interview_of(facts, flags).due
    counted = rule_ladders.counted(ladder)
    if counted is not None:
        return _workdays(zone, now, counted)
    return _by_rule(zone, ladder, now)


def _by_rule(zone: Zone, ladder: str, now: int) -> int | None:
    if ladder in rule_ladders.STEPPED:
        return _workdays(zone, now, zone.rules.whole(rule_ladders.STEPPED[ladder][0]))
    if ladder not in rule_ladders.RULES:
        return None
    rule = zone.rules[rule_ladders.RULES[ladder]]
    if rule.unit == "workdays":
        return _workdays(zone, now, int(rule.value))
    return end_of(day_of(now) + int(rule.value))


def _workdays(zone: Zone, now: int, count: int) -> int:
    return end_of(zone.days.workday_after(day_of(now), count))
