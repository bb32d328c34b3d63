"""What comes of the passing of time alone: tokens that no person has moved since a date passed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.verification.machine import Machine
from engine.verification.net import Kind
from engine.verification.statutes.events import Event, Label, any_may
from engine.verification.statutes.monitors import BROKEN


@dataclass(frozen=True)
class Unattended:
    """`event` never follows from a date or a message of the machine before a person has acted.

    A token is marked when a date moves it, and no longer once it has passed what `by` names: acts
    that decide on the event. Its state is the places that hold marked tokens. Whatever goes on
    from several tokens is marked if one of them is: a join, and what a scope leaves behind.
    """

    machine: Machine
    event: tuple[Event, ...]
    of_people: frozenset[str]
    """Messages that somebody sends by an act."""
    by: tuple[Event, ...] = ()
    """What counts as a person acting; any act and any message of people if none is named."""

    def letter(self, turn: int, labels: Sequence[Label]) -> int:
        """Every step matters; what it does stands in its last two bits."""
        timed = any(self._is_of_time(label) for label in labels)
        human = any(self._is_by_person(label) for label in labels)
        moved = _TIMED if timed else _HUMAN if human else 0
        return (turn << 3 | moved | _EVENT * any_may(self.event, labels)) + 1

    def step(self, state: int, letter: int) -> int:
        """Return the marked places after a step."""
        letter -= 1
        turn = letter >> 3
        machine = self.machine
        transition = machine.net.transitions[turn]
        marked = bool(letter & _TIMED) or self._is_marked(state, turn)
        if letter & _EVENT and marked and not letter & _HUMAN:
            return BROKEN
        taken = machine.mask(transition.consume) | machine.clears[turn]
        if transition.join is not None:
            taken |= machine.mask(transition.join.incoming)
        kept = state & ~taken
        put = machine.mask(p for p in transition.produce if not self._is_value(p))
        return kept & ~put if letter & _HUMAN or not marked else kept | put

    def pending(self, state: int) -> bool:
        """Nothing is ever owed."""
        return False

    def paid(self, state: int) -> bool:
        """Nothing is ever paid."""
        return False

    def _is_value(self, place: int) -> bool:
        return self.machine.net.places[place].kind is Kind.VALUE

    def _is_of_time(self, label: Label) -> bool:
        return label.kind == "timer" or (
            label.kind == "received" and label.name not in self.of_people
        )

    def _is_by_person(self, label: Label) -> bool:
        """Tell whether somebody acts; what designers name themselves decides nothing."""
        if label.kind == "act" and (not label.name or label.name.startswith(_OWN)):
            return False
        if self.by:
            return any(event.must(label) for event in self.by)
        return label.kind == "act" or (label.kind == "received" and label.name in self.of_people)

    def _is_marked(self, state: int, turn: int) -> bool:
        machine = self.machine
        transition = machine.net.transitions[turn]
        if transition.join is not None:
            return bool(state & machine.mask(transition.join.incoming))
        if transition.action == "complete":
            return bool(state & machine.clears[turn])
        moved = [p for p in transition.consume if machine.net.places[p].kind not in _STANDING]
        return any(state & machine.fields[place] for place in moved)


_OWN = "own."
_TIMED, _HUMAN, _EVENT = 1, 2, 4
_STANDING = frozenset({Kind.RUN, Kind.PROCESS, Kind.BOOK, Kind.INITIAL, Kind.MESSAGE, Kind.VALUE})
