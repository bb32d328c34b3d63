"""Where the tokens of a case are: frames with what waits in them, and the flags tokens carry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from engine.simulation.plan import Body, Step

Marks = dict[str, tuple[int, object]]
"""Flags of a token: each with a number that tells when it was written."""

NOTHING: Final[Marks] = {}


def plain(marks: Marks) -> dict[str, object]:
    """Return flags without their numbers."""
    return {name: value for name, (_, value) in marks.items()}


def marked(marks: Marks, values: Mapping[str, object], stamp: int) -> Marks:
    """Return flags with some written now."""
    return marks | {name: (stamp, value) for name, value in values.items()} if values else marks


def merged(tokens: Iterable[Marks]) -> Marks:
    """Return the flags of tokens that meet: of each name what was written last."""
    found: Marks = {}
    for marks in tokens:
        for name, mark in marks.items():
            if name not in found or found[name][0] < mark[0]:
                found[name] = mark
    return found


@dataclass(slots=True)
class Cycle:
    """A timer that comes every so many seconds; `left` is None where it does so for ever."""

    every: int
    left: int | None


class Wait:
    """A token that rests at an element, or an event that is armed beside it."""

    __slots__ = (
        *("cycle", "due", "frame", "host", "inner", "item"),
        *("last", "live", "marks", "opened", "serial", "step"),
    )

    def __init__(self, frame: Frame, step: Step, marks: Marks, opened: int) -> None:
        """Let a token rest."""
        self.frame, self.step, self.marks, self.opened = frame, step, marks, opened
        self.live = True
        self.host: Wait | None = None
        """The activity or event gateway that this one is armed for."""
        self.inner: Frame | None = None
        self.item: object = None
        self.due: int | None = None
        self.serial = 0
        self.cycle: Cycle | None = None
        self.last: int | None = None
        """The date at which a repeated timer came last."""


class Frame:
    """One run of a process or sub-process."""

    __slots__ = ("arrived", "body", "holder", "left", "live", "root", "tokens", "waits")

    def __init__(self, body: Body, holder: Wait | None, root: Frame | None) -> None:
        """Begin a run; `holder` is the activity that it runs for."""
        self.body, self.holder = body, holder
        self.root: Frame = root or self
        self.live = True
        self.tokens = 0
        self.waits: list[Wait] = []
        self.arrived: dict[str, list[tuple[str, Marks]]] = {}
        """Tokens that stand before a join: the flow that each came by, and its flags."""
        self.left: list[Marks] = []
        """Flags of the tokens that have ended."""

    def resting(self) -> Iterator[Wait]:
        """Yield what waits here and in the frames within, armed events included."""
        for wait in self.waits:
            if wait.live:
                yield wait
                if wait.inner is not None:
                    yield from wait.inner.resting()

    def sweep(self) -> None:
        """Forget what waits no more."""
        self.waits = [wait for wait in self.waits if wait.live]
