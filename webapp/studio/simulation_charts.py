"""Drawings of a simulation: points, worked out here so that the page needs no script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

WIDTH: Final = 720
HEIGHT: Final = 200
_LEFT, _TOP, _FOOT = 44, 12, 28
_MARKS: Final = 6
INTERVAL_WIDTH: Final = 160
_HALF: Final = INTERVAL_WIDTH / 2
_MARGIN: Final = 6


@dataclass(frozen=True)
class Mark:
    """A mark on the ground of a chart."""

    at: float
    words: str


@dataclass(frozen=True)
class QueueChart:
    """Two lines over the days, on one scale."""

    opened: str
    waiting: str
    most_open: int
    most_waiting: int
    levels: Sequence[Mark]
    days: Sequence[Mark]


@dataclass(frozen=True)
class IntervalDrawing:
    """A difference with its interval around zero, in the middle."""

    low: float
    high: float
    at: float


def queue_chart(points: Sequence[Mapping[str, Any]]) -> QueueChart | None:
    """Return the chart of what was under way and what waited; None for fewer than two points."""
    if len(points) < 2:  # noqa: PLR2004 a line needs two
        return None
    most = max(max(int(one["open"]), int(one["waiting"])) for one in points) or 1
    last = int(points[-1]["day"]) or 1

    def x(day: int) -> float:
        return round(_LEFT + (WIDTH - _LEFT - _MARGIN) * day / last, 1)

    def y(value: int) -> float:
        return round(HEIGHT - _FOOT - (HEIGHT - _FOOT - _TOP) * value / most, 1)

    def line(name: str) -> str:
        return " ".join(f"{x(int(one['day']))},{y(int(one[name]))}" for one in points)

    step = max(1, len(points) // _MARKS)
    return QueueChart(
        opened=line("open"),
        waiting=line("waiting"),
        most_open=max(int(one["open"]) for one in points),
        most_waiting=max(int(one["waiting"]) for one in points),
        levels=[Mark(y(value), str(value)) for value in sorted({0, most // 2, most})],
        days=[Mark(x(int(one["day"])), str(int(one["day"]) + 1)) for one in points[::step]],
    )


def interval_drawing(
    difference: float, low: float | None, high: float | None
) -> IntervalDrawing | None:
    """Return the drawing of a difference; None where there is no interval."""
    if low is None or high is None:
        return None
    most = max(abs(low), abs(high)) or 1.0

    def x(value: float) -> float:
        return round(_HALF + (_HALF - _MARGIN) * value / most, 1)

    return IntervalDrawing(x(low), x(high), x(difference))
