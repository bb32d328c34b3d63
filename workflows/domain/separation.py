"""Separation of duties beyond the candidates: who is kept from a task that is otherwise his.

Lists are told who is barred when a task is routed, and whoever completes a task is checked by the
same rules at that moment.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.ports import Actor, Bar, TaskFacts
from workflows.domain import separation_rules as rules
from workflows.domain.grading import proposed_by_two
from workflows.domain.hazard_case import HazardCase

ENTERPRISE = "enterprise"


def bars(case: HazardCase, task: TaskFacts) -> tuple[Bar, ...]:
    """Return who is kept from a task by what the case records.

    Those of the enterprise are named by their body: who belongs to it may change meanwhile.
    """
    found = [rule.bar(person=person) for rule, person in _persons(case, task)]
    if _is_supervision(task):
        found.append(rules.OF_THE_ENTERPRISE.bar(body=case.body(ENTERPRISE)))
    return tuple(found)


def check(case: HazardCase, task: TaskFacts, actor: Actor) -> None:
    """Raise NotAllowed where the actor may not do a task that is otherwise his."""
    if _is_supervision(task):
        not_of_the_enterprise(case, actor)
    for rule, person in _persons(case, task):
        if person == actor.id:
            raise rule.refusal


def not_of_the_enterprise(case: HazardCase, actor: Actor) -> None:
    """Raise NotAllowed where the actor belongs to the enterprise that is supervised."""
    if actor.holds(case.body(ENTERPRISE)):
        raise rules.OF_THE_ENTERPRISE.refusal


def _is_supervision(task: TaskFacts) -> bool:
    return task.properties.get("body") != ENTERPRISE


def _persons(case: HazardCase, task: TaskFacts) -> Iterator[tuple[rules.Rule, str]]:
    """Yield each person barred with the first rule that bars him."""
    named: set[str] = set()
    third = task.act == "level.confirm" and proposed_by_two(case)
    more = (rules.THREE_PERSONS,) if third else ()
    for rule in (*rules.BY_ACT.get(task.act, ()), *more):
        for person in sorted(set(rule.barred(case)) - named):
            named.add(person)
            yield rule, person
