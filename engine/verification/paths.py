"""Makes a counterexample that can be played on the diagram: steps, flows taken, tokens after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from engine.verification.machine import Machine
from engine.verification.names import Value
from engine.verification.net import Kind, Transition

_UNDRAWN: Final = frozenset({Kind.INITIAL, Kind.PROCESS})


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path and the tokens after it, by the ids of what they lie on."""

    action: str
    elements: tuple[str, ...]
    flows: tuple[str, ...]
    tokens: tuple[str, ...]
    values: tuple[tuple[str, Value], ...] = ()
    """Names that it wrote, or that a condition read."""
    shown: tuple[str, ...] = ()
    """Elements that a reader sees done: a task when it ends, if it does."""


@dataclass(frozen=True, slots=True)
class Path:
    """A way from the start to a violation."""

    elements: tuple[str, ...]
    steps: tuple[Step, ...]


def shown(machine: Machine, turns: Sequence[int]) -> Path:
    """Return transitions, played from the start, as a path."""
    state = machine.initial
    steps: list[Step] = []
    seen = _elements(machine, [machine.net.transitions[turn] for turn in turns])
    for turn, elements in zip(turns, seen, strict=True):
        state = machine.fire(state, turn)
        done = machine.net.transitions[turn]
        tokens = tuple(_tokens(machine, state))
        values = tuple(dict(done.values).items())
        steps.append(Step(done.action, done.elements, done.flows, tokens, values, elements))
    return Path(tuple(element for elements in seen for element in elements), tuple(steps))


def shortened(machine: Machine, turns: Sequence[int]) -> list[int]:
    """Leave out what the last transition can do without, and still grow the same places."""
    kept = list(turns)
    for position in range(len(turns) - 2, -1, -1):
        fewer = kept[:position] + kept[position + 1 :]
        if _plays(machine, fewer, kept):
            kept = fewer
    return kept


def _plays(machine: Machine, fewer: Sequence[int], kept: Sequence[int]) -> bool:
    before = _before_last(machine, fewer)
    wanted = machine.grows[kept[-1]]
    original = _before_last(machine, kept)
    return before is not None and original is not None and before & wanted == original & wanted


def _before_last(machine: Machine, turns: Sequence[int]) -> int | None:
    """Return the state in which the last transition can happen, or None if one cannot."""
    state = machine.initial
    for turn in turns[:-1]:
        if not machine.can(state, turn):
            return None
        state = machine.fire(state, turn)
    return state if machine.can(state, turns[-1]) else None


def _tokens(machine: Machine, state: int) -> Iterator[str]:
    for place in machine.marked(state & ~machine.books):
        if machine.net.places[place].kind not in _UNDRAWN:
            element = machine.net.places[place].element
            yield from [element] * machine.count(state, place)


def _elements(machine: Machine, turns: Sequence[Transition]) -> list[tuple[str, ...]]:
    """Return of each step the ids that are done by it: a task when it ends, if it does.

    A task beside which something happens is shown when it begins.
    """
    shown: list[tuple[str, ...]] = []
    begun: dict[str, list[int]] = {}
    for number, turn in enumerate(turns):
        name = turn.elements[0] if turn.elements else ""
        shown.append(turn.elements)
        if turn.action == "begin" and _is_simple(machine, turn):
            begun.setdefault(name, []).append(number)
        elif turn.action == "aside":
            begun[name] = []
            shown[number] = turn.elements[1:]
        elif turn.action in {"end", "interrupt"} and begun.get(name):
            shown[begun[name].pop(0)] = ()
        elif turn.action in {"interrupt", "complete"} or name in begun:
            shown[number] = turn.elements[1:]
    return shown


def _is_simple(machine: Machine, turn: Transition) -> bool:
    places = machine.net.places
    return bool(turn.produce) and places[turn.produce[0]].kind is Kind.ACTIVITY
