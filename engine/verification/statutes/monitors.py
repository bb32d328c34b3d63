"""A small automaton for each pattern: it reads the steps of a path and says when one breaks it.

A step becomes a letter, a few bits that say which of its events may or must have happened. What
breaks a property counts when it may have happened, what keeps it only when it must have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from engine.verification.statutes.events import Event, Label, any_may, any_must

BROKEN: Final = -1

Alternatives = tuple[Event, ...]
"""Any one of these."""


class Monitor(Protocol):
    """Reads letters; its states are small whole numbers, the first is 0."""

    def letter(self, turn: int, labels: Sequence[Label]) -> int:
        """Return what a step means to it, by its number too; 0 where it means nothing."""
        ...

    def step(self, state: int, letter: int) -> int:
        """Return the next state, or BROKEN."""
        ...

    def pending(self, state: int) -> bool:
        """Tell whether something is still owed in a state."""
        ...

    def paid(self, state: int) -> bool:
        """Tell whether what was owed has been done."""
        ...


_BAD, _FORGET, _FIRST = 1, 2, 4
_PAY = _BAD
_OWED, _PAID, _GONE = 1, 2, 3


@dataclass(frozen=True)
class Precedence:
    """`event` only after every one of `needs`, each since `since` happened last."""

    event: Alternatives
    needs: tuple[Alternatives, ...]
    since: Alternatives = ()

    def letter(self, turn: int, labels: Sequence[Label]) -> int:
        """Bits: the event, the reset, then each need."""
        found = _BAD * any_may(self.event, labels) | _FORGET * any_may(self.since, labels)
        for number, need in enumerate(self.needs):
            found |= (_FIRST << number) * any_must(need, labels)
        return found

    def step(self, state: int, letter: int) -> int:
        """Keep which needs were met."""
        if letter & _BAD and state != (1 << len(self.needs)) - 1:
            return BROKEN
        kept = 0 if letter & _FORGET else state
        return kept | letter // _FIRST

    def pending(self, state: int) -> bool:
        """Nothing is ever owed."""
        return False

    def paid(self, state: int) -> bool:
        """Nothing is ever paid."""
        return False


@dataclass(frozen=True)
class Absence:
    """`event` never, or never after `after` until `until`."""

    event: Alternatives
    after: Alternatives = ()
    until: Alternatives = ()

    def letter(self, turn: int, labels: Sequence[Label]) -> int:
        """Bits: the event, the end of what is watched, its beginning."""
        return (
            _BAD * any_may(self.event, labels)
            | _FORGET * any_must(self.until, labels)
            | _FIRST * any_may(self.after, labels)
        )

    def step(self, state: int, letter: int) -> int:
        """Keep whether the event is barred."""
        barred = state or not self.after
        if letter & _BAD and barred:
            return BROKEN
        if letter & _FIRST:
            return 1
        return 0 if letter & _FORGET else state

    def pending(self, state: int) -> bool:
        """Nothing is ever owed."""
        return False

    def paid(self, state: int) -> bool:
        """Nothing is ever paid."""
        return False


@dataclass(frozen=True)
class Barred(Absence):
    """The same as what is taken for granted: it leaves out only what certainly never happens.

    An event that only may be the one barred stays, and so does whatever follows one that only may
    have barred it; the bar is gone as soon as it may have ended.
    """

    def letter(self, turn: int, labels: Sequence[Label]) -> int:
        """Bits: certainly the event, perhaps the end of the watch, certainly its beginning."""
        return (
            _BAD * any_must(self.event, labels)
            | _FORGET * any_may(self.until, labels)
            | _FIRST * any_must(self.after, labels)
        )

    def step(self, state: int, letter: int) -> int:
        """Keep whether the event is barred; what begins and may end it in one step ends it."""
        if letter & _BAD and (state or not self.after):
            return BROKEN
        if letter & _FORGET:
            return 0
        return 1 if letter & _FIRST else state


@dataclass(frozen=True)
class Response:
    """After `after`, `event` follows before the process ends, or one of `unless` ends the duty."""

    after: Alternatives
    event: Alternatives
    unless: Alternatives = ()

    def letter(self, turn: int, labels: Sequence[Label]) -> int:
        """Bits: the answer, what ends the duty, the trigger."""
        return (
            _PAY * any_must(self.event, labels)
            | _FORGET * any_must(self.unless, labels)
            | _FIRST * any_may(self.after, labels)
        )

    def step(self, state: int, letter: int) -> int:
        """Keep whether the answer is owed; one step may ask and answer."""
        if letter & _PAY:
            return _PAID
        if letter & _FORGET:
            return _GONE
        return _OWED if letter & _FIRST else state

    def pending(self, state: int) -> bool:
        """Tell whether the answer is owed."""
        return state == _OWED

    def paid(self, state: int) -> bool:
        """Tell whether the answer was given."""
        return state == _PAID


@dataclass(frozen=True)
class Once:
    """`event` exactly once before the process ends; one of `unless` ends the duty."""

    event: Alternatives
    unless: Alternatives = ()

    def letter(self, turn: int, labels: Sequence[Label]) -> int:
        """Bits: it may have happened, the end of the duty, it certainly happened."""
        return (
            _BAD * any_may(self.event, labels)
            | _FORGET * any_must(self.unless, labels)
            | _FIRST * any_must(self.event, labels)
        )

    def step(self, state: int, letter: int) -> int:
        """Keep whether it is owed, may have happened, has happened, or is owed no more."""
        if letter & _BAD:
            if state in (_OWED, _PAID):
                return BROKEN
            return _PAID if letter & _FIRST else _OWED
        return _GONE if letter & _FORGET and state == 0 else state

    def pending(self, state: int) -> bool:
        """Tell whether it has not certainly happened yet."""
        return state in (0, _OWED)

    def paid(self, state: int) -> bool:
        """Tell whether it has happened."""
        return state == _PAID
