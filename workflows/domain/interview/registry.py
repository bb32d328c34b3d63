"""What the interview gives the registries: tasks, forms that start filled in, operations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.ports import Completion, Context, Operation, TaskFacts
from workflows.domain.hazard_case import HazardCase
from workflows.domain.interview import (
    afterwards,
    awaiting,
    fixing,
    holding,
    nominating,
    noticing,
    opening,
)

Complete = Callable[[HazardCase, TaskFacts, Mapping[str, Any], Context], Completion]
Default = Callable[[HazardCase, TaskFacts, Context], dict[str, Any]]

COMPLETIONS: dict[str, Complete] = {
    "interview.propose": nominating.proposed,
    "interview.confirm": nominating.confirmed,
    "interview.schedule": noticing.scheduled,
    "interview.hold": holding.concluded,
    "interview.report": afterwards.reported,
    "interview.talk": afterwards.talked,
    "interview.fix_final": fixing.fixed,
}

DEFAULTS: dict[str, Default] = {
    "interview.propose": nominating.proposal,
    "interview.confirm": nominating.confirmation,
    "interview.schedule": noticing.proposal,
}

OPERATIONS: dict[str, Operation] = {
    "interview.open": opening.open_interview,
    "interview.matrix": opening.keep_matrix,
    "interview.by_matrix": nominating.by_matrix,
    "interview.final_date": afterwards.final_date,
    "interview.late": afterwards.late,
    "interview.lapse": afterwards.lapse,
    "interview.undecided": awaiting.undecided,
}

RESULT_TYPES: dict[str, str | None] = {
    **dict.fromkeys(OPERATIONS),
    "interview.open": "number",
    "interview.final_date": "string",
    "interview.undecided": "string",
}
