"""Which sequence flows a node may take together: the one place that looks at conditions.

What is known of the names decides: a flow whose condition is provably false is not taken, and a
default only where no other condition is provably true. Whatever is not known is a free choice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from engine.verification.evaluating import truth
from engine.verification.model import Flow, Node
from engine.verification.names import Known
from engine.verification.net import TooLarge

BRANCH_LIMIT: Final = 12
"""Outgoing flows that may be combined freely: 4,095 combinations."""

_NEVER: Final = frozenset({"false", "=false", "${false}"})


_NOTHING: Final[Mapping[str, Known]] = {}


def alternatives(
    node: Node, flows: Sequence[Flow], known: Mapping[str, Known] = _NOTHING
) -> list[tuple[Flow, ...]]:
    """Return the sets of outgoing flows, one of which gets tokens when a node is left.

    Args:
        node: the node that is left.
        flows: its outgoing flows; none means that the token ends here.
        known: values of the names that its conditions may read.

    Raises:
        TooLarge: more flows may be combined than `BRANCH_LIMIT`.
    """
    if not flows:
        return [()]
    if node.kind == "parallelGateway":
        return [tuple(flows)]
    if node.kind == "exclusiveGateway":
        return [(flow,) for flow in _exclusive(node, flows, known)]
    if len(flows) == 1 and node.kind == "inclusiveGateway":
        return [tuple(flows)]
    return list(_combined(node, flows, known))


def _holds(flow: Flow, known: Mapping[str, Known]) -> bool | None:
    """Tell whether the condition of a flow holds; None where it may or may not."""
    if flow.condition is None:
        return None
    if "".join(flow.condition.split()).lower() in _NEVER:
        return False
    # Where no name is known a condition is not even read: it may be in any language.
    return truth(flow.condition, known) if known else None


def _exclusive(node: Node, flows: Sequence[Flow], known: Mapping[str, Known]) -> Iterator[Flow]:
    truths = [(flow, _holds(flow, known)) for flow in flows]
    others = [holds for flow, holds in truths if flow.id != node.default]
    for flow, holds in truths:
        if flow.id == node.default:
            if True not in others and holds is not False:
                yield flow
        elif holds is not False:
            yield flow


def _combined(
    node: Node, flows: Sequence[Flow], known: Mapping[str, Known]
) -> Iterator[tuple[Flow, ...]]:
    """Unconditional flows always, conditional ones in any combination, the default else."""
    inclusive = node.kind == "inclusiveGateway"
    default = next((flow for flow in flows if flow.id == node.default), None)
    free = [f for f in flows if f is not default and (inclusive or f.condition)]
    always = tuple(f for f in flows if f is not default and not (inclusive or f.condition))
    truths = [(flow, _holds(flow, known)) for flow in free]
    certain = tuple(flow for flow, holds in truths if holds is True)
    possible = [flow for flow, holds in truths if holds is None]
    if len(possible) > BRANCH_LIMIT:
        raise TooLarge
    for size in range(len(possible) + 1):
        for chosen in combinations(possible, size):
            if chosen or certain:
                yield always + certain + chosen
    if certain:
        return
    if default is not None:
        yield (*always, default)
    elif always:
        yield always
