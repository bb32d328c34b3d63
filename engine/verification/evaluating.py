"""Evaluates conditions over what is known of their names: true, false, or not known.

A name is a flag of the token, or a path such as `case.level` with its words joined by dots.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, TypeAlias

from engine.expressions import ast, feel
from engine.expressions.builtins import BUILTINS
from engine.verification.names import UNKNOWN, Known

_PASSING: Final = frozenset({"now", "today"})
"""Functions whose answer is another one the next time."""

Given: TypeAlias = "Known | Decimal"
"""What is known of a name."""

_ABSORBING: Final = {"and": False, "or": True}


def truth(text: str, known: Mapping[str, Given]) -> bool | None:
    """Tell whether a condition holds; None where that is not known. Only a plain true counts."""
    tree = _tree(text)
    value = _value(tree.root, known) if tree is not None else UNKNOWN
    return None if value is UNKNOWN else value is True


def answer(text: str, known: Mapping[str, Given]) -> Any:  # noqa: ANN401 any FEEL value
    """Return the value of an expression; UNKNOWN where that is not known."""
    tree = _tree(text)
    return _value(tree.root, known) if tree is not None else UNKNOWN


def passes(cell: str, value: object, known: Mapping[str, Given]) -> bool | None:
    """Tell whether a value passes the tests of a table's cell; None where that is not known."""
    tests = _tests(cell)
    if tests is None:
        return None
    if tests.anything:
        return True
    read = [_context(test, known) for test in tests.tests]
    if value is UNKNOWN or None in read:
        return None
    context: dict[str, Any] = {}
    for one in read:
        context |= one or {}
    try:
        return feel.matches(tests, value, context)
    except feel.FeelError:
        return None


def paths_read(text: str) -> frozenset[tuple[str, ...]]:
    """Return the paths that a condition reads, word by word; none where it cannot be read."""
    tree = _tree(text)
    return frozenset() if tree is None else feel.references(tree)


def names_read(text: str) -> frozenset[str]:
    """Return the names that a condition reads; none where it cannot be read."""
    return frozenset(path[0] for path in paths_read(text))


@lru_cache(maxsize=4096)
def _tree(text: str) -> feel.Expression | None:
    try:
        return feel.parse(text)
    except feel.FeelError:
        return None


@lru_cache(maxsize=4096)
def _tests(text: str) -> feel.UnaryTests | None:
    try:
        return feel.parse_unary_tests(text)
    except feel.FeelError:
        return None


def _value(node: ast.Node, known: Mapping[str, Given]) -> Any:  # noqa: ANN401 any FEEL value
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


def _chosen(node: ast.If, known: Mapping[str, Given]) -> Any:  # noqa: ANN401
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


def _determined(node: ast.Node, known: Mapping[str, Given]) -> Any:  # noqa: ANN401
    """Evaluate what reads known names alone."""
    context = _context(node, known)
    if context is None:
        return UNKNOWN
    try:
        return feel.evaluate(feel.Expression("", node), context)
    except feel.FeelError:
        return UNKNOWN


def _context(node: ast.Node, known: Mapping[str, Given]) -> dict[str, Any] | None:
    """Return what an expression reads; None where some of it, or a function, is not known."""
    asked = _asked(node)
    if asked is None:
        return None
    context: dict[str, Any] = {}
    for path in asked:
        whole = ".".join(path)
        words = path if whole in known else path[:1]
        value = known.get(".".join(words), UNKNOWN)
        if value is UNKNOWN or not _put(context, words, value):
            return None
    return context


def _put(context: dict[str, Any], words: tuple[str, ...], value: Given) -> bool:
    """Write a value at a path; tell whether nothing else stands there."""
    for word in words[:-1]:
        inner = context.setdefault(word, {})
        if not isinstance(inner, dict):
            return False
        context = inner
    return not isinstance(context.setdefault(words[-1], value), dict)


@lru_cache(maxsize=4096)
def _asked(node: ast.Node) -> tuple[tuple[str, ...], ...] | None:
    """Return the paths that an expression reads; None where its answer depends on more."""
    called = [one.function for one in ast.walk(node) if isinstance(one, ast.Call)]
    functions = {one.name for one in called if isinstance(one, ast.Name)}
    if len(functions) < len(set(called)) or not functions <= BUILTINS.keys() - _PASSING:
        return None
    return tuple(feel.references(feel.Expression("", node)))
