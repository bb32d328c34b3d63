"""What a run leaves: raw figures of steps, bodies, queues and cases."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field


def _seconds() -> array[int]:
    return array("q")


@dataclass(slots=True)
class StepRecord:
    """What became of one human task in all cases."""

    pool: str = ""
    opened: int = 0
    done: int = 0
    taken_away: int = 0
    late: int = 0
    limited: int = 0
    """How many of those done had a limit; `late` counts those of them done after it."""

    queued: array[int] = field(default_factory=_seconds)
    """Seconds of working hours from being ready until somebody began."""

    waited: array[int] = field(default_factory=_seconds)
    """Seconds by the clock from opening until somebody began."""

    lasted: array[int] = field(default_factory=_seconds)
    """Seconds by the clock from opening until it was done."""

    def take_in(self, other: StepRecord) -> None:
        """Count another run's too."""
        self.pool = self.pool or other.pool
        self.opened += other.opened
        self.done += other.done
        self.taken_away += other.taken_away
        self.late += other.late
        self.limited += other.limited
        self.queued.extend(other.queued)
        self.waited.extend(other.waited)
        self.lasted.extend(other.lasted)


@dataclass(slots=True)
class PoolRecord:
    """How the people of one body fared."""

    staff: int
    worked: int = 0
    """Seconds of work that was begun while cases came in."""

    open_hours: int = 0
    """Seconds of working hours of one person in the time that cases came in."""

    queued: array[int] = field(default_factory=_seconds)
    lengths: array[int] = field(default_factory=_seconds)
    """How many tasks waited for somebody, sampled; of one run alone."""

    def take_in(self, other: PoolRecord) -> None:
        """Count another run's too."""
        self.worked += other.worked
        self.open_hours += other.open_hours
        self.queued.extend(other.queued)


@dataclass(slots=True)
class RunRecord:
    """One run of many cases."""

    cases: list[Mapping[str, object]] = field(default_factory=list)
    steps: dict[tuple[str, str], StepRecord] = field(default_factory=dict)
    pools: dict[str, PoolRecord] = field(default_factory=dict)
    visits: dict[tuple[str, str], int] = field(default_factory=dict)
    """How often a token came to an element, by process and id."""

    samples: list[int] = field(default_factory=list)
    open_cases: list[int] = field(default_factory=list)
    """Cases under way at each sample."""

    unfinished: int = 0
    astray: int = 0
    """Messages that nobody waited for."""

    stuck: dict[tuple[str, str], int] = field(default_factory=dict)
    """How many tokens found nothing open behind an element, by process and id."""

    ended_at: int = 0

    def take_in(self, other: RunRecord) -> None:
        """Count another run's too; what was sampled stays that of this one."""
        self.cases.extend(other.cases)
        self.unfinished += other.unfinished
        self.astray += other.astray
        for element, count in other.stuck.items():
            self.stuck[element] = self.stuck.get(element, 0) + count
        for key, step in other.steps.items():
            self.steps.setdefault(key, StepRecord()).take_in(step)
        for name, pool in other.pools.items():
            self.pools.setdefault(name, PoolRecord(pool.staff)).take_in(pool)
        for element, count in other.visits.items():
            self.visits[element] = self.visits.get(element, 0) + count
