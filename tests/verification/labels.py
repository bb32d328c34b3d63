"""Says what a step of a diagram means to the people in it: which act was done, with which outcome.

Whoever judges the order of acts walks the transitions of a machine and asks here what each did.
Outcomes are told apart for the elements in `Names.watched`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from engine.verification.names import Names, Value
from engine.verification.net import Transition

_LATER: Final = frozenset({"begin", "interrupt", "aside"})
"""Steps whose first element is not done by them: it begins, or is left."""

_SILENT: Final = frozenset({"wait", "split"})


@dataclass(frozen=True, slots=True)
class Done:
    """An element that a step completed, with its act and outcome, empty and None without any."""

    element: str
    act: str = ""
    outcome: Value = None

    @property
    def label(self) -> str:
        """The act with its outcome, `act[outcome]`; the id of an element without an act."""
        if not self.act:
            return self.element
        return f"{self.act}[{self.outcome}]" if self.outcome is not None else self.act


def done(step: Transition, names: Names) -> Iterator[Done]:
    """Yield what a step completes, in order: tasks that end, events that occur, gateways."""
    if step.action in _SILENT:
        return
    elements = step.elements[1:] if step.action in _LATER else step.elements
    written = dict(step.values)
    for position, element in enumerate(elements):
        own = position == 0 and step.action not in _LATER
        outcome = written.get(names.outcomes.get(element, "")) if own else None
        yield Done(element, names.acts.get(element, ""), outcome)
