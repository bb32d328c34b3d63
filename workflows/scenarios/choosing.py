"""Which open task a step means, where several of one element are open."""

from __future__ import annotations

from collections.abc import Sequence

from engine.errors import NotFound
from engine.store.queries import TaskRow


def chosen(tasks: Sequence[TaskRow], element: str, which: str = "") -> TaskRow:
    """Return the one open task of an element.

    Args:
        tasks: the open tasks of the case.
        element: what the task is drawn as.
        which: its number among those of the element, the first opened being 1, or a body that it
            is offered to; "" where only one is open.

    Raises:
        NotFound: none is meant, or it is not plain which.
    """
    alike = of_element(tasks, element)
    if which.isdecimal():
        found = alike[int(which) - 1 : int(which)] if int(which) else []
    else:
        found = [one for one in alike if not which or _is_for(one, which)]
    if len(found) == 1:
        return found[0]
    if len(found) > 1:
        told = ", ".join(names_of(alike))
        raise NotFound(
            f"Expected which of {len(found)} open tasks {element} is meant, such as: {told}",
            f"待办任务 {element} 有 {len(found)} 项，请用 which 写明是哪一项，如：{told}",
        )
    names = sorted(task.element for task in tasks)
    meant_zh, meant = (f"{element}（{which}）", f"{element} ({which})") if which else (element,) * 2
    raise NotFound(
        f"Expected one open task {meant}, but open are {names}",
        f"没有待办任务 {meant_zh}，当前待办：{names}",
    )


def of_element(tasks: Sequence[TaskRow], element: str) -> list[TaskRow]:
    """Return the tasks of an element, the one that was opened first at the beginning."""
    mine = [one for one in tasks if one.element == element]
    return sorted(mine, key=lambda one: (one.opened_at, one.id))


def names_of(alike: Sequence[TaskRow]) -> list[str]:
    """Return how each of the tasks of one element is told from the others; "" of a single one.

    By the body where no other is offered to it, for that stays true when one of them is done; else
    by its number.
    """
    if len(alike) < 2:  # noqa: PLR2004 there is nothing to tell apart
        return [""] * len(alike)
    found = []
    for place, one in enumerate(alike, start=1):
        others = {grant.body for other in alike if other is not one for grant in other.candidates}
        own = [grant.body for grant in one.candidates if grant.body not in others]
        found.append(own[0] if own else str(place))
    return found


def _is_for(task: TaskRow, body: str) -> bool:
    return any(grant.body == body for grant in task.candidates)
