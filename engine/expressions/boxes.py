"""Evaluates boxed expressions: each literal part by the interpreter, all from one budget."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from engine.expressions import boxed, builtins_list, feel
from engine.expressions.budget import Meter, refuse
from engine.expressions.decision_table import decide
from engine.expressions.function import Function
from engine.expressions.tables import DecisionTable
from engine.expressions.types import Closure, Value

_DEEPEST: Final = 40


@dataclass(frozen=True, slots=True)
class Scope:
    """What a box may read and call, and what is left of the budget."""

    names: Mapping[str, object]
    functions: Mapping[str, Function]
    meter: Meter
    depth: int = 0

    def knowing(self, names: Mapping[str, object]) -> Scope:
        """Return the scope with further names."""
        return replace(self, names={**self.names, **names})


def evaluate(box: boxed.Boxed, scope: Scope) -> Value:
    """Return the value of a boxed expression.

    Raises:
        FeelError: a part cannot be read or evaluated, or all together cost too much.
        Incident: a table matches several rules where it may match one.
    """
    scope.meter.spend(1)
    if scope.depth >= _DEEPEST:
        refuse("nested boxed expressions", "嵌套层数", _DEEPEST)
    value = _HANDLERS[type(box)](box, replace(scope, depth=scope.depth + 1))
    scope.meter.measure(value)
    return value


def _text(box: boxed.Text, scope: Scope) -> Value:
    if not box.text.strip():
        return None
    return feel.evaluate(box.text, scope.names, scope.functions, meter=scope.meter)


def _table(box: DecisionTable, scope: Scope) -> Value:
    return decide(box, scope.names, scope.functions, scope.meter).value


def _context(box: boxed.Context, scope: Scope) -> Value:
    entries: dict[str, Value] = {}
    for entry in box.entries:
        entries[entry.name] = evaluate(entry.value, scope.knowing(entries))
    if box.result is not None:
        return evaluate(box.result, scope.knowing(entries))
    return entries


def _items(box: boxed.Items, scope: Scope) -> Value:
    return [evaluate(item, scope) for item in box.items]


def _relation(box: boxed.Relation, scope: Scope) -> Value:
    return [
        {name: evaluate(cell, scope) for name, cell in zip(box.columns, row, strict=True)}
        for row in box.rows
    ]


def _invocation(box: boxed.Invocation, scope: Scope) -> Value:
    given = {entry.name: evaluate(entry.value, scope) for entry in box.bindings}
    # Under names of their own, so that a function of the scope may have one of the parameters'.
    places = {f"binding {number}": value for number, value in enumerate(given.values())}
    called = ", ".join(f"{name}: binding {number}" for number, name in enumerate(given))
    text = f"{box.function}({called})"
    return feel.evaluate(text, {**scope.names, **places}, scope.functions, meter=scope.meter)


def _definition(box: boxed.Definition, scope: Scope) -> Value:
    def call(*values: Any) -> Value:  # noqa: ANN401 any values
        if len(values) != len(box.parameters):
            return None
        names = dict(zip(box.parameters, values, strict=True))
        return evaluate(box.body, scope.knowing(names))

    return Closure(box.parameters, call)


def _conditional(box: boxed.Conditional, scope: Scope) -> Value:
    holds = evaluate(box.condition, scope)
    if holds is not None and not isinstance(holds, bool):
        return None
    return evaluate(box.chosen if holds else box.other, scope)


def _iteration(box: boxed.Iteration, scope: Scope) -> Value:
    source = evaluate(box.source, scope)
    if source is None:
        return None
    items = source if isinstance(source, list) else [source]
    contexts = [item for item in items if isinstance(item, dict)] if box.kind == "filter" else []
    # An entry that this item lacks and another has is null, as in a filter of FEEL.
    entries: dict[str, Value] = dict.fromkeys(name for one in contexts for name in one)
    found: list[Value] = []
    for item in items:
        own = {**entries, **item} if contexts and isinstance(item, dict) else entries
        scope.meter.spend(len(found) // 16)
        inner = scope.knowing({**own, box.name: item, "partial": found[:]})
        found.append(evaluate(box.body, inner))
    if box.kind == "for":
        return found
    if not all(answer is None or isinstance(answer, bool) for answer in found):
        return None
    if box.kind == "filter":
        return [item for item, answer in zip(items, found, strict=True) if answer]
    return builtins_list.some(found) if box.kind == "some" else builtins_list.every(found)


_HANDLERS: Final[Mapping[type, Callable[[Any, Scope], Value]]] = {
    boxed.Text: _text,
    DecisionTable: _table,
    boxed.Context: _context,
    boxed.Items: _items,
    boxed.Relation: _relation,
    boxed.Invocation: _invocation,
    boxed.Definition: _definition,
    boxed.Conditional: _conditional,
    boxed.Iteration: _iteration,
}
