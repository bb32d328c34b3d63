"""Built-in functions over lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import ROUND_DOWN, Decimal
from functools import cmp_to_key, reduce
from typing import Any, Final

from engine.expressions import operators
from engine.expressions.function import Function, declare
from engine.expressions.types import DECIMAL, Closure, Value

_Items = list[Value]
_PAIR: Final = 2


def total(items: _Items) -> Value:
    """Return the sum; of durations too."""
    if not items:
        return None
    kinds = {type(item) for item in items}
    if len(kinds) != 1 or isinstance(items[0], str):
        return None
    return reduce(lambda summed, item: operators.arithmetic("+", summed, item), items)


def _extreme(operator: str) -> Callable[[_Items], Value]:
    def choose(items: _Items) -> Value:
        if not items:
            return None
        best = items[0]
        for item in items:
            better = operators.compare(operator, item, best)
            if better is None:
                return None
            best = item if better else best
        return best if operators.compare("=", best, best) and not isinstance(best, bool) else None

    return choose


smallest: Final = _extreme("<")
largest: Final = _extreme(">")


def _numbers(items: _Items) -> list[Decimal] | None:
    numbers = [item for item in items if isinstance(item, Decimal)]
    return numbers if numbers and len(numbers) == len(items) else None


def mean(items: _Items) -> Value:
    """Return the average; of durations too."""
    return operators.arithmetic("/", total(items), Decimal(len(items))) if items else None


def product(items: _Items) -> Value:
    """Return the product of numbers."""
    numbers = _numbers(items)
    return reduce(DECIMAL.multiply, numbers) if numbers else None


def median(items: _Items) -> Value:
    """Return the middle number, or the average of the two in the middle."""
    numbers = sorted(_numbers(items) or ())
    if not numbers:
        return None
    middle = len(numbers) // 2
    if len(numbers) % 2:
        return numbers[middle]
    return DECIMAL.divide(DECIMAL.add(numbers[middle - 1], numbers[middle]), Decimal(2))


def deviation(items: _Items) -> Value:
    """Return the standard deviation of a sample."""
    numbers = _numbers(items)
    if not numbers or len(numbers) == 1:
        return None
    average = DECIMAL.divide(reduce(DECIMAL.add, numbers), Decimal(len(numbers)))
    gaps = (DECIMAL.subtract(number, average) for number in numbers)
    squares = reduce(DECIMAL.add, (DECIMAL.multiply(gap, gap) for gap in gaps))
    return DECIMAL.sqrt(DECIMAL.divide(squares, Decimal(len(numbers) - 1)))


def mode(items: _Items) -> Value:
    """Return the most frequent numbers, ascending."""
    if not items:
        return []
    numbers = _numbers(items)
    if numbers is None:
        return None
    counts: dict[Decimal, int] = {}
    for number in numbers:
        counts[number] = counts.get(number, 0) + 1
    most = max(counts.values())
    return [*sorted(number for number, count in counts.items() if count == most)]


def every(items: _Items) -> Value:
    """Return the conjunction of all items."""
    result: bool | None = True
    for item in items:
        result = operators.conjunction(result, item)
    return result


def some(items: _Items) -> Value:
    """Return the disjunction of all items."""
    result: bool | None = False
    for item in items:
        result = operators.disjunction(result, item)
    return result


def key(value: Value) -> Any:  # noqa: ANN401 anything hashable
    """Return something hashable that is equal for equal values."""
    if isinstance(value, list):
        return ("list", *map(key, value))
    if isinstance(value, dict):
        return ("context", frozenset((name, key(item)) for name, item in value.items()))
    if isinstance(value, dt.datetime):
        return ("date and time", value.tzinfo is None, value)
    return (type(value), value)


def distinct(items: Iterable[Value]) -> _Items:
    """Return the items without repetition, in order."""
    seen: dict[Any, Value] = {}
    for item in items:
        seen.setdefault(key(item), item)
    return list(seen.values())


def flatten(items: _Items) -> _Items:
    """Return the items of nested lists in one list."""
    flat: _Items = []
    for item in items:
        flat.extend(flatten(item) if isinstance(item, list) else [item])
    return flat


def contains(items: _Items, element: Value) -> bool:
    """Return whether a list has an item; null is found as well."""
    return any(operators.equal(item, element) for item in items)


def index_of(items: _Items, match: Value) -> Value:
    """Return the places of an item, from 1."""
    return [
        Decimal(place) for place, item in enumerate(items, start=1) if operators.equal(item, match)
    ]


def _place(items: _Items, position: Decimal) -> int | None:
    position = position.to_integral_value(ROUND_DOWN)
    if position == 0 or abs(position) > len(items):
        return None
    return int(position) - 1 if position > 0 else len(items) + int(position)


def insert_before(items: _Items, position: Decimal, item: Value) -> Value:
    """Return the list with an item put in front of a place."""
    place = _place(items, position)
    return None if place is None else [*items[:place], item, *items[place:]]


def remove(items: _Items, position: Decimal) -> Value:
    """Return the list without the item at a place."""
    place = _place(items, position)
    return None if place is None else [*items[:place], *items[place + 1 :]]


def replace_at(items: _Items, position: Decimal, item: Value) -> Value:
    """Return the list with another item at a place."""
    place = _place(items, position)
    return None if place is None else [*items[:place], item, *items[place + 1 :]]


def replace_matching(items: _Items, match: Closure, item: Value) -> Value:
    """Return the list with another item wherever `match(item, newItem)` is true."""
    if len(match.parameters) != _PAIR:
        return None
    answers = [match.call(old, item) for old in items]
    if not all(isinstance(answer, bool) for answer in answers):
        return None
    return [item if answer else old for old, answer in zip(items, answers, strict=True)]


def sublist(items: _Items, start: Decimal, length: Decimal | None = None) -> Value:
    """Return part of a list; the first item is 1, the last -1."""
    begin = _place(items, start)
    if begin is None or (length is not None and (length < 1 or length > len(items) - begin)):
        return None
    return items[begin:] if length is None else items[begin : begin + int(length)]


def concatenate(lists: _Items) -> Value:
    """Return the items of several lists one after the other."""
    parts = [part if isinstance(part, list) else [part] for part in lists]
    return [item for part in parts for item in part]


def union(lists: _Items) -> Value:
    """Return the items of several lists without repetition."""
    joined = concatenate(lists)
    return distinct(joined) if isinstance(joined, list) else None


def append(items: _Items, *more: Value) -> Value:
    """Return the list with items behind it."""
    return [*items, *more]


def sort(items: _Items, precedes: Closure | None = None) -> Value:
    """Return the items in order; `precedes(a, b)` says whether a comes first."""
    if precedes is not None and len(precedes.parameters) != _PAIR:
        return None
    before = precedes.call if precedes else lambda a, b: operators.compare("<", a, b)

    def order(left: Value, right: Value) -> int:
        if before(left, right) is True:
            return -1
        return 1 if before(right, left) is True else 0

    if precedes is None and any(before(item, items[0]) is None for item in items):
        return None
    return sorted(items, key=cmp_to_key(order))


def partition(items: _Items, size: Decimal) -> Value:
    """Return the items in lists of a size; the last may be shorter."""
    if size < 1 or size % 1:
        return None
    step = int(size) if size < len(items) else max(len(items), 1)
    return [items[start : start + step] for start in range(0, len(items), step)]


FUNCTIONS: Final[tuple[Function, ...]] = (
    declare("list contains(list: list, element: any) -> boolean", contains),
    declare("count(list: list) -> number", lambda items: Decimal(len(items)), variadic=True),
    declare("min(list: list) -> any", smallest, variadic=True),
    declare("max(list: list) -> any", largest, variadic=True),
    declare("sum(list: list) -> any", total, variadic=True),
    declare("mean(list: list) -> any", mean, variadic=True),
    declare("product(list: list) -> number", product, variadic=True),
    declare("median(list: list) -> number", median, variadic=True),
    declare("stddev(list: list) -> number", deviation, variadic=True),
    declare("mode(list: list) -> list", mode, variadic=True),
    declare("all(list: list) -> boolean", every, variadic=True),
    declare("any(list: list) -> boolean", some, variadic=True),
    declare("sublist(list: list, start position: number, length?: number?) -> list", sublist),
    declare("append(list: list, item: ...) -> list", append),
    declare("concatenate(list: ...) -> list", lambda *lists: concatenate(list(lists))),
    declare("union(list: ...) -> list", lambda *lists: union(list(lists))),
    declare("insert before(list: list, position: number, newItem: any) -> list", insert_before),
    declare("remove(list: list, position: number) -> list", remove),
    declare("list replace(list: list, position: number, newItem: any) -> list", replace_at),
    declare("list replace(list: list, match: function, newItem: any) -> list", replace_matching),
    declare("reverse(list: list) -> list", lambda items: items[::-1]),
    declare("index of(list: list, match: any) -> list", index_of),
    declare("distinct values(list: list) -> list", distinct),
    declare("flatten(list: list) -> list", flatten),
    declare("sort(list: list, precedes?: function) -> list", sort),
    declare("partition(list: list, size: number) -> list", partition),
)
