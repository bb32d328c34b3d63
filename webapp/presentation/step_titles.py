"""What a step is called to whoever does it: a town signs where there is no park.

Where a case has several requests for more time, a step of one of them names its number.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.store.queries import TaskRow
from webapp.i18n.catalogue import Text, pick
from webapp.presentation.case_facts import Bodies, is_town
from workflows.domain.extension_requests import PROCESS
from workflows.domain.town_words import for_town


def step_title(
    task: TaskRow, bodies: Bodies, language: str, document: Mapping[str, Any] | None = None
) -> str:
    """Return the title of a step, naming the town where it does what a park command does."""
    return pick(language, *step_names(task, bodies, document))


def step_names(task: TaskRow, bodies: Bodies, document: Mapping[str, Any] | None = None) -> Text:
    """Return the title of a step in both languages, naming the town likewise.

    Args:
        task: the step.
        bodies: every body by its id.
        document: the case's, to tell whether the step is about one of several requests.
    """
    zh, en = task.title_zh, task.title
    if any(is_town(bodies, grant.body) for grant in task.candidates):
        zh, en = for_town(zh), for_town(en)
    number = request_number(task)
    if number is None or len((document or {}).get("extension_requests") or ()) < 2:  # noqa: PLR2004 a single request needs no number
        return zh, en
    return f"{zh}（第{number}号）", f"{en} (no. {number})"


def request_number(task: TaskRow) -> int | None:
    """Return the number of the request that a step is about; None for a step of another kind."""
    return task.token.get("request") if task.process == PROCESS else None
