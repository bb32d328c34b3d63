"""The hazard domain behind the engine: each port handed to the module of its subject."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.operations import DesignedField
from engine.ports import (
    Act,
    CaseHead,
    Completion,
    Context,
    Grant,
    JsonMap,
    Operation,
    Routing,
    Rung,
    TaskFacts,
)
from workflows.domain import (
    acts,
    case_schema,
    choices,
    completions,
    functions,
    ledger_row,
    moves,
    notifications,
    own_acts,
    registration,
    routing,
    separation,
    suspension,
    zone,
)
from workflows.domain.deadlines import Basis
from workflows.domain.hazard_case import HazardCase


class HazardApplication:
    """What the engine asks of its application, for hazards."""

    def __init__(self, operations: Mapping[str, Operation]) -> None:
        """Take the operations by name; the composition root knows the registry."""
        self._operations = operations

    @property
    def acts(self) -> Mapping[str, Act]:
        """Every act that is not a task."""
        return acts.ACTS

    @property
    def operations(self) -> Mapping[str, Operation]:
        """Every operation that a diagram may name."""
        return self._operations

    def functions(self, case: HazardCase, context: Context) -> Mapping[str, Any]:
        """FEEL functions bound to the case."""
        return functions.functions(case)

    def options(
        self,
        form: str,
        case: HazardCase | None,
        context: Context,
    ) -> Mapping[str, Sequence[Any]]:
        """Choices of a form's fields that come from the organisation."""
        return choices.options(form, context)

    def open(self, head: CaseHead, data: Mapping[str, Any], context: Context) -> HazardCase:
        """Begin a case, or raise Invalid by field."""
        document = registration.new_document(head, data, context)
        case = _case(head, document, context)
        case_schema.check(case.document)
        return case

    def load(self, head: CaseHead, context: Context) -> HazardCase:
        """Read a case from its document."""
        case = _case(head, head.document, context)
        case.ledger = ledger_row.shown(case)
        return case

    def save(self, case: HazardCase, context: Context) -> None:
        """Write the ledger row and the deadlines."""
        ledger_row.write(case, context)

    def guard(self, case: HazardCase, act: str, context: Context) -> None:
        """Raise if the actor may not perform an act now."""
        acts.guard(case, act, context)

    def acted(
        self, case: HazardCase, act: str, data: Mapping[str, Any], context: Context
    ) -> Completion:
        """Write an act."""
        return acts.acted(case, act, data, context)

    def route(self, case: HazardCase, task: TaskFacts, context: Context) -> Routing:
        """Say who may do a task and by when."""
        return routing.route(case, task, context)

    def may_complete(self, case: HazardCase, task: TaskFacts, context: Context) -> None:
        """Raise where duties must be separate, or the step stands still."""
        separation.check(case, task, context.actor)
        suspension.check_not_paused(case, paused=routing.paused(case, task))

    def completed(
        self, case: HazardCase, task: TaskFacts, data: Mapping[str, Any], context: Context
    ) -> Completion:
        """Write a completed task."""
        return completions.complete(case, task, data, context)

    def keep(
        self,
        case: HazardCase,
        task: TaskFacts,
        fields: Sequence[tuple[DesignedField, Any]],
        context: Context,
    ) -> Mapping[str, Any]:
        """Write what a task's form binds to the fields that designers added."""
        return own_acts.keep(case, task, fields)

    def moves(self, case: HazardCase, task: TaskFacts) -> Sequence[str]:
        """Where the token of a task may be moved by hand."""
        return moves.moves(task)

    def moved(self, case: HazardCase, task: TaskFacts, element: str, context: Context) -> None:
        """Take back what a move undoes."""
        moves.tell_taker(case, task, context)
        moves.moved(case, element, context)

    def taken_away(self, case: HazardCase, task: TaskFacts, context: Context) -> None:
        """Tell whoever a migration takes a task from."""
        moves.tell_migrated(case, task, context)

    def defaults(self, case: HazardCase, task: TaskFacts, context: Context) -> Mapping[str, Any]:
        """Values that a task's form starts with."""
        return completions.defaults(case, task, context)

    def ladder(
        self,
        case: HazardCase,
        task: TaskFacts,
        context: Context,
    ) -> Sequence[Rung]:
        """The rungs of the ladder that a task names."""
        return routing.ladder(case, task)

    def reminders(
        self,
        case: HazardCase,
        context: Context,
    ) -> Mapping[str, Sequence[Rung]]:
        """Rungs that hang on the case's own date."""
        return routing.reminders(case)

    def rung_fired(
        self, case: HazardCase, rung: Rung, task: TaskFacts | None, context: Context
    ) -> Sequence[Grant]:
        """Tell whom a rung concerns."""
        return notifications.rung_fired(case, rung, task, context)


def _case(head: CaseHead, document: JsonMap, context: Context) -> HazardCase:
    def basis(data: JsonMap) -> Basis:
        reference = data["rule_set"]
        return zone.basis(context, reference["id"], reference["version"])

    return HazardCase(head.id, head.agency, document, basis)
