"""Which steps may be taken back, or to their neighbour, by hand: only where nothing is skipped.

A token is moved to a step that names or finds anew what the later one would have rested on: a
proposal is made again, a recheck is done again. No move leads past a signature, a consent, a
second pair of eyes or a date, and none out of a process.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import select

from engine.ports import Context, TaskFacts
from engine.store.tables import Task
from workflows.domain import rechecking
from workflows.domain.hazard_case import HazardCase
from workflows.domain.notifications import News, tell_persons

_NAMING: Final = ("propose_major", "confirm_level")
_RECHECK: Final = ("recheck",)

MOVES: Final[Mapping[str, Mapping[str, Sequence[str]]]] = {
    "hazard_rectification": {
        "propose_major": ("confirm_level",),
        "confirm_level": ("propose_major",),
        "second_proposal": _NAMING,
        "confirm_major": _NAMING,
        "recheck_second": _RECHECK,
        "recheck_expert": _RECHECK,
    },
}
"""By process and the element at which the token stands."""


def moves(task: TaskFacts) -> Sequence[str]:
    """Return where the token of a task may be moved."""
    return MOVES.get(task.process, {}).get(task.element, ())


def moved(case: HazardCase, element: str, context: Context) -> None:
    """Take back what the steps after the new place had written."""
    if element in _NAMING:
        case.data["proposers"] = []
        if case.phase == "grading":
            case.enter("registered")
    else:
        rechecking.taken_back(case, context)


def tell_taker(case: HazardCase, task: TaskFacts, context: Context) -> None:
    """Tell whoever has taken a task that it is withdrawn, and what was drafted with it."""
    _tell(
        case,
        task,
        context,
        (
            "token.moved",
            "已由安委办移到其他步骤，您的签收和草稿随之作废",
            "the safety office moved “{title}” to another step; neither it nor your draft is left",
        ),
    )


def tell_migrated(case: HazardCase, task: TaskFacts, context: Context) -> None:
    """Tell whoever has taken a task that the newer version of the process gives it to others."""
    _tell(
        case,
        task,
        context,
        (
            "process.migrated",
            "随案件迁移到流程的新版本，改由其他单位或岗位办理，您的签收随之取消",
            "a newer version of the process gives “{title}” to others; it is not yours any more",
        ),
    )


def _tell(case: HazardCase, task: TaskFacts, context: Context, said: tuple[str, str, str]) -> None:
    """Tell whoever has taken a task, unless it is their own doing."""
    row = context.session.execute(
        select(Task.assignee, Task.title_zh, Task.title).where(Task.id == task.id)
    ).one()
    if row.assignee is None or row.assignee == context.actor.id:
        return
    number, (kind, zh, en) = case.data["number"], said
    news = News(kind, f"{number} “{row.title_zh}”{zh}", f"{number}: {en.format(title=row.title)}")
    tell_persons(case, [row.assignee], news, context)
