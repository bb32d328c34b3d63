"""A scenario of the real engine played by the simulation's machine, step by step, in lockstep.

The machine is moved by hand: people's deeds are those of the scenario at the scenario's times,
dates come by the simulated case. What is compared is which elements were reached.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from engine import clock
from engine.execution.bpmn_model import Node
from engine.simulation.answers import Answers
from engine.simulation.machine import Life
from engine.simulation.moving import Moving
from engine.simulation.plan import Plan, Step
from engine.simulation.streams import Streams
from engine.simulation.tokens import Wait
from engine.simulation.world import Arrival, Flags, Stage
from workflows.scenarios.loader import Deed, Expect, Scenario
from workflows.scenarios.loader import Wait as Pause
from workflows.simulation.dates import Days, day_of, end_of
from workflows.simulation.hazard import Hazard
from workflows.simulation.state import Request
from workflows.simulation.world import Setting, ZoneWorld
from workflows.simulation.zone import Chance, Zone

GATEWAYS = ("exclusiveGateway", "parallelGateway", "inclusiveGateway", "startEvent")
_LEVELS = ("level.confirm", "level.propose")


class NoTaskError(Exception):
    """The simulation has no such task open."""


class Scripted(Hazard):
    """A hazard whose people do what a scenario says."""

    data: Mapping[str, Any]
    zero: date

    def number(self, day: Any) -> int:
        """Return a day of the scenario as the simulation counts them."""
        found = day if isinstance(day, date) else date.fromisoformat(str(day)[:10])
        found = found.date() if isinstance(found, datetime) else found
        return (found - self.zero).days

    def completed(self, task: Node, flags: Flags, stage: Stage) -> None:
        act = task.properties.get("act", "")
        if act in _LEVELS and "level" in self.data:
            self.facts.true_level = str(self.data["level"])
        super().completed(task, flags, stage)
        if act == "extension.resubmit":
            self.facts.requests[-1].new_day = self.number(self.data["new_date"])
        if act == "order.serve" and "due_date" in self.data:
            limit = self.facts.limits[-1]
            limit.day = self.number(self.data["due_date"])
            limit.due = end_of(limit.day)

    def final(self, stage: Stage) -> None:
        """Take the final date of the minutes in the place of the longest one."""
        found = [one for one in self.facts.limits if one.kind == "final"]
        if found and self.minutes.get("final_date"):
            found[-1].day = self.number(self.minutes["final_date"])
            found[-1].due = end_of(found[-1].day)

    minutes: Mapping[str, Any] = {}


class Lockstep:
    """One scenario on the machine."""

    def __init__(self, plan: Plan, scenario: Scenario) -> None:
        """Register the hazard of the scenario."""
        self.plan, self.scenario = plan, scenario
        self.world = ZoneWorld(Setting(), 1)
        self.world.days = Days(scenario.begins.astimezone(clock.BEIJING).date())
        self.now = self._moment(scenario.begins)
        self.reached: set[tuple[str, str]] = set()
        self.done: list[str] = []
        self.compared = 0
        self.wrong: list[str] = []
        """Dates of the paper and of interviews that are others than the scenario says."""
        self.open: list[Wait] = []
        self.timers: list[tuple[int, Wait, int]] = []
        self.life = Life(self, 1, Answers(self.world.began, self.world.functions))
        data = scenario.start.data
        level = "major" if data.get("criterion") else str(data.get("proposed_level", "general"))
        bodies = {part: part for part in ("finder", "industry_department", "park_command")}
        arrival = Arrival(self.now, 1, {"level": level, "bodies": bodies})
        streams = Streams(1)
        zone = Zone(Setting().behaviour, Setting().rules, self.world.days, streams)
        self.case = Scripted(zone, arrival, Chance(streams, 1))
        self.case.zero, self.case.data = self.world.days.first, {}
        self.life.world = self.case
        self.life.begin(plan.bodies[plan.root], {})
        self.life.settle()

    def play(self) -> None:
        """Do every step that the real engine took."""
        for step in self.scenario.steps:
            if isinstance(step, Pause):
                self._wait(step)
            elif isinstance(step, Deed) and step.refused is None:
                self._deed(step)
            elif isinstance(step, Expect):
                self._compare(step)

    # ------------------------------------------------------------ what the machine asks

    def open_task(self, life: Moving, wait: Wait) -> None:
        wait.item = wait
        self.open.append(wait)

    def close_task(self, wait: Wait) -> None:
        wait.item = None
        self.open.remove(wait)

    def arm(self, life: Moving, wait: Wait) -> None:
        wait.serial += 1
        if wait.due is not None:
            self.timers.append((wait.due, wait, wait.serial))

    def wake(self, life: Moving, at: int, name: str) -> None:
        """Nothing befalls but what the scenario says."""

    def visited(self, life: Moving, step: Step) -> None:
        if step.kind not in GATEWAYS:
            self.reached.add((step.body.process, step.id))

    # ------------------------------------------------------------ what the scenario says

    def _moment(self, at: datetime) -> int:
        return round((at - self.world.days.began).total_seconds())

    def _wait(self, step: Pause) -> None:
        until = self._moment(step.until) if step.until else self.now + _seconds(step.step)
        while True:
            due = [(at, n) for n, (at, w, s) in enumerate(self.timers) if w.live and w.serial == s]
            if not due or min(due)[0] > until:
                break
            at, place = min(due)
            del self.timers[place]
            self.now = max(self.now, at)
            self.life.settle()
        self.now = until
        self.life.settle()

    def _compare(self, step: Expect) -> None:
        days = self.world.days
        for one in step.facts.get("deadlines", ()):
            if one["kind"] in ("rectification", "final") and one.get("due_date"):
                known = [(limit.kind, days.day(limit.day)) for limit in self.case.facts.limits]
                self.compared += 1
                if (one["kind"], one["due_date"]) not in known:
                    self.wrong.append(f"{one['kind']} {one['due_date']}: {known}")

    def _deed(self, deed: Deed) -> None:
        self.case.data = deed.data
        if deed.is_task:
            self._task(deed)
        elif deed.name == "extension.request":
            self._ask(deed)
        else:
            if deed.name == "level.raise":
                self.case.facts.level = self.case.facts.true_level = str(deed.data["level"])
            self.life.send(deed.name)
        self.life.settle()

    def _task(self, deed: Deed) -> None:
        found = [wait for wait in self.open if wait.step.id == deed.name]
        if not found:
            raise NoTaskError(f"{deed.name} is not open, but {[w.step.id for w in self.open]}")
        wait = found[0]
        self.open.remove(wait)
        wait.item = None
        self.done.append(deed.name)
        if deed.name == "hold":
            self.case.minutes = deed.data
        measures = ("stop_measures", "penalty", "power_cut", "referral")
        flags = dict.fromkeys(measures, False) | dict(deed.data)
        self.life.complete(wait, flags)
        self.life.settle()
        self.case.final(self.life)

    def _ask(self, deed: Deed) -> None:
        facts, limit = self.case.facts, self.case.facts.awaited()
        assert limit is not None
        early = self.case.zone.rules.whole("extension.timely_days_before")
        request = Request(
            number=len(facts.requests) + 1,
            at=self.now,
            limit=limit,
            original_day=limit.day,
            new_day=self.case.number(deed.data["new_date"]),
            timely=day_of(self.now) <= limit.day - early,
            second=facts.in_force > 0,
        )
        facts.requests.append(request)
        self.life.send(deed.name, {"request": request.number})


def _seconds(span: timedelta | None) -> int:
    return round((span or timedelta()).total_seconds())
