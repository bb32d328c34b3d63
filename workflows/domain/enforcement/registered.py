"""What the product's registries take from enforcement."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.ports import Completion, Context, TaskFacts
from workflows.domain import enforcement_entries as entries
from workflows.domain.enforcement import deciding, measures, opening, penalties, referral, undone
from workflows.domain.hazard_case import HazardCase

COMPLETIONS: dict[
    str, Callable[[HazardCase, TaskFacts, Mapping[str, Any], Context], Completion]
] = {
    "enforcement.decide": deciding.decided,
    "enforcement.stop_measures": measures.stopped,
    "enforcement.penalty": measures.penalised,
    "enforcement.power_cut": measures.power_cut,
    "refusal.check": referral.checked,
    "refusal.second": referral.seconded,
    "refusal.refer": referral.referred,
    "refusal.hand_over": referral.handed_over,
}

OPERATIONS: dict[str, Callable[[HazardCase, Mapping[str, Any], Context], Any]] = {
    "enforcement.open": opening.open_entry,
    "enforcement.lapse": opening.lapse,
}
RESULT_TYPES: dict[str, str | None] = {
    "enforcement.open": "number",
    "enforcement.lapse": "string",
}
"""FEEL type of each operation's answer."""


def after_task(case: HazardCase, act: str) -> None:
    """Weigh what is undecided anew once an interview has taken place, or nobody came to it."""
    if act == "interview.hold":
        entries.weigh_anew(case)


def _counters(case: HazardCase, _task: TaskFacts, context: Context) -> dict[str, Any]:
    return {"counters": penalties.sentence(case, context)}


DEFAULTS: dict[str, Callable[[HazardCase, TaskFacts, Context], dict[str, Any]]] = {
    "enforcement.decide": deciding.defaults,
    "enforcement.penalty": _counters,
    "enforcement.stop_measures": undone.defaults,
    "enforcement.power_cut": undone.defaults,
    "refusal.second": referral.shown,
    "refusal.refer": referral.shown,
}
"""What the forms start with."""
