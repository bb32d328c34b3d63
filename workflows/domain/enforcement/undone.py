"""A measure that was decided and is not carried out after all: by whom, and for what reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.errors import Invalid
from engine.ports import Completion, Context, TaskFacts
from workflows.domain import enforcement_entries as entries
from workflows.domain.hazard_case import HazardCase
from workflows.domain.told import LEFT_UNDONE

ANSWER = LEFT_UNDONE
REASON = "not_carried_out_reason"


def is_chosen(data: Mapping[str, Any]) -> bool:
    """Return whether the measure is to be left undone."""
    return data.get(ANSWER) is True


def has_no_ground(case: HazardCase) -> bool:
    """Return whether nothing is left to stop: the hazard was lowered, or it is gone."""
    return case.level != "major" or case.phase == "struck_off"


def check_ground(case: HazardCase, field: str) -> None:
    """Refuse to stop or to cut off what is no major hazard any more."""
    if case.level != "major":
        raise Invalid.at(
            field,
            f"Expected a major hazard, but it is {case.level}",
            "已非重大隐患，不得采取该措施；请选择“未实施”并说明理由",
        )
    if case.phase == "struck_off":
        raise Invalid.at(
            field,
            "Expected a hazard that is still there, but it is struck off",
            "隐患已销号，不得采取该措施；请选择“未实施”并说明理由",
        )


def check_head_overruled(case: HazardCase) -> None:
    """An officer carries out what the head decided, unless its ground is gone."""
    if not has_no_ground(case):
        raise Invalid.at(
            ANSWER,
            "Expected the measure to be carried out, but the hazard is major and still there",
            "重大隐患尚未消除，局长决定的措施应当实施",
        )


def left(
    case: HazardCase, task: TaskFacts, name: str, data: Mapping[str, Any], context: Context
) -> Completion:
    """Keep that a measure was left undone; what was never served is told to no enterprise."""
    reason = str(data.get(REASON) or "").strip()
    if not reason:
        raise Invalid.at(
            REASON,
            "Expected the reason why it is not carried out, but there is none",
            "请说明未实施的理由",
        )
    entry = entries.of(case, task.token)
    word = {"by": context.actor.id, "at": context.now.isoformat(), "reason": reason}
    entries.keep(case, {**entry, ANSWER: {**entries.left_undone(entry), name: word}})
    return Completion({}, ANSWER)


def defaults(case: HazardCase, _task: TaskFacts, _context: Context) -> dict[str, Any]:
    """Begin with the only answer that is left where the ground is gone."""
    return {ANSWER: True} if has_no_ground(case) else {}
