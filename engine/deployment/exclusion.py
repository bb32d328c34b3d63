"""Whether two conditions can be shown to exclude each other, or to leave nothing out.

Only what can be seen in the syntax counts: `x = "a"` against `x = "b"`, `x` against `not(x)`,
`x < 5` against `x >= 5`. What cannot be shown is taken as not so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from engine.expressions import ast
from engine.expressions.references import dotted

_INVERSE: Final = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_MIRROR: Final = {"=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
_MISSING: Final = object()


@dataclass(frozen=True)
class Atom:
    """`path operator literal`, the simplest thing that a condition says."""

    path: tuple[str, ...]
    operator: str
    literal: object

    def negated(self) -> Atom:
        """Return what holds where this does not, unless the path is null."""
        return Atom(self.path, _INVERSE[self.operator], self.literal)


def exclusive(left: ast.Expression, right: ast.Expression) -> bool:
    """Return whether two conditions can be seen never to hold together."""
    return all(
        any(_contradict(a, b) for a in one for b in other)
        for one in _cases(left.root)
        for other in _cases(right.root)
    )


def complementary(left: ast.Expression, right: ast.Expression) -> bool:
    """Return whether two conditions can be seen to leave nothing out: `x` and `not(x)`."""
    return _same(_negation(left.root), right.root) or _same(_negation(right.root), left.root)


def atom(node: ast.Node) -> Atom | None:
    """Return a comparison of a path with a literal, or a bare boolean path, as an atom."""
    path = dotted(node)
    if path is not None:
        return Atom(path, "=", True)
    if isinstance(node, ast.Compare):
        return _comparison(node)
    inner = _negation(node)
    found = atom(inner) if inner is not None else None
    return found.negated() if found is not None else None


def _comparison(node: ast.Compare) -> Atom | None:
    path, literal = dotted(node.left), _literal(node.right)
    if path is not None and literal is not _MISSING:
        return Atom(path, node.operator, literal)
    path, literal = dotted(node.right), _literal(node.left)
    if path is not None and literal is not _MISSING:
        return Atom(path, _MIRROR[node.operator], literal)
    return None


def _literal(node: ast.Node) -> object:
    return node.value if isinstance(node, ast.Literal) else _MISSING


def _negation(node: ast.Node) -> ast.Node | None:
    """Return what stands inside `not(…)`."""
    if not isinstance(node, ast.Call) or len(node.arguments) != 1:
        return None
    name = node.function
    return node.arguments[0] if isinstance(name, ast.Name) and name.name == "not" else None


def _cases(node: ast.Node) -> Iterator[tuple[Atom, ...]]:
    """Yield, for each part of a disjunction, the atoms that hold together in it."""
    if isinstance(node, ast.Logic) and node.operator == "or":
        for part in node.parts:
            yield from _cases(part)
        return
    parts = node.parts if isinstance(node, ast.Logic) else (node,)
    if any(isinstance(part, ast.Logic) for part in parts):
        yield ()  # an `or` within an `and`: nothing is shown
        return
    yield tuple(found for part in parts for found in [atom(part)] if found is not None)


def _contradict(left: Atom, right: Atom) -> bool:
    if left.path != right.path:
        return False
    if left.operator == "=":
        return _fails(left.literal, right)
    if right.operator == "=":
        return _fails(right.literal, left)
    return _apart(left, right) or _apart(right, left)


def _fails(value: object, test: Atom) -> bool:
    """Return whether a known value does not pass a test."""
    other = test.literal
    if test.operator in ("=", "!="):
        same = type(value) is type(other) and value == other
        return same if test.operator == "!=" else not same
    try:
        holds = {
            "<": lambda: value < other,  # type: ignore[operator]
            "<=": lambda: value <= other,  # type: ignore[operator]
            ">": lambda: value > other,  # type: ignore[operator]
            ">=": lambda: value >= other,  # type: ignore[operator]
        }[test.operator]()
    except TypeError:
        return False
    return not holds


def _apart(low: Atom, high: Atom) -> bool:
    """Return whether `path < a` and `path > b` leave no value between them."""
    if low.operator not in ("<", "<=") or high.operator not in (">", ">="):
        return False
    try:
        apart = low.literal < high.literal  # type: ignore[operator]
    except TypeError:
        return False
    strict = "<" in (low.operator, high.operator) or ">" in (low.operator, high.operator)
    return bool(apart or (low.literal == high.literal and strict))


def _same(left: ast.Node | None, right: ast.Node) -> bool:
    if left is None or type(left) is not type(right):
        return False
    if isinstance(left, ast.Literal) and isinstance(right, ast.Literal):
        return type(left.value) is type(right.value) and left.value == right.value
    return _label(left) == _label(right) and _all_same(left, right)


def _label(node: ast.Node) -> tuple[object, ...]:
    return tuple(getattr(node, name, None) for name in ("name", "operator", "names", "quantifier"))


def _all_same(left: ast.Node, right: ast.Node) -> bool:
    ones, others = list(ast.children(left)), list(ast.children(right))
    return len(ones) == len(others) and all(map(_same, ones, others))
