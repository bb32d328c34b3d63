"""Decisions in a simulation: a table is worked out once for each set of values that it reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from engine.expressions import feel
from engine.expressions.decision_graph import DecisionModel, DecisionNode
from engine.expressions.function import Function
from engine.expressions.tables import DecisionTable
from engine.simulation.expressions import Read, context_of

_REMEMBERED: Final = 5_000


class Deciding:
    """One decision of a diagram."""

    __slots__ = ("_answers", "_model", "_node", "_paths")

    def __init__(self, model: DecisionModel, node: DecisionNode) -> None:
        """Find out what it reads, where it is a table that needs no other decision."""
        self._model, self._node = model, node
        alone = node.table is not None and not node.needs and not node.knowledge
        self._paths = sorted(set(_read_by(node.table))) if alone and node.table else None
        self._answers: dict[tuple[object, ...], object] = {}

    def value(
        self,
        read: Read,
        everything: Callable[[], Mapping[str, object]],
        functions: Mapping[str, Function],
    ) -> object:
        """Return what is decided where names stand for what `read` says."""
        if self._paths is None:
            return self._decided(everything(), functions)
        known = tuple(read(path) for path in self._paths)
        if known not in self._answers:
            if len(self._answers) >= _REMEMBERED:
                self._answers.clear()
            self._answers[known] = self._decided(context_of(self._paths, known), functions)
        return self._answers[known]

    def _decided(self, names: Mapping[str, object], functions: Mapping[str, Function]) -> object:
        return self._model.answer(self._node.id, names, functions).last.value


def _read_by(table: DecisionTable) -> Iterator[tuple[str, ...]]:
    for column in table.inputs:
        yield from feel.references(column.expression)
    for rule in table.rules:
        for test in rule.tests:
            yield from feel.references(feel.parse_unary_tests(test))
        for output in rule.outputs:
            if output.strip():
                yield from feel.references(output)
    for result in table.outputs:
        if result.default.strip():
            yield from feel.references(result.default)
