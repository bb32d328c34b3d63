"""Filters, loops and ranges: the parts of the language that go through several values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Protocol

from engine.expressions import ast, operators
from engine.expressions.budget import Meter
from engine.expressions.errors import FeelNameError
from engine.expressions.scope import Scope
from engine.expressions.types import Months, Range, Value


class Runner(Protocol):
    """What a loop needs of the evaluator."""

    meter: Meter

    def run(self, node: ast.Node, scope: Scope) -> Value:
        """Return the value of a node."""
        ...


def filtered(runner: Runner, node: ast.Filter, scope: Scope) -> Value:
    """`list[condition]` or `list[index]`; a single value counts as a list of one."""
    source = runner.run(node.source, scope)
    items: list[Value] = [] if source is None else [source]
    if isinstance(source, list):
        items = source
    if isinstance(node.condition, ast.Literal) and isinstance(node.condition.value, Decimal):
        return item_at(items, node.condition.value)
    if not items:
        # Of nothing, an index finds null, a condition an empty list; only the answer tells which.
        asked = runner.run(node.condition, Scope({"item": None}, scope, lenient=True))
        return None if isinstance(asked, Decimal) else []
    kept: list[Value] = []
    for place, item in enumerate(items):
        names: dict[str, Value] = dict(item) if isinstance(item, dict) else {}
        names.setdefault("item", item)
        answer = runner.run(node.condition, Scope(names, scope, lenient=isinstance(item, dict)))
        if place == 0 and isinstance(answer, Decimal):
            return item_at(items, _index(runner, node.condition, scope, answer))
        if answer is True:
            kept.append(item)
    return kept


def _index(runner: Runner, condition: ast.Node, scope: Scope, answer: Decimal) -> Value:
    """Return an index, read without the names of the item unless it speaks of them."""
    try:
        return runner.run(condition, scope)
    except FeelNameError:
        return answer


def item_at(items: list[Value], index: Value) -> Value:
    """Return the item at an index from 1, or from the end where it is negative."""
    if not isinstance(index, Decimal) or index != index.to_integral_value():
        return None
    if index == 0 or abs(index) > len(items):
        return None
    place = int(index)
    return items[place - 1 if place > 0 else place]


def each(runner: Runner, node: ast.For, scope: Scope) -> Value:
    """`for x in a, y in b return c`; null if one of the sources cannot be gone through."""
    results: list[Value] = []
    partial = any(isinstance(part, ast.Name) and part.name == "partial" for part in ast.walk(node))
    for inner in _frames(runner, node.bindings, scope):
        if inner is None:
            return None
        frame = inner
        if partial:
            runner.meter.spend(len(results) // 16)
            frame = Scope({"partial": list(results)}, inner)
        results.append(runner.run(node.body, frame))
    runner.meter.measure(results)
    return results


def quantified(runner: Runner, node: ast.Quantified, scope: Scope) -> Value:
    """`some` is a disjunction over all, `every` a conjunction."""
    some = node.quantifier == "some"
    join = operators.disjunction if some else operators.conjunction
    result: bool | None = not some
    for inner in _frames(runner, node.bindings, scope):
        if inner is None:
            return None
        result = join(result, runner.run(node.body, inner))
        if result is some:
            return result
    return result


def _frames(
    runner: Runner, bindings: tuple[ast.Binding, ...], scope: Scope
) -> Iterator[Scope | None]:
    if not bindings:
        yield scope
        return
    binding, rest = bindings[0], bindings[1:]
    items = _items(runner, binding, scope)
    if items is None:
        yield None
        return
    for item in items:
        runner.meter.spend(1)
        yield from _frames(runner, rest, Scope({binding.name: item}, scope))


def _items(runner: Runner, binding: ast.Binding, scope: Scope) -> Iterator[Value] | None:
    source = runner.run(binding.source, scope)
    if binding.end is not None:
        return _steps(source, runner.run(binding.end, scope))
    if isinstance(source, Range):
        return _inside(source)
    if source is None:
        return None
    return iter(source if isinstance(source, list) else [source])


def _inside(source: Range) -> Iterator[Value] | None:
    steps = _steps(source.low, source.high)
    if steps is None or not operators.compare("<=", source.low, source.high):
        return None
    return (item for item in steps if operators.contains(source, item))


def _steps(low: Value, high: Value) -> Iterator[Value] | None:
    """Go from one end to the other, up or down, by whole numbers or days."""
    if isinstance(low, Decimal) and isinstance(high, Decimal):
        if max(abs(low), abs(high)) >= 10**15 or low % 1 or high % 1:
            return None
        return map(Decimal, _count(int(low), int(high)))
    if type(low) is dt.date and type(high) is dt.date:
        return map(dt.date.fromordinal, _count(low.toordinal(), high.toordinal()))
    return None


def _count(low: int, high: int) -> range:
    return range(low, high + 1) if low <= high else range(low, high - 1, -1)


_COMPARABLE: tuple[Any, ...] = (
    Decimal,
    str,
    dt.date,
    dt.time,
    dt.timedelta,
    Months,
)


def make_range(low: Value, high: Value, *, low_closed: bool, high_closed: bool) -> Value:
    """Return a range, or null if its ends are not of one ordered type or the wrong way round."""
    if not isinstance(low, _COMPARABLE) or type(low) is not type(high):
        return None
    return Range(low, high, low_closed, high_closed)


def one_sided(operator: str, end: Value) -> Value:
    """Return `(< 5)` and the like as a range."""
    if not isinstance(end, _COMPARABLE):
        return None
    if operator in {"<", "<="}:
        return Range(None, end, False, operator == "<=")
    if operator in {">", ">="}:
        return Range(end, None, operator == ">=", False)
    return Range(end, end) if operator == "=" else None
