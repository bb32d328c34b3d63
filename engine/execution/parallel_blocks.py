# ruff: noqa: SLF001 - the library's extension points are its underscored methods
"""In which parallel blocks the tokens of a scope stand: what joins ahead of them will wait for.

A token stands in a block if it reaches a join without passing a split. Two versions of a diagram
agree about the tokens of an instance if every such join counts as many inputs in both, and the
tokens come to it on inputs of their own in both: then no join waits for ever, and none fires on
what only one branch has done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from engine.execution.joins import InclusiveJoin, ParallelJoin

Shape = tuple[int, tuple[tuple[str, ...], ...]]
"""How many inputs a join counts, and the tokens that come to it, grouped by input."""


def joins_ahead(spec: Any, standing: Iterable[tuple[str, str]]) -> Mapping[str, Shape]:  # noqa: ANN401
    """Return the joins that tokens stand before.

    Args:
        spec: a scope as the library has it, a process or a sub-process.
        standing: the tokens, each by its element and the element that it came from.
    """
    found: dict[str, dict[str, list[str]]] = {}
    for name, came_from in standing:
        for join, entry in _reached(spec, name, came_from):
            found.setdefault(join, {}).setdefault(entry, []).append(name)
    return {join: (_inputs(spec, join), _grouped(found[join])) for join in found}


def inputs_ahead(spec: Any, name: str) -> frozenset[tuple[str, str]]:  # noqa: ANN401
    """Return the joins that a token at an element stands before, with the input it comes on."""
    return frozenset(_reached(spec, name, ""))


def _reached(spec: Any, name: str, came_from: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """Yield each join that a token can reach without passing a split, with the input it takes."""
    nodes = spec.task_specs
    seen: set[tuple[str, str]] = set()
    stack = [(came_from, name)]
    while stack:
        before, here = stack.pop()
        if (before, here) in seen:
            continue
        seen.add((before, here))
        node = nodes[here]
        if _joins(node):
            yield here, before
        if not _splits(node):
            stack.extend((here, after) for after in node._outputs)


def _joins(node: Any) -> bool:  # noqa: ANN401
    return isinstance(node, ParallelJoin | InclusiveJoin) and len(set(node._inputs)) > 1


def _splits(node: Any) -> bool:  # noqa: ANN401
    return isinstance(node, ParallelJoin | InclusiveJoin) and len(node._outputs) > 1


def _inputs(spec: Any, join: str) -> int:  # noqa: ANN401
    return len(set(spec.task_specs[join]._inputs))


def _grouped(entries: Mapping[str, list[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted(tuple(sorted(tokens)) for tokens in entries.values()))
