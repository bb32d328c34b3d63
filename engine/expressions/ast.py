"""The syntax tree of FEEL, shared by the interpreter, the checker, the gate and the editors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from engine.expressions.types import Value


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A piece of an expression and where it begins, counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, eq=False)
class Literal(Node):
    """A constant: null, boolean, number, string or an `@"…"` literal."""

    value: Value


@dataclass(frozen=True, slots=True, eq=False)
class Name(Node):
    """A name read from the context, with single spaces between its words."""

    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Path(Node):
    """`source.name`."""

    source: Node
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Filter(Node):
    """`source[condition]`: an index or a filter."""

    source: Node
    condition: Node


@dataclass(frozen=True, slots=True, eq=False)
class Call(Node):
    """A function called with positional arguments, or with named ones if `names` is filled."""

    function: Node
    arguments: tuple[Node, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Negate(Node):
    """`-operand`."""

    operand: Node


@dataclass(frozen=True, slots=True, eq=False)
class Arithmetic(Node):
    """`left operator right` with one of `+ - * / **`."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True, eq=False)
class Compare(Node):
    """`left operator right` with one of `= != < <= > >=`."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True, eq=False)
class Between(Node):
    """`value between low and high`, both ends included."""

    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True, eq=False)
class In(Node):
    """`value in test` or `value in (test, test)`."""

    value: Node
    tests: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Logic(Node):
    """Conjunction or disjunction of two or more parts."""

    operator: str
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False)
class If(Node):
    """`if condition then chosen else other`."""

    condition: Node
    chosen: Node
    other: Node


@dataclass(frozen=True, slots=True, eq=False)
class Binding(Node):
    """`name in source`, or `name in source..end` where `end` is given."""

    name: str
    source: Node
    end: Node | None


@dataclass(frozen=True, slots=True, eq=False)
class For(Node):
    """`for bindings return body`; the body may read the results so far as `partial`."""

    bindings: tuple[Binding, ...]
    body: Node


@dataclass(frozen=True, slots=True, eq=False)
class Quantified(Node):
    """`some|every bindings satisfies body`."""

    quantifier: str
    bindings: tuple[Binding, ...]
    body: Node


@dataclass(frozen=True, slots=True, eq=False)
class ListOf(Node):
    """`[item, item]`."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False)
class ContextOf(Node):
    """`{name: value}`; later entries read earlier ones."""

    keys: tuple[str, ...]
    values: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False)
class RangeOf(Node):
    """`[low..high)` in its four kinds of ends."""

    low: Node
    low_closed: bool
    high: Node
    high_closed: bool


@dataclass(frozen=True, slots=True, eq=False)
class Relation(Node):
    """`> operand` standing alone: a test of a value, or a range open to one side."""

    operator: str
    operand: Node


@dataclass(frozen=True, slots=True, eq=False)
class TypeOf(Node):
    """A type after `instance of`: its name, its parameters, the names of context entries."""

    name: str
    arguments: tuple[TypeOf, ...] = ()
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class InstanceOf(Node):
    """`value instance of type`."""

    value: Node
    type: TypeOf


@dataclass(frozen=True, slots=True, eq=False)
class FunctionOf(Node):
    """`function(parameters) body`."""

    parameters: tuple[str, ...]
    types: tuple[TypeOf | None, ...]
    body: Node


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """A parsed expression with its text."""

    source: str
    root: Node


@dataclass(frozen=True, slots=True, eq=False)
class UnaryTests:
    """A parsed cell: no tests at all means that anything matches."""

    source: str
    tests: tuple[Node, ...]
    negated: bool = False

    @property
    def anything(self) -> bool:
        """Return whether the cell is `-`."""
        return not self.tests


_FIELDS: dict[type, tuple[str, ...]] = {}


def _child_fields(kind: type[Node]) -> tuple[str, ...]:
    known = _FIELDS.get(kind)
    if known is None:
        known = tuple(f.name for f in fields(kind) if f.name not in {"line", "column"})
        _FIELDS[kind] = known
    return known


def children(node: Node) -> Iterator[Node]:
    """Yield the direct sub-nodes in order of writing."""
    for name in _child_fields(type(node)):
        value = getattr(node, name)
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            yield from (item for item in value if isinstance(item, Node))


def walk(root: Node) -> Iterator[Node]:
    """Yield a node and everything below it, without recursion."""
    stack = [root]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(list(children(node))))


def depth(root: Node) -> int:
    """Return how many nodes lie on the longest way down, without recursion."""
    deepest = 0
    stack = [(root, 1)]
    while stack:
        node, level = stack.pop()
        deepest = max(deepest, level)
        stack.extend((child, level + 1) for child in children(node))
    return deepest
