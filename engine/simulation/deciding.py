"""Decisions in a simulation: a table is worked out once for each set of values that it reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from engine.expressions import feel
from engine.expressions.decision_graph import DecisionModel, DecisionNode
from engine.expressions.function import Function
from engine.expressions.references import Root
from engine.expressions.tables import DecisionTable
from engine.simulation.expressions import Memory, Read, context_of, is_steady


class Deciding:
    """One decision of a diagram."""

    __slots__ = ("_answers", "_model", "_node", "_paths", "steady")

    def __init__(self, model: DecisionModel, node: DecisionNode) -> None:
        """Find out what it reads, where it is a table that needs no other decision."""
        self._model, self._node = model, node
        table = None if node.needs or node.knowledge else node.table
        roots = list(_expressions(table)) if table is not None else []
        self.steady = table is not None and is_steady(roots)
        """Whether it decides the same as long as what it reads is the same."""
        read = {path for root in roots for path in feel.references(root)}
        self._paths = sorted(read) if table is not None else None
        self._answers = Memory()

    def value(
        self,
        read: Read,
        everything: Callable[[], Mapping[str, object]],
        functions: Mapping[str, Function],
    ) -> object:
        """Return what is decided where names stand for what `read` says."""
        if self._paths is None:
            return self._decided(everything(), functions)
        paths, known = self._paths, tuple(read(path) for path in self._paths)
        if not self.steady:
            return self._decided(context_of(paths, known), functions)
        return self._answers.recall(
            known, lambda: self._decided(context_of(paths, known), functions)
        )

    def _decided(self, names: Mapping[str, object], functions: Mapping[str, Function]) -> object:
        return self._model.answer(self._node.id, names, functions).last.value


def _expressions(table: DecisionTable) -> Iterator[Root | str]:
    """Yield everything that a table works out."""
    for column in table.inputs:
        yield column.expression
    for rule in table.rules:
        yield from (feel.parse_unary_tests(test) for test in rule.tests)
        yield from filter(str.strip, rule.outputs)
    for result in table.outputs:
        if result.default.strip():
            yield result.default
