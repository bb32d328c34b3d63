"""Whether two diagrams let the same acts happen in the same orders.

What is seen is what people, operations, timers and messages do; gateways are not seen. Both are
made deterministic step by step, and go through the same pairs of sets of states: as long as each
pair offers the same next steps, and may or may not be over at the same time, they are equal.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from engine.deployment.bundle import Bundle
from engine.deployment.environment import GateEnvironment
from engine.verification.machine import FieldFull, Machine
from engine.verification.names import Names
from engine.verification.net import TooLarge, Transition
from engine.verification.reading import read_model
from engine.verification.subjects import net_of, subjects
from tests.verification.labels import done
from workflows.soundness import read_names

PAIRS = 800
"""Pairs of sets after which nothing is claimed."""

STATES = 4_000
"""States of one set, likewise."""

_UNSEEN = ("Gateway", "startEvent", "endEvent", "subProcess")


class _TooMany(Exception):  # noqa: N818 ends the comparison
    pass


class _Side:
    """One diagram as a machine of visible steps."""

    def __init__(self, bundle: Bundle, environment: GateEnvironment) -> None:
        model = read_model(bundle.files[bundle.diagram_path])
        names = read_names(bundle, environment)
        self._names: Names = dataclasses.replace(names, watched=frozenset(names.writes))
        self._kinds = {node.id: node.kind for node in model.nodes.values()}
        self._machine = Machine(net_of(model, subjects(model)[0], 1, self._names), 2)
        self._seen: list[str] = [self._label(turn) for turn in self._machine.net.transitions]
        self.start = self._closed([self._machine.initial])

    def steps(self, states: Iterable[int]) -> dict[str, frozenset[int]]:
        """Return what may be seen next, and where each leads."""
        found: dict[str, set[int]] = {}
        for state in states:
            for turn in self._machine.enabled(state):
                if self._seen[turn]:
                    found.setdefault(self._seen[turn], set()).add(self._machine.fire(state, turn))
        return {label: self._closed(after) for label, after in found.items()}

    def over(self, states: Iterable[int]) -> bool:
        """Tell whether it may be over."""
        return any(self._machine.over(state) for state in states)

    def stuck(self, states: Iterable[int]) -> bool:
        """Tell whether it may have come to a halt without being over."""
        machine = self._machine
        return any(not machine.enabled(one) and not machine.over(one) for one in states)

    def _closed(self, states: Iterable[int]) -> frozenset[int]:
        found = set(states)
        waiting = list(found)
        while waiting:
            state = waiting.pop()
            for turn in self._machine.enabled(state):
                after = None if self._seen[turn] else self._machine.fire(state, turn)
                if after is not None and after not in found:
                    found.add(after)
                    waiting.append(after)
            if len(found) > STATES:
                raise _TooMany
        return frozenset(found)

    def _label(self, turn: Transition) -> str:
        seen = [one for one in done(turn, self._names) if not self._hidden(one.element)]
        begun = turn.elements[:1] if turn.action == "begin" else ()
        opened = [f"+{name}" for name in begun if "Task" in self._kinds.get(name, "")]
        return " ".join([*opened, *(one.label for one in seen)])

    def _hidden(self, element: str) -> bool:
        return self._kinds.get(element, "").endswith(_UNSEEN)


def same_acts(one: Bundle, other: Bundle, environment: GateEnvironment) -> bool:
    """Tell whether two bundles let the same acts happen; False also where that is not known."""
    try:
        left, right = _Side(one, environment), _Side(other, environment)
        return _same(left, right)
    except (_TooMany, FieldFull, TooLarge):
        return False


def _same(left: _Side, right: _Side) -> bool:
    waiting = [(left.start, right.start)]
    seen = set(waiting)
    while waiting:
        here, there = waiting.pop()
        ours, theirs = left.steps(here), right.steps(there)
        halted = left.stuck(here) == right.stuck(there)
        if ours.keys() != theirs.keys() or left.over(here) != right.over(there) or not halted:
            return False
        for label, after in ours.items():
            pair = (after, theirs[label])
            if pair not in seen:
                seen.add(pair)
                waiting.append(pair)
        if len(seen) > PAIRS:
            raise _TooMany
    return True
