"""What tokens carry when they meet: every flag that one of them wrote, and no stale copy.

The library lets the last token's copy of a flag win, so that what another branch wrote is lost
wherever the last one merely carries the value from before the split. Here each token is held
against the flags that stood where the branches parted: what differs from them was written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any, Final

from SpiffWorkflow.task import Task

_ABSENT: Final = object()
_Flags = Mapping[str, Any]


def meet(tokens: Sequence[Task]) -> dict[str, Any]:
    """Return the flags of tokens that meet in one join, given in the order of their arrival.

    Two that parted last are merged first. Where both wrote one flag, contexts are merged by key,
    lists that both extended are extended by both, and of anything else the later value stands.
    """
    ways = [_way(token) for token in tokens]
    found = [dict(token.parent.data) for token in tokens]
    while len(found) > 1:
        shared, left, right = max(
            (
                (_shared(ways[left], ways[right]), left, right)
                for left in range(len(ways))
                for right in range(left + 1, len(ways))
            ),
            key=lambda pair: pair[0],
        )
        parted = ways[left][shared - 1] if shared else None
        found[right] = merged(parted.data if parted else {}, found[left], found[right])
        ways[right] = ways[right][:shared]
        del ways[left], found[left]
    return deepcopy(found[0]) if found else {}


def merged(before: _Flags, earlier: _Flags, later: _Flags) -> dict[str, Any]:
    """Return the flags of two tokens that parted with the same ones."""
    chosen = {
        name: _chosen(
            before.get(name, _ABSENT), earlier.get(name, _ABSENT), later.get(name, _ABSENT)
        )
        for name in (*earlier, *(name for name in later if name not in earlier))
    }
    return {name: value for name, value in chosen.items() if value is not _ABSENT}


def _chosen(before: Any, earlier: Any, later: Any) -> Any:  # noqa: ANN401 any flag
    if _same(before, earlier) or _same(earlier, later):
        return later
    if _same(before, later):
        return earlier
    if isinstance(earlier, dict) and isinstance(later, dict):
        return merged(before if isinstance(before, dict) else {}, earlier, later)
    if isinstance(earlier, list) and isinstance(later, list):
        return _extended(before if isinstance(before, list) else [], earlier, later)
    return earlier if later is _ABSENT else later


def _extended(before: list[Any], earlier: list[Any], later: list[Any]) -> list[Any]:
    start = len(before)
    if earlier[:start] != before or later[:start] != before:
        return later
    return [*earlier, *later[start:]]


def _same(one: Any, other: Any) -> bool:  # noqa: ANN401
    # 1 and true are equal to Python, and different flags.
    return type(one) is type(other) and bool(one == other)


def _way(token: Task) -> list[Task]:
    """Return the tasks above a token, the outermost first."""
    way: list[Task] = []
    task = token.parent
    while task is not None:
        way.append(task)
        task = task.parent
    return way[::-1]


def _shared(one: Sequence[Task], other: Sequence[Task]) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left is not right:
            break
        count += 1
    return count
