"""Decisions that rest on other decisions and on functions: the requirement graph of a document.

Before a decision come those that it needs, each once; every value goes by the decision's variable.
A business knowledge model is a function that the decisions and models naming it may call. It reads
its parameters alone. All of one answer is paid from one budget.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from engine import errors
from engine.expressions import boxes
from engine.expressions.boxed import Boxed
from engine.expressions.budget import Budget, Meter
from engine.expressions.decision_table import Decision, decide
from engine.expressions.function import Function
from engine.expressions.invocation import conform
from engine.expressions.tables import DecisionTable

GRAPH_BUDGET: Final = Budget(steps=100_000)
"""What one answer of a requirement graph may cost, its tables and functions included."""


@dataclass(frozen=True, slots=True)
class DecisionNode:
    """One decision of a document.

    Attributes:
        variable: the name by which other decisions read it.
        type: the FEEL type of its value, `any` if it gives none.
        needs: ids of the decisions that it reads.
        knowledge: ids of the knowledge models that it calls.
    """

    id: str
    name: str
    variable: str
    logic: Boxed
    type: str = "any"
    needs: tuple[str, ...] = ()
    knowledge: tuple[str, ...] = ()

    @property
    def table(self) -> DecisionTable | None:
        """The decision table, None if the decision is made of something else."""
        return self.logic if isinstance(self.logic, DecisionTable) else None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A business knowledge model: a function under a name."""

    id: str
    name: str
    parameters: tuple[str, ...]
    body: Boxed
    type: str = "any"
    knowledge: tuple[str, ...] = ()


@dataclass(frozen=True)
class DecisionModel:
    """The decisions and knowledge models of a document; what they name is there, without rings."""

    decisions: tuple[DecisionNode, ...]
    knowledge: tuple[Knowledge, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, DecisionNode]:
        """Decisions by id."""
        return {node.id: node for node in self.decisions}

    @cached_property
    def knowledge_by_id(self) -> Mapping[str, Knowledge]:
        """Knowledge models by id."""
        return {one.id: one for one in self.knowledge}

    def answer(
        self,
        decision: str,
        context: Mapping[str, object],
        functions: Mapping[str, Function] | None = None,
    ) -> Answer:
        """Make a decision, and before it those that it needs.

        Raises:
            Incident: a table matches several rules where it may match one.
            FeelError: an expression cannot be read, names what is not there, or costs too much.
        """
        node = self.by_id[decision]
        if node.table is not None and not node.needs and not node.knowledge:
            made = _typed(decide(node.table, context, functions), node)
            return Answer({node.id: made}, node.id)
        run = _Run(self, context, functions or {})
        try:
            run.make(node)
        except RecursionError:
            raise _too_deep(decision) from None
        return Answer(run.made, node.id)


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything that was decided on the way, in order; the last is what was asked for."""

    made: Mapping[str, Decision] = field(default_factory=dict)
    decision: str = ""

    @property
    def last(self) -> Decision:
        """What was asked for."""
        return self.made[self.decision]


class _Run:
    """One answer: what is known so far, and what is left of the budget."""

    def __init__(
        self,
        model: DecisionModel,
        context: Mapping[str, object],
        functions: Mapping[str, Function],
    ) -> None:
        self.model, self.context, self.functions = model, context, functions
        self.meter = Meter(GRAPH_BUDGET)
        self.made: dict[str, Decision] = {}

    def make(self, node: DecisionNode) -> Decision:
        """Return a decision, made once."""
        if node.id in self.made:
            return self.made[node.id]
        known = {
            needed.variable: self.make(needed).value
            for needed in map(self.model.by_id.__getitem__, node.needs)
        }
        scope = boxes.Scope({**self.context, **known}, self._callable(node.knowledge), self.meter)
        if node.table is not None:
            made = decide(node.table, scope.names, scope.functions, self.meter)
        else:
            made = Decision(boxes.evaluate(node.logic, scope), ())
        self.made[node.id] = _typed(made, node)
        return self.made[node.id]

    def _callable(self, ids: tuple[str, ...]) -> dict[str, Function]:
        """Return the functions that may be called where some knowledge models are named."""
        found = dict(self.functions)
        for one in map(self.model.knowledge_by_id.__getitem__, ids):
            found[one.name] = self._function(one)
        return found

    def _function(self, one: Knowledge) -> Function:
        def call(*values: object) -> object:
            names = dict(zip(one.parameters, values, strict=True))
            scope = boxes.Scope(names, self._callable(one.knowledge), self.meter)
            return boxes.evaluate(one.body, scope)

        return Function(one.name, one.parameters, call)


def _typed(made: Decision, node: DecisionNode) -> Decision:
    return replace(made, value=conform(made.value, node.type))


def _too_deep(decision: str) -> errors.Incident:
    return errors.Incident(
        f"Expected {decision} to come to an end, but it calls too deep",
        f"决策 {decision} 嵌套过深",
        decision=decision,
    )
