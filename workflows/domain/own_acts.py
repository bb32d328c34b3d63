"""Own acts of designers: steps that ask and record, and decide nothing that the rules decide.

Such a step writes flags of its token and fields of `case.ext`, through the bindings of its form.
The document of the case stays as it is: no level, date, signature or verdict comes from it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from engine.operations import DesignedField
from engine.ports import Completion, Context, TaskFacts
from engine.store.tables import Task
from workflows.domain import designed_fields, told
from workflows.domain.candidates import RULES
from workflows.domain.generic_parameters import UNTOLD as AUDIENCE
from workflows.domain.hazard_case import HazardCase
from workflows.domain.told import Told

LADDERS: Final = frozenset({"w1", "w2", "w3", "w5"})
"""Ladders of an own act: limits that no article and no rule set gives."""

BODIES: Final = RULES - {"interview_host", "listing_body"}
"""Candidate rules that every case fills, whichever of its procedures run."""

KEPT_FLAGS: Final = frozenset({"enforcement", "interview", "request"})
"""Flags that name the entry of the case that a process is about."""

ANSWER_FLAGS: Final = frozenset(
    {"decision", "level", "outcome", "refer", "result", "watch", *KEPT_FLAGS}
)
"""Flags that acts of the rules write when they are done."""

UNTOLD: Final = dict.fromkeys(told.PROCESSES, AUDIENCE)
"""Whom operations of a process may not tell, where the process is not everybody's to follow."""


RECORDED_NAME: Final = "own.name"
RECORDED_FIELDS: Final = "own.fields"
"""Where history keeps what the act was called and how its fields were; no form has such keys."""


def completed(task: TaskFacts, context: Context) -> Completion:
    """Write nothing more: flags and fields follow from the bindings of the form."""
    row = context.session.get_one(Task, task.id)
    return Completion(recorded={RECORDED_NAME: {"zh": row.title_zh, "en": row.title}})


def keep(
    case: HazardCase, task: TaskFacts, fields: Sequence[tuple[DesignedField, Any]]
) -> Mapping[str, Any]:
    """Write what a form binds to `case.ext`; it is theirs to know who know of the act."""
    whose = told.PROCESSES.get(task.process) or told.class_of(task.act).record
    # Whom a measure is served on reads its record, not what was noted while it was prepared.
    readers = Told.DRAFTS if whose is Told.SERVED else whose
    for field, value in fields:
        designed_fields.write(case.data, field, value, readers)
    said = [{**asdict(field), "value": value} for field, value in fields]
    return {RECORDED_FIELDS: said}
