"""Decides what can be decided where tokens pile up without end.

Three tokens in a place stand for three or more. A step that takes one of them leads both to a
state with three and to one with two, so everything that can really happen happens here too, and
perhaps more. What does not happen here never happens: a completed state that cannot be reached,
an end event never reached twice, an activity never executed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.verification.components import leads_to
from engine.verification.machine import Machine
from engine.verification.net import Kind, Mark
from engine.verification.properties import Verdicts
from engine.verification.search import Space

WIDTH = 2
"""Bits of a place here: none, one, two, or three and more."""


@dataclass(slots=True)
class _Saturated:
    states: list[int] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)
    successors: list[list[int]] = field(default_factory=list)
    least: list[list[int]] = field(default_factory=list)
    """Successors where three are taken as three: what is there at least can really be done."""
    ends: set[int] = field(default_factory=set)
    happens: set[int] = field(default_factory=set)
    doubled: int = 0
    """Bits of the flows that may get a second token."""

    def number(self, state: int) -> int:
        found = self.numbers.setdefault(state, len(self.states))
        if found == len(self.states):
            self.states.append(state)
            self.successors.append([])
            self.least.append([])
        return found


def sharpened(
    verdicts: Verdicts, machine: Machine, exact: Machine, space: Space, budget: int
) -> Verdicts:
    """Return verdicts with what is known of states that the search did not come to.

    Args:
        verdicts: what the search decided, which stays.
        machine: the net in `WIDTH` bits.
        exact: the net that was searched, with the same places.
        space: its states, as far as they were searched.
        budget: states to look at here; past it nothing is added.
    """
    found = _search(machine, budget)
    if found is None:
        return verdicts
    over = [number for number, state in enumerate(found.states) if machine.over(state)]
    completes = leads_to(found.successors, over)
    holds = dict(verdicts.holds)
    witnesses = dict(verdicts.witnesses)
    for name, never in (
        ("safe", not found.doubled),
        ("option_to_complete", _always_completes(machine, found)),
        ("proper_completion", not _marked(machine, found.happens)),
        ("no_leftover_message", not any(found.states[n] & machine.messages for n in over)),
    ):
        if holds[name] is None and never:
            holds[name] = True
    if holds["option_to_complete"] is None:
        doomed = _doomed(machine, exact, space, found, completes)
        if doomed is not None:
            holds["option_to_complete"] = False
            witnesses["option_to_complete"] = (doomed,)
    dead = verdicts.dead_activities
    if holds["no_dead_activity"] is None:
        turns = machine.net.transitions
        executed = {name for turn in found.happens for name in turns[turn].executes}
        dead = tuple(name for name in machine.net.activities if name not in executed)
        holds["no_dead_activity"] = False if dead else None
    return Verdicts(holds, witnesses, dead, verdicts.double_activities)


def _marked(machine: Machine, happens: set[int]) -> bool:
    return any(machine.net.transitions[turn].mark is Mark.TWICE for turn in happens)


def _always_completes(machine: Machine, found: _Saturated) -> bool:
    """Tell whether every state can complete, where nothing but messages piles up.

    More messages than three hinder nothing that three allow, unless one begins a pool.
    """
    beginning = {
        place
        for turn in machine.net.transitions
        if turn.action == "start"
        for place in turn.consume
    }
    for place in machine.net.places:
        full = machine.fields[place.id]
        harmless = place.kind is Kind.MESSAGE and place.id not in beginning
        if not harmless and any(state & full == full for state in found.states):
            return False
    over = [number for number in found.ends if machine.over(found.states[number])]
    return all(leads_to(found.least, over))


def _doomed(
    machine: Machine, exact: Machine, space: Space, found: _Saturated, completes: Sequence[bool]
) -> int | None:
    """Return the first state really reached, once begun, from which nothing completes."""
    for number, state in enumerate(space.states):
        if number == 0 and space.states[1:]:
            continue
        counts = ((place, exact.count(state, place)) for place in exact.marked(state))
        most = (1 << WIDTH) - 1
        here = sum(machine.units[place] * min(count, most) for place, count in counts)
        known = found.numbers.get(here)
        if known is not None and not completes[known]:
            return number
    return None


def _search(machine: Machine, budget: int) -> _Saturated | None:
    found = _Saturated()
    found.number(machine.initial)
    flows = machine.mask(machine.net.of_kind({Kind.FLOW}))
    at = 0
    while at < len(found.states):
        if len(found.states) > budget:
            return None
        state = found.states[at]
        enabled = machine.enabled(state)
        if not enabled:
            found.ends.add(at)
        for turn in enabled:
            if machine.net.transitions[turn].mark is Mark.OVERFLOW:
                return None
            found.happens.add(turn)
            found.doubled |= state & machine.grows[turn] & flows
            after = [found.number(one) for one in _after(machine, state, turn)]
            found.successors[at] += after
            found.least[at].append(after[0])
        at += 1
    return found


def _after(machine: Machine, state: int, number: int) -> list[int]:
    turn = machine.net.transitions[number]
    states = [state]
    # What takes most comes first: three stand for three there.
    for place in turn.join.incoming if turn.join else turn.consume:
        full, unit = machine.fields[place], machine.units[place]
        taken = [one - unit for one in states if one & full]
        # One of three or more may leave three or more.
        states = taken + [one for one in states if one & full in {full, 0}]
    states = [one & ~machine.clears[number] for one in states]
    for place in turn.produce:
        full, unit = machine.fields[place], machine.units[place]
        states = [one if one & full == full else one + unit for one in states]
    return states
