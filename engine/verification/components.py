"""Two questions about a graph of numbered states: where it ends up, and what can reach what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence


def bottom_components(successors: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Yield the strongly connected components that nothing leaves (Tarjan, without recursion)."""
    order = [-1] * len(successors)
    low = [0] * len(successors)
    waiting: list[int] = []
    done = [False] * len(successors)
    count = 0
    for root in range(len(successors)):
        if order[root] >= 0:
            continue
        work = [(root, 0)]
        while work:
            node, position = work.pop()
            if position == 0:
                order[node] = low[node] = count
                count += 1
                waiting.append(node)
            deeper = _descend(node, position, successors, order, low, done)
            if deeper is not None:
                work += [(node, deeper + 1), (successors[node][deeper], 0)]
            elif low[node] == order[node]:
                component = _take(waiting, node, done)
                if _is_bottom(component, successors):
                    yield component


def _descend(
    node: int,
    position: int,
    successors: Sequence[Sequence[int]],
    order: list[int],
    low: list[int],
    done: list[bool],
) -> int | None:
    """Return the position of a successor not visited yet, with `low` brought up to date."""
    after = successors[node]
    if position:
        child = after[position - 1]
        low[node] = min(low[node], low[child])
    while position < len(after):
        child = after[position]
        if order[child] < 0:
            return position
        if not done[child]:
            low[node] = min(low[node], order[child])
        position += 1
    return None


def _take(waiting: list[int], root: int, done: list[bool]) -> list[int]:
    component: list[int] = []
    while True:
        node = waiting.pop()
        done[node] = True
        component.append(node)
        if node == root:
            return component


def _is_bottom(component: Sequence[int], successors: Sequence[Sequence[int]]) -> bool:
    inside = frozenset(component)
    return all(after in inside for node in component for after in successors[node])


def leads_to(successors: Sequence[Sequence[int]], targets: Iterable[int]) -> list[bool]:
    """Return for each state whether a path leads from it to one of the targets."""
    before: list[list[int]] = [[] for _ in successors]
    for node, after in enumerate(successors):
        for child in after:
            before[child].append(node)
    reached = [False] * len(successors)
    stack = list(targets)
    while stack:
        node = stack.pop()
        if not reached[node]:
            reached[node] = True
            stack += before[node]
    return reached
