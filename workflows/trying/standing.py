"""How a case stands where a story ended: what is open, who may do what, what falls due next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from engine import clock
from engine.ports import Actor
from engine.store import queries
from engine.store.queries import TaskRow
from workflows.demo import zone
from workflows.scenarios.choosing import names_of, of_element
from workflows.scenarios.facts import CaseFacts, read_facts
from workflows.scenarios.player import Story
from workflows.trying.trial import Event


def standing(story: Story) -> Event:
    """Return how the case of a story stands now, with everybody who may act on it."""
    with story.bihuan.database.read() as session:
        facts = read_facts(session, story.case)
        tasks = queries.case_tasks(session, story.case, status="open")
    actors = [story.actor(person.id) for person in zone.PERSONS]
    due = story.bihuan.runtime.next_due()
    return {
        "now": written(clock.now()),
        "due": written(due) if due is not None else None,
        "tasks": [_task(task, actors, which) for task, which in _told_apart(tasks)],
        "acts": _acts(story, actors),
        "facts": _facts(facts),
    }


def written(moment: datetime) -> str:
    """Return an instant as a scenario has it: Beijing time, the minute in which it has come."""
    found = clock.beijing(moment)
    whole = found.replace(second=0, microsecond=0)
    return (whole if whole == found else whole + timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M")


def _told_apart(tasks: Sequence[TaskRow]) -> Iterator[tuple[TaskRow, str]]:
    """Yield the tasks, each with what tells it from others of its element, where there are any."""
    for element in dict.fromkeys(task.element for task in tasks):
        alike = of_element(tasks, element)
        yield from zip(alike, names_of(alike), strict=True)


def _task(task: TaskRow, actors: list[Actor], which: str) -> Event:
    return {
        "name": task.element,
        "which": which,
        "title": task.title,
        "title_zh": task.title_zh,
        "process": task.process,
        "people": [one.id for one in actors if task.is_for(one)],
    }


def _acts(story: Story, actors: list[Actor]) -> list[Event]:
    """Return what the case takes at this moment beside its tasks, with who may do it."""
    people: dict[str, list[str]] = {}
    for actor in actors:
        for act in story.bihuan.runtime.offered_acts(actor, story.case):
            people.setdefault(act.name, []).append(actor.id)
    return [{"name": name, "people": people[name]} for name in sorted(people)]


def _facts(facts: CaseFacts) -> dict[str, Any]:
    return {
        "open": list(facts.open),
        "state": facts.state,
        "level": facts.level,
        "closed": facts.closed,
        "listed": facts.listed,
        "deadlines": [
            {name: one[name] for name in ("kind", "state", "due_date")} for one in facts.deadlines
        ],
    }
