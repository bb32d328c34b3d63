"""What a step is called to whoever does it: a town signs where there is no park."""

from __future__ import annotations

from engine.store.queries import TaskRow
from webapp.i18n.catalogue import Text, pick
from webapp.presentation.case_facts import Bodies, is_town
from workflows.domain.town_words import for_town


def step_title(task: TaskRow, bodies: Bodies, language: str) -> str:
    """Return the title of a step, naming the town where it does what a park command does."""
    return pick(language, *step_names(task, bodies))


def step_names(task: TaskRow, bodies: Bodies) -> Text:
    """Return the title of a step in both languages, naming the town likewise."""
    if any(is_town(bodies, grant.body) for grant in task.candidates):
        return for_town(task.title_zh), for_town(task.title)
    return task.title_zh, task.title
