"""A small coverage-guided fuzzer: what reaches code or a branch never reached before is kept.

Every input is run under a trace that notes which lines of the product follow each other, and
roughly how often. An input that shows a new pair is kept and changed further; all others are
thrown away. Findings are inputs that break what the target promises, take too long, or touch the
machine.
"""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from types import CodeType, FrameType
from typing import Any, Final, Generic, TypeVar

from tests.fuzzing.outside import Touched, watched

T = TypeVar("T")

ROOT: Final = Path(__file__).parents[2]
SLOW: Final = 1.0
"""Seconds of processor time that one input may take, measured without the trace."""

_SUSPECT: Final = 0.5
_RECENT: Final = 40
_MOST: Final = 25


@dataclass(frozen=True)
class Finding:
    """One input that must not be, and why."""

    why: str
    source: object


@dataclass
class Report:
    """What a run did."""

    name: str
    inputs: int = 0
    pairs: int = 0
    kept: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    findings: list[Finding] = field(default_factory=list)

    def line(self) -> str:
        """Return the report in one line."""
        return (
            f"{self.name}: {self.inputs} inputs in {self.seconds:.0f} s, {self.pairs} pairs of "
            f"lines reached, {self.kept} inputs kept, slowest {self.slowest * 1000:.0f} ms, "
            f"{len(self.findings)} findings"
        )


class Trace:
    """Notes which lines of some folders run after each other."""

    def __init__(self, folders: Sequence[str]) -> None:
        self.prefixes = tuple(str(ROOT / folder) for folder in folders)
        self.seen: dict[tuple[int, int, int], int] = {}
        self._ours: dict[CodeType, bool] = {}

    def _enter(self, frame: FrameType, event: str, argument: object) -> Any:
        code = frame.f_code
        ours = self._ours.get(code)
        if ours is None:
            ours = self._ours[code] = code.co_filename.startswith(self.prefixes)
        return self._follow(id(code)) if ours else None

    def _follow(self, code: int) -> Callable[..., Any]:
        before = 0
        seen = self.seen

        def line(frame: FrameType, event: str, argument: object) -> Any:
            nonlocal before
            if event == "line":
                pair = (code, before, frame.f_lineno)
                seen[pair] = seen.get(pair, 0) + 1
                before = frame.f_lineno
            return line

        return line

    def run(self, act: Callable[[], None]) -> set[tuple[int, int, int, int]]:
        """Do something; return the pairs of lines with how often each came, as a power of two."""
        self.seen.clear()
        before = sys.gettrace()
        sys.settrace(self._enter)
        try:
            act()
        finally:
            sys.settrace(before)
        return {(*pair, min(count.bit_length(), 6)) for pair, count in self.seen.items()}


class Guided(Generic[T]):
    """One target, what it is fed with, and what was kept so far."""

    def __init__(
        self,
        name: str,
        target: Callable[[T], None],
        seeds: Sequence[T],
        change: Callable[[Random, T, Sequence[T]], T],
        folders: Sequence[str],
        seed: int = 0,
    ) -> None:
        self.target, self.change = target, change
        self.random = Random(seed)  # noqa: S311 a walk, not a secret
        self.trace = Trace(folders)
        self.pairs: set[tuple[int, int, int, int]] = set()
        self.kept: list[T] = []
        self.report = Report(name)
        self.seeds = seeds

    def run(self, seconds: float, most: int = sys.maxsize) -> Report:
        """Fuzz for a time or a number of inputs, whichever ends first."""
        # What is made once, such as the tables of the grammar, is made before anything is watched.
        for source in self.seeds:
            with contextlib.suppress(Exception):
                self.target(source)
        began = time.monotonic()
        for source in self.seeds:
            self._one(source)
        self.kept = list(self.seeds)
        while time.monotonic() - began < seconds and self.report.inputs < most:
            self._one(self.change(self.random, self._parent(), self.kept))
        self.report.seconds = time.monotonic() - began
        self.report.pairs, self.report.kept = len(self.pairs), len(self.kept)
        return self.report

    def _parent(self) -> T:
        pool = self.kept[-_RECENT:] if self.random.random() < 0.5 else self.kept
        # Of two the shorter: long inputs are slow, and show little that a short one does not.
        return min(
            self.random.choice(pool), self.random.choice(pool), key=lambda one: len(str(one))
        )

    def _one(self, source: T) -> None:
        self.report.inputs += 1
        began = time.process_time()
        reached: set[tuple[int, int, int, int]] = set()
        try:
            with watched():
                reached = self.trace.run(lambda: self.target(source))
        except Touched as error:
            self._found(f"touched the machine: {error}", source)
        except Exception as error:  # noqa: BLE001 that is what is looked for
            self._found(f"{type(error).__name__}: {error}", source)
        if time.process_time() - began > _SUSPECT:
            self._time(source)
        if not reached <= self.pairs:
            self.pairs |= reached
            self.kept.append(source)

    def _time(self, source: T) -> None:
        began = time.process_time()
        try:
            self.target(source)
        except Exception:  # noqa: BLE001 told above
            return
        taken = time.process_time() - began
        self.report.slowest = max(self.report.slowest, taken)
        if taken > SLOW:
            self._found(f"took {taken:.1f} s", source)

    def _found(self, why: str, source: T) -> None:
        known = {finding.why[:60] for finding in self.report.findings}
        if why[:60] not in known and len(known) < _MOST:
            self.report.findings.append(Finding(why, source))
