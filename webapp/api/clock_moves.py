"""Moves a virtual clock from date to date, so that everything happens when it falls due."""

from __future__ import annotations

import re
import threading
from datetime import datetime, timedelta

from engine import clock
from engine.clock import VirtualClock
from engine.errors import Conflict, Invalid
from engine.work.runtime import Runtime

FARTHEST = timedelta(days=3660)
MOST_ROUNDS = 10_000
_DURATION = re.compile(
    r"P(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,5})D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d{1,6})H)?(?:(?P<minutes>\d{1,8})M)?(?:(?P<seconds>\d{1,9})S)?)?",
    re.ASCII,
)
_moving = threading.Lock()


def duration_of(text: str) -> timedelta:
    """Return an ISO 8601 duration of weeks, days, hours, minutes, seconds; raise Invalid."""
    found = _DURATION.fullmatch(text)
    parts = {k: int(v) for k, v in found.groupdict().items() if v} if found else {}
    if not parts:
        raise Invalid.at(
            "advance",
            f"Expected a duration such as P3D or PT12H, but it is {text!r}",
            f"应为 ISO 8601 时长，如 P3D、PT12H，现为 {text}",
        )
    return timedelta(**parts)


def move(runtime: Runtime, virtual: VirtualClock, *, to: datetime | timedelta) -> int:
    """Move to an instant, or by a duration, firing what falls due on the way at its own time.

    Returns:
        How many cases were settled, each as often as something of it fell due.
    """
    with _moving:
        target = virtual.now() + to if isinstance(to, timedelta) else to
        _check(virtual.now(), target)
        fired = 0
        for _ in range(MOST_ROUNDS):
            due = runtime.next_due()
            if due is None or due > target:
                virtual.set(target)
                return fired
            virtual.set(max(due, virtual.now()))
            fired += runtime.fire_due(limit=1)
    raise Conflict(
        f"Expected the cases to come to rest within {MOST_ROUNDS} dates, but they do not",
        "到期事项过多，时钟未能到达指定时间",
    )


def _check(now: datetime, target: datetime) -> None:
    if target < now:
        raise Invalid.at(
            "now",
            f"Expected an instant from {clock.beijing(now).isoformat()} on, but it is earlier",
            "时钟不能倒拨",
        )
    if target - now > FARTHEST:
        raise Invalid.at(
            "advance",
            f"Expected at most {FARTHEST.days} days at once, but it is more",
            f"一次最多前进 {FARTHEST.days} 天",
        )
