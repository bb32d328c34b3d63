"""The states of a process beside a monitor and the values that are taken for granted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import inf
from time import thread_time

from engine.verification.components import leads_to
from engine.verification.machine import FieldFull
from engine.verification.paths import Path
from engine.verification.statutes.facts import Fact, Value
from engine.verification.statutes.monitors import BROKEN, Monitor
from engine.verification.statutes.steps import Steps

PRUNED = -2
_MOST_STATES = 4
"""Of a monitor that something can be owed to."""
_Control = tuple[int, tuple[int, ...], tuple[Value, ...]]
"""States of the monitor, of the monitors of what never happens, and values of the facts."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of one property on one process."""

    holds: bool | None
    path: Path | None = None
    states: int = 0


@dataclass
class _Found:
    keys: list[tuple[int, int]] = field(default_factory=list)
    came_from: list[tuple[int, int]] = field(default_factory=list)
    successors: list[list[int]] = field(default_factory=list)
    turns: list[list[int]] = field(default_factory=list)


class Product:
    """Searches breadth first, so that what it shows is as short as can be."""

    def __init__(
        self,
        steps: Steps,
        monitor: Monitor,
        *,
        never: Sequence[Monitor] = (),
        facts: Sequence[Fact] = (),
        idle: Sequence[bool] = (),
    ) -> None:
        """Take what is to be searched.

        Args:
            steps: the process.
            monitor: the property.
            never: what the application keeps from happening; such steps are left out.
            facts: the values that it keeps.
            idle: by step, whether nobody need ever bring it about.
        """
        self._steps = steps
        self._idle = idle or [False] * len(steps.labels)
        self._monitors = (monitor, *never)
        self._monitor = monitor
        self._facts = tuple(facts)
        self._letters = [self._read(turn) for turn in range(len(steps.labels))]
        self._touching = [
            any(s.event.may(la) for f in self._facts for s in f.settings for la in labels)
            for labels in steps.labels
        ]
        named = {fact.name for fact in self._facts}
        self._guards = [one if one and one.reads(named) else None for one in steps.guards]
        fixed = {fact.name[0]: fact.initially for fact in self._facts if _is_fixed(fact)}
        self._barred = [
            any(fixed.get(name, value) != value for name, value in step.values)
            for step in steps.machine.net.transitions
        ]
        self._means = [self._matters(turn) for turn in range(len(steps.labels))]
        start = (0, (0,) * len(never), tuple(fact.initially for fact in self._facts))
        self._controls: list[_Control] = [start]
        self._numbers: dict[_Control, int] = {start: 0}
        self._moves: dict[tuple[int, int], int] = {}

    def _read(self, turn: int) -> tuple[int, ...]:
        """Return what a step means to each monitor."""
        return tuple(one.letter(turn, self._steps.labels[turn]) for one in self._monitors)

    def _matters(self, turn: int) -> bool:
        """Tell whether a step may be left out, or change what is kept beside the state."""
        moves = self._touching[turn] or any(self._letters[turn])
        return moves or self._barred[turn] or self._guards[turn] is not None

    def answer(self, budget: int, until: float = inf) -> Answer:
        """Decide the property, or tell that the budget of states, or the time, did not do."""
        found = _Found([(self._steps.machine.initial, 0)], [(-1, -1)], [[]], [[]])
        numbers = {found.keys[0]: 0}
        at = 0
        try:
            while at < len(found.keys):
                if len(found.keys) > budget or thread_time() > until:
                    return Answer(None, states=len(found.keys))
                broken = self._follow(at, found, numbers)
                if broken is not None:
                    return Answer(False, self._path(found, at, broken), len(found.keys))
                at += 1
        except FieldFull:
            return Answer(None, states=len(found.keys))
        return self._owed(found)

    def _follow(self, at: int, found: _Found, numbers: dict[tuple[int, int], int]) -> int | None:
        """Add what follows a state; return a transition that breaks the property, if one does."""
        state, control = found.keys[at]
        for turn, after in self._steps.after(state):
            moved = self.moved(control, turn)
            if moved == BROKEN:
                return turn
            if moved == PRUNED:
                continue
            key = (after, moved)
            number = numbers.get(key)
            if number is None:
                number = numbers[key] = len(found.keys)
                found.keys.append(key)
                found.came_from.append((at, turn))
                found.successors.append([])
                found.turns.append([])
            found.successors[at].append(number)
            found.turns[at].append(turn)
        return None

    def moved(self, control: int, turn: int) -> int:
        """Return the control state after a transition, by its number; BROKEN, or PRUNED."""
        if not self._means[turn]:
            return control
        known = self._moves.get((control, turn))
        if known is None:
            known = self._moves[control, turn] = self._move(self._controls[control], turn)
        return known

    def _move(self, control: _Control, turn: int) -> int:
        state, bars, values = control
        guard = self._guards[turn]
        if self._barred[turn]:
            return PRUNED
        if guard is not None and not guard.open(self._named(values)):
            return PRUNED
        letter, *others = self._letters[turn]
        barred = tuple(
            one.step(bar, other) if other else bar
            for one, bar, other in zip(self._monitors[1:], bars, others, strict=True)
        )
        if BROKEN in barred:
            return PRUNED
        after = self._monitor.step(state, letter) if letter else state
        if after == BROKEN:
            return BROKEN
        labels = self._steps.labels[turn]
        if self._touching[turn]:
            values = tuple(
                fact.after(value, labels) for fact, value in zip(self._facts, values, strict=True)
            )
        return self._number((after, barred, values))

    def _named(self, values: tuple[Value, ...]) -> dict[tuple[str, ...], Value]:
        named: dict[tuple[str, ...], Value] = {}
        for fact, value in zip(self._facts, values, strict=True):
            if value is not None:
                named[fact.name] = value
        return named

    def _number(self, control: _Control) -> int:
        number = self._numbers.setdefault(control, len(self._controls))
        if number == len(self._controls):
            self._controls.append(control)
        return number

    def _owed(self, found: _Found) -> Answer:
        """Decide what is owed: it must be in reach wherever it is owed."""
        states = [self._controls[control][0] for _, control in found.keys]
        pending = [self._monitor.pending(state) for state in states]
        if not any(pending):
            return Answer(True, states=len(states))
        reached = self._reaching(found, states, pending)
        stuck = next((n for n, owed in enumerate(pending) if owed and not reached[n]), None)
        if stuck is None:
            return Answer(True, states=len(states))
        return Answer(False, self._steps.path(list(_back(found, stuck))[::-1]), len(states))

    def _reaching(
        self, found: _Found, states: Sequence[int], pending: Sequence[bool]
    ) -> list[bool]:
        """Tell of each state whether what is owed can still be done, or is being lifted.

        No message from outside and nothing idle counts as a way of doing it, unless it is itself
        what is owed; and it is being lifted only where the machine is at it, without anybody.
        """
        paid = [n for n, state in enumerate(states) if self._monitor.paid(state)]
        gone = [
            n for n, state in enumerate(states) if not pending[n] and not self._monitor.paid(state)
        ]
        own = [self._is_own(turn) for turn in range(len(self._steps.labels))]
        waits = self._steps.waits
        ways: list[list[int]] = []
        lifting: list[list[int]] = []
        for owed, after, turns in zip(pending, found.successors, found.turns, strict=True):
            pairs = list(zip(after, turns, strict=True)) if owed else []
            ways.append([number for number, turn in pairs if own[turn]])
            lifting.append([number for number, turn in pairs if not waits[turn]])
        done, lifted = leads_to(ways, paid), leads_to(lifting, gone)
        return [one or other for one, other in zip(done, lifted, strict=True)]

    def _is_own(self, turn: int) -> bool:
        """Tell whether a step waits for nobody outside, or pays what is owed itself."""
        labels = self._steps.labels[turn]
        if not self._idle[turn] and not any(label.kind == "received" for label in labels):
            return True
        letter = self._letters[turn][0]
        return any(
            self._monitor.pending(state) and self._monitor.paid(self._monitor.step(state, letter))
            for state in range(_MOST_STATES)
        )

    def _path(self, found: _Found, number: int, last: int) -> Path:
        return self._steps.path([*list(_back(found, number))[::-1], last])


def _is_fixed(fact: Fact) -> bool:
    """Tell whether a fact says what a flag of the token always is."""
    return len(fact.name) == 1 and not fact.settings and fact.initially is not None


def _back(found: _Found, number: int) -> Iterator[int]:
    """Yield the transitions that lead to a state, the last one first."""
    while number > 0:
        number, turn = found.came_from[number]
        yield turn
