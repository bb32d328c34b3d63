"""Finds gaps, overlaps and rows that can never count, from the values that the cells speak of.

Each input column is cut into classes of values that no cell of the column tells apart: numbers
and dates by the borders in the cells, strings and booleans by the values named plus "any other".
The rows that accept a class are a bit set; all combinations of classes are gone through.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Final

from engine.expressions import ast, feel
from engine.expressions.builtins_text import shown
from engine.expressions.errors import FeelError
from engine.expressions.findings import Finding
from engine.expressions.parsing import parse_unary_tests
from engine.expressions.plain_tests import Matching
from engine.expressions.tables import DecisionTable, Input
from engine.expressions.types import Value

COMBINATIONS: Final = 50_000
"""Combinations of classes gone through before the analysis gives up."""

EVALUATIONS: Final = 100_000
"""Answers of the evaluator to cells that are more than comparisons with constants."""

_SHOWN: Final = 10
_OTHER: Final = "\ue000other"
_SINGLE: Final = frozenset({"UNIQUE", "FIRST", "ANY", "PRIORITY"})
_Classes = list[tuple[Value, int]]


def analyse(table: DecisionTable) -> list[Finding]:
    """Return gaps, overlaps and unreachable rows of a table, or why it cannot be analysed."""
    matching = Matching(EVALUATIONS)
    try:
        columns = [_column(table, place, matching) for place in range(len(table.inputs))]
    except FeelError as error:
        return [_not_analysed(table, error.message, error.message_zh)]
    seen = _Seen(table)
    for count, (values, mask) in enumerate(_combinations(columns, len(table.rules))):
        if count >= COMBINATIONS:
            return [_not_analysed(table, "there are too many combinations", "组合过多")]
        seen.look(values, mask)
    return seen.findings()


def _column(table: DecisionTable, place: int, matching: Matching) -> _Classes:
    rows: dict[str, int] = {}
    for row, rule in enumerate(table.rules):
        rows[rule.tests[place]] = rows.get(rule.tests[place], 0) | 1 << row
    classes: dict[int, Value] = {}
    for value in _representatives(table.inputs[place], rows):
        mask = 0
        for cell, written in rows.items():
            if matching.accepts(cell, value):
                mask |= written
        classes.setdefault(mask, value)
    return [(value, mask) for mask, value in classes.items()]


_NOTHING: Final[Mapping[str, object]] = {}


def _representatives(column: Input, cells: Iterable[str]) -> list[Value]:
    allowed = parse_unary_tests(column.values)
    trees = [*map(parse_unary_tests, cells), allowed]
    literals = list({_key(value): value for tree in trees for value in _literals(tree)}.values())
    values = [*_booleans(column, literals), *_strings(literals), *_borders(literals)]
    if not allowed.anything:
        values = [value for value in values if feel.matches(allowed, value, _NOTHING)]
    return values or [None]


def _key(value: Value) -> tuple[type, object]:
    return type(value), repr(value) if isinstance(value, list | dict) else value


def _literals(tree: ast.UnaryTests) -> Iterator[Value]:
    """Yield the constants of a cell, those written as `date("2026-01-31")` included."""
    pending: list[ast.Node] = list(tree.tests)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Literal):
            yield node.value
        elif isinstance(node, ast.Call | ast.Negate) and _constant(node):
            yield feel.evaluate(ast.Expression("", node), _NOTHING)
        else:
            pending.extend(ast.children(node))


def _constant(node: ast.Node) -> bool:
    inner = ast.walk(node)
    functions = {id(part.function) for part in ast.walk(node) if isinstance(part, ast.Call)}
    return all(not isinstance(part, ast.Name) or id(part) in functions for part in inner)


def _booleans(column: Input, literals: Iterable[Value]) -> list[Value]:
    spoken_of = column.type == "boolean" or any(isinstance(value, bool) for value in literals)
    return [True, False] if spoken_of else []


def _strings(literals: Iterable[Value]) -> list[Value]:
    named: list[Value] = [value for value in literals if isinstance(value, str)]
    if not named:
        return []
    # Where the column lists its values there is no other; `_representatives` sorts it out.
    return [*named, _OTHER]


def _borders(literals: Iterable[Value]) -> list[Value]:
    values = list(literals)
    found: list[Value] = []
    found.extend(_numbers(sorted(value for value in values if isinstance(value, Decimal))))
    found.extend(_days(sorted(value for value in values if type(value) is dt.date)))
    found.extend(_instants([value for value in values if isinstance(value, dt.datetime)]))
    found.extend(_lengths(sorted(value for value in values if isinstance(value, dt.timedelta))))
    return found


def _numbers(borders: list[Decimal]) -> Iterator[Value]:
    yield from borders
    for low, high in pairwise(borders):
        yield (low + high) / 2
    if borders:
        yield borders[0] - 1
        yield borders[-1] + 1


def _days(borders: list[dt.date]) -> Iterator[Value]:
    yield from borders
    for low, high in pairwise(borders):
        if (high - low).days > 1:
            yield low + dt.timedelta(days=1)
    if borders:
        yield from (dt.date.min, dt.date.max)


def _instants(borders: list[dt.datetime]) -> Iterator[Value]:
    moments = sorted(borders, key=lambda value: (value.tzinfo is None, value.replace(tzinfo=None)))
    for moment in moments:
        yield from (moment, moment - _MOMENT, moment + _MOMENT)


def _lengths(borders: list[dt.timedelta]) -> Iterator[Value]:
    for length in borders:
        yield from (length, length - _MOMENT, length + _MOMENT)


_MOMENT: Final = dt.timedelta(microseconds=1)


def _combinations(columns: list[_Classes], rows: int) -> Iterator[tuple[tuple[Value, ...], int]]:
    """Yield one value per column with the rows that accept them all; gaps end early."""
    stack: list[tuple[tuple[Value, ...], int]] = [((), (1 << rows) - 1)]
    while stack:
        values, mask = stack.pop()
        if len(values) == len(columns) or not mask:
            yield values, mask
            continue
        for value, accepted in reversed(columns[len(values)]):
            stack.append(((*values, value), mask & accepted))


class _Seen:
    """Collects what the combinations show."""

    def __init__(self, table: DecisionTable) -> None:
        self.table = table
        self.gaps: list[tuple[Value, ...]] = []
        self.overlaps: dict[tuple[int, int], tuple[Value, ...]] = {}
        self.reached = 0

    def look(self, values: tuple[Value, ...], mask: int) -> None:
        """Take in one combination."""
        if not mask:
            if len(self.gaps) < _SHOWN:
                self.gaps.append(values)
            return
        first = mask & -mask
        self.reached |= first if self.table.hit_policy == "FIRST" else mask
        if self.table.hit_policy in {"UNIQUE", "ANY"} and len(self.overlaps) < _SHOWN:
            self._look_for_overlaps(first.bit_length() - 1, mask ^ first, values)

    def _look_for_overlaps(self, row: int, others: int, values: tuple[Value, ...]) -> None:
        while others and len(self.overlaps) < _SHOWN:
            lowest = others & -others
            others ^= lowest
            other = lowest.bit_length() - 1
            if self._clash(row, other):
                self.overlaps.setdefault((row, other), values)

    def _clash(self, row: int, other: int) -> bool:
        rules = self.table.rules
        return self.table.hit_policy == "UNIQUE" or rules[row].outputs != rules[other].outputs

    def findings(self) -> list[Finding]:
        """Return what was found, the first of each kind in full."""
        found = [self._overlap(pair, values) for pair, values in self.overlaps.items()]
        if self.table.hit_policy in _SINGLE and not any(o.default for o in self.table.outputs):
            found.extend(self._gap(values) for values in self.gaps)
        for row, rule in enumerate(self.table.rules):
            if not self.reached >> row & 1:
                found.append(self._unreachable(rule.id))
        return found

    def _example(self, values: tuple[Value, ...], other: str) -> str:
        pairs = zip(self.table.inputs, values, strict=False)
        parts = (f"{item.expression} = {other if v == _OTHER else shown(v)}" for item, v in pairs)
        return ", ".join(parts)

    def _cells(self, values: tuple[Value, ...]) -> tuple[tuple[str, str], ...]:
        """Return the example by column as cells test it; an empty one is any other value."""
        pairs = zip(self.table.inputs, values, strict=False)
        return tuple((item.expression, "" if v == _OTHER else shown(v)) for item, v in pairs)

    def _gap(self, values: tuple[Value, ...]) -> Finding:
        if not self.table.rules:
            return Finding(
                f"Expected a rule in {self.table.id}, but it has none",
                f"决策表 {self.table.id} 还没有规则",
                kind="gap",
            )
        return Finding(
            f"Expected a rule of {self.table.id} for every input, but none matches"
            f" {self._example(values, '(any other)')}",
            f"决策表 {self.table.id} 不完整：{self._example(values, '(其他值)')} 时无规则命中",
            kind="gap",
            example=self._cells(values),
        )

    def _overlap(self, pair: tuple[int, int], values: tuple[Value, ...]) -> Finding:
        rules = tuple(self.table.rules[row].id for row in pair)
        return Finding(
            f"Expected one rule of {self.table.id} at a time, but {rules[0]} and {rules[1]}"
            f" both match {self._example(values, '(any other)')}",
            f"决策表 {self.table.id} 规则重叠：{rules[0]} 与 {rules[1]} 同时命中"
            f" {self._example(values, '(其他值)')}",
            kind="overlap",
            rules=rules,
            example=self._cells(values),
        )

    def _unreachable(self, rule: str) -> Finding:
        return Finding(
            f"Expected every rule of {self.table.id} to count, but {rule} never can",
            f"决策表 {self.table.id} 的规则 {rule} 永远不会生效",
            kind="unreachable",
            rules=(rule,),
        )


def _not_analysed(table: DecisionTable, reason: str, reason_zh: str) -> Finding:
    return Finding(
        f"Expected {table.id} to be simple enough to analyse, but it is not: {reason}",
        f"决策表 {table.id} 无法分析完整性：{reason_zh}",
        kind="not-analysed",
    )
