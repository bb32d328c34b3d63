"""A run: cases begin, dates come and people work, in the order of a virtual clock."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from engine.simulation.answers import Answers, world_of
from engine.simulation.calendars import DAY
from engine.simulation.machine import Life
from engine.simulation.moving import Moving
from engine.simulation.plan import Plan, Step
from engine.simulation.records import PoolRecord, RunRecord, StepRecord
from engine.simulation.staffing import Crew, Item
from engine.simulation.streams import Streams
from engine.simulation.tokens import Wait, plain
from engine.simulation.world import Arrival, World

_NOON: Final = DAY // 2
_AT_ONCE: Final = 200
"""Happenings between two pauses."""

Happening = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Request:
    """How much is to be simulated.

    Attributes:
        cases: how many cases begin.
        seed: of the random numbers; the same seed gives the same run.
        patience: days after the last beginning for which what is open is still followed.
    """

    cases: int
    seed: int | str
    patience: int = 400


def run(plan: Plan, world: World, request: Request) -> RunRecord:
    """Play the cases through the diagrams and return what became of them."""
    simulation = Simulation(plan, world, request)
    for _ in simulation.play():
        pass
    return simulation.record


class Simulation:
    """The clockwork of one run."""

    def __init__(self, plan: Plan, world: World, request: Request) -> None:
        """Stand at the beginning."""
        self.plan = plan
        self.now = 0
        self._world, self._streams = world, Streams(request.seed)
        self._answers = Answers(world.began, world.functions)
        self._crews = {name: Crew(pool) for name, pool in world.pools.items()}
        self._agenda: list[tuple[int, int, Happening]] = []
        self._order = 0
        self._lives: dict[int, Life] = {}
        self._arrivals = iter(world.arrivals(request.cases, self._streams))
        self._patience = request.patience * DAY
        self._last = 0
        self._coming = True
        self.record = RunRecord(
            pools={name: PoolRecord(pool.staff) for name, pool in world.pools.items()}
        )

    def play(self) -> Iterator[int]:
        """Live through it all; pause now and then, telling how many cases have ended."""
        self._await_next()
        self._at(_NOON, self._sample)
        for number in itertools.count(1):
            if not self._agenda:
                break
            at, _, happening = heapq.heappop(self._agenda)
            if not self._coming and at > self._last + self._patience:
                break
            self.now = at
            happening()
            if number % _AT_ONCE == 0:
                yield len(self.record.cases)
        self._conclude()

    # ------------------------------------------------------------ the clockwork of a case

    def open_task(self, life: Moving, wait: Wait) -> None:
        """Let somebody do a task in time."""
        step = wait.step
        handling = world_of(life).handling(step.node, life.visits[step.id], plain(wait.marks), life)
        item = Item(life, wait, handling, self.now)
        wait.item = item
        record = self._step_record(step)
        record.opened += 1
        crew = self._crews.get(handling.pool or "")
        begin = self.now + handling.delay
        if crew is None:
            self._at(begin + handling.reaction + handling.work, lambda: self._done(item))
            return
        record.pool = handling.pool or ""
        ready = crew.pool.hours.after(begin, handling.reaction)
        self._at(ready, lambda: self._ready(item, crew))

    def close_task(self, wait: Wait) -> None:
        """Take a task away: whoever worked on it is free for the next."""
        item = wait.item
        if not isinstance(item, Item) or not item.live:
            return
        wait.item = None
        self._step_record(wait.step).taken_away += 1
        crew = self._crews.get(item.handling.pool or "")
        if crew is not None and item.began is not None:
            item.live = False
            self._go_on(crew, item)
        elif crew is not None and item.ready is not None:
            crew.withdraw(item)
        item.live = False

    def arm(self, life: Moving, wait: Wait) -> None:
        """Come back at the date that a timer waits for now."""
        wait.serial += 1
        if wait.due is not None:
            serial = wait.serial
            self._at(max(wait.due, self.now), lambda: self._date(life, wait, serial))

    def wake(self, life: Moving, at: int, name: str) -> None:
        """Tell the world of a moment that it asked for."""

        def woken() -> None:
            if life.frames:
                world_of(life).woken(name, life)
                self._settle(life)

        self._at(max(at, self.now), woken)

    def visited(self, life: Moving, step: Step) -> None:
        """Count a token at an element."""
        key = (step.body.process, step.id)
        self.record.visits[key] = self.record.visits.get(key, 0) + 1

    # ------------------------------------------------------------ what happens

    def _at(self, moment: int, happening: Happening) -> None:
        self._order += 1
        heapq.heappush(self._agenda, (moment, self._order, happening))

    def _await_next(self) -> None:
        arrival = next(self._arrivals, None)
        if arrival is None:
            self._coming = False
            for name, crew in self._crews.items():
                self.record.pools[name].worked = crew.worked
            return
        self._last = arrival.at
        self._at(arrival.at, lambda: self._arrive(arrival))

    def _arrive(self, arrival: Arrival) -> None:
        life = Life(self, arrival.number, self._answers)
        self._lives[arrival.number] = life
        life.world = self._world.case(arrival, self._streams, life)
        life.begin(self.plan.bodies[self.plan.root], {})
        self._settle(life)
        self._await_next()

    def _settle(self, life: Moving) -> None:
        life.settle()
        if not life.frames and self._lives.pop(life.number, None) is not None:
            self._count(life)

    def _date(self, life: Moving, wait: Wait, serial: int) -> None:
        if wait.live and wait.serial == serial:
            self._settle(life)

    def _ready(self, item: Item, crew: Crew) -> None:
        if not item.live:
            return
        opens = crew.pool.hours.opens(self.now)
        if opens > self.now:
            self._at(opens, lambda: self._ready(item, crew))
            return
        item.ready = self.now
        if crew.offer(item, self.now):
            self._begun(crew, item)

    def _begun(self, crew: Crew, item: Item) -> None:
        self._at(item.ends, lambda: self._worked(crew, item))

    def _worked(self, crew: Crew, item: Item) -> None:
        if item.live:
            self._go_on(crew, item)
            self._done(item)

    def _go_on(self, crew: Crew, item: Item) -> None:
        following = crew.free(item, self.now)
        if following is not None:
            self._begun(crew, following)

    def _done(self, item: Item) -> None:
        if not item.live:
            return
        item.live = False
        item.wait.item = None
        self._note(item)
        item.life.complete(item.wait, item.handling.flags)
        self._settle(item.life)

    # ------------------------------------------------------------ what is kept

    def _step_record(self, step: Step) -> StepRecord:
        key = (step.body.process, step.id)
        found = self.record.steps.get(key)
        if found is None:
            found = self.record.steps[key] = StepRecord()
        return found

    def _note(self, item: Item) -> None:
        record, handling = self._step_record(item.wait.step), item.handling
        record.done += 1
        record.lasted.append(self.now - item.opened)
        if handling.limit is not None:
            record.limited += 1
            record.late += self.now > handling.limit
        crew = self._crews.get(handling.pool or "")
        if crew is not None and item.began is not None and item.ready is not None:
            queued = crew.pool.hours.between(item.ready, item.began)
            record.waited.append(item.began - item.opened)
            record.queued.append(queued)
            self.record.pools[handling.pool or ""].queued.append(queued)

    def _sample(self) -> None:
        if not self._coming:
            return
        self.record.samples.append(self.now)
        self.record.open_cases.append(len(self._lives))
        for name, crew in self._crews.items():
            self.record.pools[name].lengths.append(crew.queued)
        self._at(self.now + DAY, self._sample)

    def _count(self, life: Moving) -> None:
        self.record.astray += life.astray
        for element in life.stuck:
            self.record.stuck[element] = self.record.stuck.get(element, 0) + 1
        self.record.cases.append(world_of(life).summary())

    def _conclude(self) -> None:
        self.record.ended_at = self.now
        self.record.unfinished = len(self._lives)
        for life in self._lives.values():
            self._count(life)
        for name, crew in self._crews.items():
            record = self.record.pools[name]
            record.open_hours = crew.pool.hours.between(0, self._last)
