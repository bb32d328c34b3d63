"""Decision tables: how one is decided; what they are made of stands in `tables`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cmp_to_key
from typing import Final

from engine import errors
from engine.expressions import builtins_list, feel, operators
from engine.expressions.budget import Meter
from engine.expressions.function import Function
from engine.expressions.table_analysis import analyse
from engine.expressions.tables import (
    AGGREGATIONS,
    HIT_POLICIES,
    DecisionTable,
    Input,
    Output,
    Rule,
)
from engine.expressions.types import Value

__all__ = [
    "AGGREGATIONS",
    "HIT_POLICIES",
    "Decision",
    "DecisionTable",
    "Input",
    "Output",
    "Rule",
    "analyse",
    "decide",
]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a table decided, by which rules, from which input values (kept for history)."""

    value: Value
    matched: tuple[str, ...]
    read: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reader:
    """What cells may read and call; with a meter, all of them share one budget."""

    context: Mapping[str, object]
    functions: Mapping[str, Function] | None = None
    meter: Meter | None = None

    def value(self, text: str) -> Value:
        """Return the value of an expression; an empty one is null."""
        if not text.strip():
            return None
        return feel.evaluate(text, self.context, self.functions, meter=self.meter)

    def accepts(self, cell: str, value: Value) -> bool:
        """Return whether a value passes the tests of a cell."""
        return feel.matches(cell, value, self.context, self.functions, meter=self.meter)


def decide(
    table: DecisionTable,
    context: Mapping[str, object],
    functions: Mapping[str, Function] | None = None,
    meter: Meter | None = None,
) -> Decision:
    """Evaluate a table; where no rule matches the value is null, or the outputs' defaults.

    Raises:
        Incident: several rules match under UNIQUE, or disagree under ANY.
        FeelError: a cell cannot be read or evaluated.
    """
    reader = Reader(context, functions, meter)
    read = {item.expression: reader.value(item.expression) for item in table.inputs}
    matched = _matching(table, read, reader)
    return Decision(_value(table, matched, reader), tuple(rule.id for rule in matched), read)


def _matching(table: DecisionTable, read: Mapping[str, Value], reader: Reader) -> list[Rule]:
    single = table.hit_policy == "FIRST"
    found: list[Rule] = []
    for rule in table.rules:
        cells = zip(rule.tests, table.inputs, strict=True)
        if all(reader.accepts(cell, read[item.expression]) for cell, item in cells):
            found.append(rule)
            if single:
                break
    return found


def _value(table: DecisionTable, matched: Sequence[Rule], reader: Reader) -> Value:
    results = [_result(table, rule.outputs, reader) for rule in matched]
    policy = table.hit_policy
    if policy == "COLLECT" and table.aggregation and (results or not _has_default(table)):
        return _aggregate(table.aggregation, results)
    if policy in {"PRIORITY", "OUTPUT ORDER"}:
        results = _by_priority(table, results, reader)
    if policy in {"COLLECT", "RULE ORDER", "OUTPUT ORDER"}:
        return results or _default(table, reader)
    if not results:
        return _default(table, reader)
    if policy == "UNIQUE" and len(results) > 1:
        raise _double(table, matched)
    if policy == "ANY" and any(operators.equal(item, results[0]) is not True for item in results):
        raise _disagree(table, matched)
    return results[0]


def _result(table: DecisionTable, cells: Sequence[str], reader: Reader) -> Value:
    values = [reader.value(cell) for cell in cells]
    if len(table.outputs) == 1:
        return values[0]
    return {output.name: value for output, value in zip(table.outputs, values, strict=True)}


def _has_default(table: DecisionTable) -> bool:
    return any(output.default for output in table.outputs)


def _default(table: DecisionTable, reader: Reader) -> Value:
    defaults = [output.default for output in table.outputs]
    return _result(table, defaults, reader) if _has_default(table) else None


def _aggregate(aggregation: str, results: list[Value]) -> Value:
    if aggregation == "COUNT":
        return Decimal(len(results))
    if not results:
        return None
    return AGGREGATE[aggregation](results)


AGGREGATE: Final = {
    "SUM": builtins_list.total,
    "MIN": builtins_list.smallest,
    "MAX": builtins_list.largest,
}


def _by_priority(table: DecisionTable, results: list[Value], reader: Reader) -> list[Value]:
    ranks = [_ranked(output.values, reader) for output in table.outputs]

    def order(left: Value, right: Value) -> int:
        for ranked, a, b in zip(ranks, _parts(table, left), _parts(table, right), strict=True):
            difference = _rank(ranked, a) - _rank(ranked, b)
            if difference:
                return difference
        return 0

    return sorted(results, key=cmp_to_key(order))


def _ranked(values: str, reader: Reader) -> list[Value]:
    listed = reader.value(f"[{values}]")
    return listed if isinstance(listed, list) else []


def _parts(table: DecisionTable, result: Value) -> list[Value]:
    if len(table.outputs) > 1 and isinstance(result, dict):
        return [result[output.name] for output in table.outputs]
    return [result]


def _rank(ranked: list[Value], value: Value) -> int:
    places = (place for place, item in enumerate(ranked) if operators.equal(item, value))
    return next(places, len(ranked))


def _double(table: DecisionTable, matched: Sequence[Rule]) -> errors.Incident:
    rules = ", ".join(rule.id for rule in matched)
    return errors.Incident(
        f"Expected one rule of {table.id} to match, but several do: {rules}",
        f"决策表 {table.id} 应只命中一条规则，实际命中多条：{rules}",
        decision=table.id,
        rules=[rule.id for rule in matched],
    )


def _disagree(table: DecisionTable, matched: Sequence[Rule]) -> errors.Incident:
    rules = ", ".join(rule.id for rule in matched)
    return errors.Incident(
        f"Expected the matching rules of {table.id} to agree, but they differ: {rules}",
        f"决策表 {table.id} 命中的规则结果不一致：{rules}",
        decision=table.id,
        rules=[rule.id for rule in matched],
    )
