"""People of one body: whoever is free takes the task with the earliest limit, else the oldest."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field

from engine.simulation.moving import Moving
from engine.simulation.tokens import Wait
from engine.simulation.world import Handling, Pool

_NEVER = 1 << 62


@dataclass(slots=True, eq=False)
class Item:
    """One task of one case on its way through a queue."""

    life: Moving
    wait: Wait
    handling: Handling
    opened: int
    ready: int | None = None
    began: int | None = None
    ends: int = 0
    live: bool = True


@dataclass(slots=True)
class Crew:
    """A pool at work."""

    pool: Pool
    busy: int = 0
    worked: int = 0
    """Seconds of working hours that people worked."""

    _queue: list[tuple[int, int, Item]] = field(default_factory=list)
    _order: int = 0
    queued: int = 0
    """How many tasks wait for somebody."""

    def offer(self, item: Item, now: int) -> bool:
        """Take a task that is ready; return whether somebody begins with it."""
        if self.busy < self.pool.staff:
            self._begin(item, now)
            return True
        self._order += 1
        limit = item.handling.limit
        heapq.heappush(self._queue, (_NEVER if limit is None else limit, self._order, item))
        self.queued += 1
        return False

    def free(self, item: Item, now: int) -> Item | None:
        """Let somebody go on to the next task, if one waits; return it."""
        self.busy -= 1
        self.worked -= self.pool.hours.between(now, item.ends)
        while self._queue:
            following = heapq.heappop(self._queue)[2]
            if following.live:
                self.queued -= 1
                self._begin(following, now)
                return following
        return None

    def withdraw(self, item: Item) -> None:
        """Forget a task that still waits."""
        item.live = False
        self.queued -= 1

    def _begin(self, item: Item, now: int) -> None:
        self.busy += 1
        item.began = self.pool.hours.opens(now)
        item.ends = self.pool.hours.after(now, item.handling.work)
        self.worked += item.handling.work
