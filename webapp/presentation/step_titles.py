"""What a step is called to whoever does it: a town signs where there is no park."""

from __future__ import annotations

from engine.store.queries import TaskRow
from webapp.i18n.catalogue import pick
from webapp.presentation.case_facts import Bodies, is_town

PARK, TOWN = ("园区指挥部", "Park command"), ("镇街", "Town")


def step_title(task: TaskRow, bodies: Bodies, language: str) -> str:
    """Return the title of a step, naming the town where it does what a park command does."""
    title = pick(language, task.title_zh, task.title)
    if any(is_town(bodies, grant.body) for grant in task.candidates):
        return title.replace(pick(language, *PARK), pick(language, *TOWN))
    return title
