"""What an expression reads and calls, found without evaluating it."""

from __future__ import annotations

from collections.abc import Iterator

from engine.expressions import ast
from engine.expressions.parsing import parse

Root = ast.Expression | ast.UnaryTests


def references(expression: Root | str) -> frozenset[tuple[str, ...]]:
    """Return the dotted paths that an expression may read from its context.

    Names bound within the expression are left out. In a filter, a name may be a key of the item
    as well as a name of the context: it is included.
    """
    found: set[tuple[str, ...]] = set()
    for root in _roots(expression):
        _collect(root, frozenset({"?"}), found)
    return frozenset(found)


def calls(expression: Root | str) -> frozenset[tuple[str, tuple[object, ...]]]:
    """Return the functions called by name, with the literal arguments; `...` for others."""
    found: set[tuple[str, tuple[object, ...]]] = set()
    for root in _roots(expression):
        for node in ast.walk(root):
            if isinstance(node, ast.Call) and isinstance(node.function, ast.Name):
                arguments = tuple(_literal(argument) for argument in node.arguments)
                found.add((node.function.name, arguments))
    return frozenset(found)


def _roots(expression: Root | str) -> tuple[ast.Node, ...]:
    if isinstance(expression, str):
        expression = parse(expression)
    return (expression.root,) if isinstance(expression, ast.Expression) else expression.tests


def _literal(node: ast.Node) -> object:
    return node.value if isinstance(node, ast.Literal) else ...


def dotted(node: ast.Node) -> tuple[str, ...] | None:
    """Return `a.b.c` as its words, or None if the node is no such path."""
    words: list[str] = []
    while isinstance(node, ast.Path):
        words.append(node.name)
        node = node.source
    return (node.name, *reversed(words)) if isinstance(node, ast.Name) else None


def _collect(node: ast.Node, bound: frozenset[str], found: set[tuple[str, ...]]) -> None:
    path = dotted(node)
    if path is not None:
        if path[0] not in bound:
            found.add(path)
        return
    for child, names in _inner(node):
        _collect(child, bound | names, found)


def _inner(node: ast.Node) -> Iterator[tuple[ast.Node, frozenset[str]]]:
    """Yield the sub-nodes, each with the names that are bound within it."""
    nothing: frozenset[str] = frozenset()
    if isinstance(node, ast.Call) and isinstance(node.function, ast.Name):
        yield from ((argument, nothing) for argument in node.arguments)
    elif isinstance(node, ast.Filter):
        yield node.source, nothing
        yield node.condition, frozenset({"item"})
    elif isinstance(node, ast.For | ast.Quantified):
        yield from _loop(node)
    elif isinstance(node, ast.ContextOf):
        for place, value in enumerate(node.values):
            yield value, frozenset(node.keys[:place])
    elif isinstance(node, ast.FunctionOf):
        yield node.body, frozenset(node.parameters)
    else:
        yield from ((child, nothing) for child in ast.children(node))


def _loop(node: ast.For | ast.Quantified) -> Iterator[tuple[ast.Node, frozenset[str]]]:
    names: frozenset[str] = frozenset()
    for binding in node.bindings:
        yield binding.source, names
        if binding.end is not None:
            yield binding.end, names
        names |= {binding.name}
    yield node.body, names | {"partial"}
