"""Evaluates conditions over what is known of their names: true, false, or not known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from engine.expressions import ast, feel
from engine.expressions.builtins import BUILTINS
from engine.verification.names import UNKNOWN, Known

_PASSING: Final = frozenset({"now", "today"})
"""Functions whose answer is another one the next time."""

_ABSORBING: Final = {"and": False, "or": True}


def truth(text: str, known: Mapping[str, Known]) -> bool | None:
    """Tell whether a condition holds; None where that is not known. Only a plain true counts."""
    tree = _tree(text)
    value = _value(tree.root, known) if tree is not None else UNKNOWN
    return None if value is UNKNOWN else value is True


def names_read(text: str) -> frozenset[str]:
    """Return the names that a condition reads; none where it cannot be read."""
    tree = _tree(text)
    return frozenset() if tree is None else frozenset(path[0] for path in feel.references(tree))


@lru_cache(maxsize=4096)
def _tree(text: str) -> feel.Expression | None:
    try:
        return feel.parse(text)
    except feel.FeelError:
        return None


def _value(node: ast.Node, known: Mapping[str, Known]) -> Any:  # noqa: ANN401 any FEEL value
    if isinstance(node, ast.Logic):
        return _logic(node.operator, [_value(part, known) for part in node.parts])
    if isinstance(node, ast.If):
        return _chosen(node, known)
    inner = _negated(node)
    if inner is not None:
        value = _value(inner, known)
        return not value if isinstance(value, bool) else value if value is UNKNOWN else None
    return _determined(node, known)


def _logic(operator: str, values: Iterable[Any]) -> Any:  # noqa: ANN401
    """Conjunction and disjunction: one part may decide whatever the others are."""
    absorbing = _ABSORBING[operator]
    found = list(values)
    if any(value is absorbing for value in found):
        return absorbing
    if any(value is UNKNOWN for value in found):
        return UNKNOWN
    return (not absorbing) if all(value is (not absorbing) for value in found) else None


def _chosen(node: ast.If, known: Mapping[str, Known]) -> Any:  # noqa: ANN401
    condition = _value(node.condition, known)
    chosen, other = _value(node.chosen, known), _value(node.other, known)
    if condition is UNKNOWN:
        return chosen if type(chosen) is type(other) and chosen == other else UNKNOWN
    return chosen if condition is True else other


def _negated(node: ast.Node) -> ast.Node | None:
    if not isinstance(node, ast.Call) or len(node.arguments) != 1:
        return None
    called = node.function
    return node.arguments[0] if isinstance(called, ast.Name) and called.name == "not" else None


def _determined(node: ast.Node, known: Mapping[str, Known]) -> Any:  # noqa: ANN401
    """Evaluate what reads known names alone."""
    called = {one.function for one in ast.walk(node) if isinstance(one, ast.Call)}
    functions = {one.name for one in called if isinstance(one, ast.Name)}
    read = {one.name for one in ast.walk(node) if isinstance(one, ast.Name) and one not in called}
    if any(known.get(name, UNKNOWN) is UNKNOWN for name in read):
        return UNKNOWN
    if not functions <= BUILTINS.keys() - _PASSING:
        return UNKNOWN
    try:
        return feel.evaluate(feel.Expression("", node), {name: known[name] for name in read})
    except feel.FeelError:
        return UNKNOWN
