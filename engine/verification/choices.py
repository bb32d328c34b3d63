"""Which sequence flows a node may take together: the one place that looks at conditions.

Conditions are free choices here: every combination that the kind of the node allows is possible.
What is provably false is left out by `may_hold`; names that carry values would be read there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from engine.verification.model import Flow, Node
from engine.verification.net import TooLarge

BRANCH_LIMIT: Final = 12
"""Outgoing flows that may be combined freely: 4,095 combinations."""

_NEVER: Final = frozenset({"false", "=false", "${false}"})


def may_hold(flow: Flow) -> bool:
    """Tell whether the condition of a flow can be true; only a literal false cannot."""
    return flow.condition is None or "".join(flow.condition.split()).lower() not in _NEVER


def alternatives(node: Node, flows: Sequence[Flow]) -> list[tuple[Flow, ...]]:
    """Return the sets of outgoing flows, one of which gets tokens when a node is left.

    Args:
        node: the node that is left.
        flows: its outgoing flows; none means that the token ends here.

    Raises:
        TooLarge: more flows may be combined than `BRANCH_LIMIT`.
    """
    if not flows:
        return [()]
    if node.kind == "parallelGateway":
        return [tuple(flows)]
    if node.kind == "exclusiveGateway":
        return [(flow,) for flow in flows if may_hold(flow)]
    if len(flows) == 1 and node.kind == "inclusiveGateway":
        return [tuple(flows)]
    return list(_combined(node, flows))


def _combined(node: Node, flows: Sequence[Flow]) -> Iterator[tuple[Flow, ...]]:
    """Unconditional flows always, conditional ones in any combination, the default else."""
    inclusive = node.kind == "inclusiveGateway"
    default = next((flow for flow in flows if flow.id == node.default), None)
    free = [f for f in flows if f is not default and (inclusive or f.condition)]
    always = tuple(f for f in flows if f is not default and not (inclusive or f.condition))
    possible = [flow for flow in free if may_hold(flow)]
    if len(possible) > BRANCH_LIMIT:
        raise TooLarge
    for size in range(1, len(possible) + 1):
        for chosen in combinations(possible, size):
            yield always + chosen
    if default is not None:
        yield (*always, default)
    elif always:
        yield always
