"""Deputies who stand in at once where nobody who holds the proper role may do a task."""

from __future__ import annotations

from collections.abc import Iterable

from engine.errors import NotAllowed
from engine.ports import Actor, Context, Grant, TaskFacts
from workflows.domain import separation, zone
from workflows.domain.hazard_case import HazardCase


def deputies_of_the_barred(
    case: HazardCase, task: TaskFacts, found: Iterable[Grant], context: Context
) -> tuple[Grant, ...]:
    """Return the deputies of the heads among some candidates if no holder may do the task.

    A head who verified alone may not strike off; the task would wait for a lawful person until
    its ladder widens. The deputy of the same body is no other body's consent.
    """
    grants = tuple(found)
    heads = [grant for grant in grants if grant.role == "head"]
    if not heads or any(grant.role == "deputy" for grant in grants):
        return ()
    persons = zone.holders(context, grants)
    if any(_may(case, task, person, context) for person in persons):
        return ()
    return tuple(Grant(head.body, "deputy") for head in heads)


def _may(case: HazardCase, task: TaskFacts, person: str, context: Context) -> bool:
    held = zone.grants_of(context, person)
    try:
        separation.check(case, task, Actor(person, person, held))
    except NotAllowed:
        return False
    return True
