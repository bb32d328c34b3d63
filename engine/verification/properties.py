"""Reads the soundness properties off a searched space: holds, violated, or not decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from engine.verification.components import bottom_components, leads_to
from engine.verification.machine import Machine
from engine.verification.net import Kind, Mark
from engine.verification.search import Space

PROPERTIES: Final = (
    "safe",
    "option_to_complete",
    "proper_completion",
    "no_dead_activity",
    "no_leftover_message",
)
WARNING: Final = "double_execution"

Witness = tuple[int, ...]
"""A state by its number, then a transition that shows the violation if one does."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What a space says of each property, with where to see a violation."""

    holds: Mapping[str, bool | None]
    witnesses: Mapping[str, Witness] = field(default_factory=dict)
    dead_activities: tuple[str, ...] = ()
    double_activities: tuple[str, ...] = ()

    def joined(self, other: Verdicts) -> Verdicts:
        """Return what two incomplete searches know together."""
        holds = {
            name: mine if mine is not None else other.holds[name]
            for name, mine in self.holds.items()
        }
        double = sorted({*self.double_activities, *other.double_activities})
        witnesses = {**other.witnesses, **self.witnesses}
        return Verdicts(holds, witnesses, self.dead_activities, tuple(double))


def judge(machine: Machine, space: Space, *, reduced: bool = False) -> Verdicts:
    """Return the verdicts of a space that was searched as far as it was.

    Args:
        machine: the net.
        space: its states.
        reduced: whether transitions were put off, so that a cycle says nothing before the end.
    """
    witnesses: dict[str, Witness] = {}
    finals = [n for n in space.dead_ends if machine.over(space.states[n])]
    stuck = _stuck(space, finals, cycles=space.complete or not reduced)
    if stuck is not None:
        witnesses["option_to_complete"] = (stuck,)
    left = [n for n in finals if space.states[n] & machine.messages]
    if left:
        witnesses["no_leftover_message"] = (min(left),)
    witnesses |= _seen_happening(machine, space)
    dead = _dead(machine, space)
    double = _double(machine, space)
    otherwise = True if space.complete else None
    holds = {name: False if name in witnesses else otherwise for name in PROPERTIES}
    if not machine.messages:
        holds["no_leftover_message"] = True
    holds["no_dead_activity"] = True if not dead else (False if space.complete else None)
    return Verdicts(holds, witnesses, dead if space.complete else (), double)


def watched(machine: Machine) -> int:
    """Return the bits of the places in which a second token is a finding."""
    return machine.mask(machine.net.of_kind({Kind.FLOW, Kind.ACTIVITY}))


def _stuck(space: Space, finals: list[int], *, cycles: bool) -> int | None:
    """Return a state from which nothing completes: one without any step if there is one."""
    doomed = leads_to(space.successors, [*finals, *space.open])
    if all(doomed):
        return None
    ends = [number for number in space.dead_ends if not doomed[number]]
    if ends:
        return min(ends)
    if not cycles:
        return None
    loops = (min(one) for one in bottom_components(space.successors) if not doomed[one[0]])
    return min(loops)


def _seen_happening(machine: Machine, space: Space) -> dict[str, Witness]:
    found: dict[str, Witness] = {}
    places = machine.net.places
    for place, (number, turn) in space.second_token.items():
        name = "safe" if places[place].kind is Kind.FLOW else WARNING
        found[name] = min(found.get(name, (number, turn)), (number, turn))
    for turn, number in space.first.items():
        mark = machine.net.transitions[turn].mark
        if mark is Mark.TWICE:
            witness = (number, turn)
            found["proper_completion"] = min(found.get("proper_completion", witness), witness)
        elif mark is Mark.DOUBLE:
            found[WARNING] = min(found.get(WARNING, (number, turn)), (number, turn))
    return found


def _dead(machine: Machine, space: Space) -> tuple[str, ...]:
    turns = machine.net.transitions
    executed = {name for turn in space.first for name in turns[turn].executes}
    return tuple(name for name in machine.net.activities if name not in executed)


def _double(machine: Machine, space: Space) -> tuple[str, ...]:
    places, turns = machine.net.places, machine.net.transitions
    found = [places[p].element for p in space.second_token if places[p].kind is Kind.ACTIVITY]
    found += [turns[t].elements[0] for t in space.first if turns[t].mark is Mark.DOUBLE]
    return tuple(sorted(set(found)))
