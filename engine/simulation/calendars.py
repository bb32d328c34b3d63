"""When people work: spans of seconds on the virtual clock, and sums over them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import Final, Protocol

DAY: Final = 86_400
HOUR: Final = 3_600


class Hours(Protocol):
    """Working hours."""

    def opens(self, at: int) -> int:
        """Return the first moment from `at` on at which work is done."""
        ...

    def after(self, at: int, work: int) -> int:
        """Return when some seconds of work will have been done from `at` on."""
        ...

    def between(self, begin: int, end: int) -> int:
        """Return how many seconds of work lie between two moments."""
        ...


class Always:
    """Day and night."""

    def opens(self, at: int) -> int:
        """Return the moment itself."""
        return at

    def after(self, at: int, work: int) -> int:
        """Return the moment plus the work."""
        return at + work

    def between(self, begin: int, end: int) -> int:
        """Return the length."""
        return max(0, end - begin)


class Spans:
    """Spans that follow one another; behind the last one work never stops."""

    __slots__ = ("_before", "_ends", "_starts", "_total")

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        """Take spans in their order, which do not overlap."""
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._before: list[int] = []
        self._total = 0
        for start, end in spans:
            self._starts.append(start)
            self._ends.append(end)
            self._before.append(self._total)
            self._total += end - start

    def opens(self, at: int) -> int:
        """Return the first moment from `at` on at which work is done."""
        place = bisect_right(self._starts, at) - 1
        if place >= 0 and at < self._ends[place]:
            return at
        return self._starts[place + 1] if place + 1 < len(self._starts) else at

    def after(self, at: int, work: int) -> int:
        """Return when some seconds of work will have been done from `at` on."""
        return self._at_sum(self._sum(at) + work) if work else self.opens(at)

    def between(self, begin: int, end: int) -> int:
        """Return how many seconds of work lie between two moments."""
        return max(0, self._sum(end) - self._sum(begin))

    def _sum(self, at: int) -> int:
        place = bisect_right(self._starts, at) - 1
        if place < 0:
            return 0
        if place == len(self._starts) - 1 and at > self._ends[place]:
            return self._total + at - self._ends[place]
        return self._before[place] + min(at, self._ends[place]) - self._starts[place]

    def _at_sum(self, done: int) -> int:
        if not self._starts or done > self._total:
            return (self._ends[-1] if self._ends else 0) + done - self._total
        place = bisect_right(self._before, done - 1) - 1
        return self._starts[place] + done - self._before[place]


def weekly(days: int, works: Callable[[int], bool], hours: Sequence[tuple[float, float]]) -> Spans:
    """Return the same hours on every day that is worked, of so many days from day 0 on."""
    return Spans(
        (day * DAY + round(start * HOUR), day * DAY + round(end * HOUR))
        for day in range(days)
        if works(day)
        for start, end in hours
    )
