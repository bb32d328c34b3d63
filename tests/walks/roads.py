"""Where a walk goes: chance picks commands, lawful and not, and in the end the way out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from tests.walks import bents, unlawful
from tests.walks import model_raising as raising
from tests.walks.answers import ANSWERS, CLAUSE, asked
from tests.walks.calendar_days import BEIJING
from tests.walks.checks import BrokenError
from tests.walks.commands import Command
from tests.walks.draws import Draw
from tests.walks.model_extension import TASKS
from tests.walks.model_voiding import PROPOSE, WITHDRAW, proposer
from tests.walks.seen import OpenTask, able
from tests.walks.walk import Walk
from tests.walks.zone import Zone

STEPS = 50
LAST_DAY = datetime(2026, 12, 5, tzinfo=UTC)
"""Beyond this walks stand still: the next year's working days are not published."""

STARTS = ((1, 20), (2, 6), (3, 2), (4, 24), (6, 3), (7, 30), (9, 10), (9, 18), (9, 25))
HOPS = (0.2, 5, 20, 30, 51, 96, 96, 170, 300, 600)
INSTANT = timedelta(microseconds=1)
WAY_OUT = (
    *("talk", "propose_host", "confirm_host", "schedule", "hold", "report", "fix_final"),
    *("decide", "power_cut", "stop_measures", "penalty"),
    *("check_elements", "check_second", "refer", "hand_over"),
    *("propose_major", "confirm_level", "second_proposal", "confirm_major", "serve_order"),
    *("submit_plan", "post_notice", "rectify", "expiry_recheck"),
    *("recheck", "recheck_second", "recheck_expert"),
    *("strike_finder", "strike_department", "strike_park", "strike_bureau", "remove"),
)
PARKS = ("park_east", "park_east", None)
FINDERS = ("bureau", "bureau", "industry_economy", "park_east", "town1", "office")


class Road:
    """A walk of chance from a seed."""

    def __init__(self, zone: Zone, seed: int) -> None:
        """Draw the character of the walk: when it begins, how slow people are, how it ends."""
        self.rng = Random(seed)  # noqa: S311 a road, not a secret
        month, day = self.rng.choice(STARTS)
        start = datetime(
            2026, month, day, self.rng.randint(0, 15), self.rng.randint(0, 59), tzinfo=UTC
        )
        self.walk = Walk(zone, seed, start)
        self.slow = self.rng.choice((1, 0.12, 0.12))
        self.busy = self.rng.choice((1, 0.15, 0.15))
        self.exits = self.rng.choice((0.4, 0.03, 0.01, 0.01))
        self.bent = bents.drawn(self.rng)
        self.met: dict[int, bool] = {}

    def go(self, steps: int = STEPS) -> Walk:
        """Walk so many steps, and then out."""
        with self.walk.told():
            self.walk.play(self._registration())
            for _ in range(steps):
                if self.walk.model.over:
                    break
                self._step()
            self._leave()
        return self.walk

    # ---------------------------------------------------------------- one step

    def _step(self) -> None:
        chance, model = self.rng.random(), self.walk.model
        if (
            "extension.request" in model.offers(self.walk.now)
            and self.rng.random() < self.bent.asks
        ):
            self._ask()
        elif chance < self.bent.trespasses:
            self.walk.play(unlawful.draw(self.walk, self._draw()))
        elif chance < self.bent.trespasses + 0.28 or not self.walk.seen.tasks:
            self._time()
        elif chance < self.bent.trespasses + 0.28 + self.bent.acting and not model.closed:
            self._act()
        else:
            self._task(self._chosen())

    def _chosen(self) -> OpenTask:
        tasks = self.walk.seen.tasks
        weights = [self._weight(task.element) for task in tasks]
        return self.rng.choices(tasks, weights)[0]

    def _weight(self, element: str) -> float:
        if element in self.bent.tasks:
            return self.bent.tasks[element]
        if element.startswith("sign_"):
            return self.slow
        if element in ("rectify", "expiry_recheck"):
            return self.busy
        return 3.0 if element in TASKS or element in raising.RAISES else 1.0

    def _task(self, task: OpenTask, *, hopeful: bool = False) -> bool:
        answer = ANSWERS[task.element](self._draw(hopeful=hopeful), task.number)
        persons = able(self.walk.zone, task, self.walk.enterprise)
        if not persons:
            raise BrokenError(f"nobody may do {task.element}")
        if answer is None:
            return False
        person = self.rng.choice(persons).replace(self.walk.enterprise, "enterprise")
        version = task.version if self.rng.random() < 0.2 else None
        twice = self.rng.random() < 0.05
        name, number = task.element, task.number
        self.walk.play(
            Command("task", person, name, number, answer, twice=twice, seen_version=version)
        )
        return True

    def _draw(self, *, hopeful: bool = False) -> Draw:
        walk = self.walk
        facts = (walk.model, walk.now, walk.finder, walk.reported)
        return Draw(self.rng, *facts, hopeful, self.met, self.bent)

    # ---------------------------------------------------------------- time

    def _time(self) -> None:
        walk, due = self.walk, self.walk.seen.next_due
        to = walk.now + timedelta(hours=self.rng.choice(HOPS))
        if due is not None and self.rng.random() < 0.4:
            to = max(walk.now, due + self.rng.choice((-INSTANT, timedelta(0), INSTANT)))
        if to > LAST_DAY:
            to = walk.now + timedelta(minutes=7)
        kind = self.rng.random()
        if kind < 0.5:
            self._watch(to)
        walk.play(Command("wait", name=to.isoformat()))
        stale = walk.seen.tasks
        if kind > 0.85 and stale:
            walk.model.settle(walk.now)
            self._stale(self.rng.choice(stale))
        else:
            walk.play(Command("sweep"))

    def _watch(self, to: datetime) -> None:
        """Sweep at every date on the way."""
        for _ in range(60):
            due = self.walk.seen.next_due
            if due is None or due >= to:
                return
            self.walk.play(Command("wait", name=max(due, self.walk.now).isoformat()))
            self.walk.play(Command("sweep"))

    def _stale(self, task: OpenTask) -> None:
        open_now = (task.element, task.number) in self.walk.model.tasks()
        persons = able(self.walk.zone, task, self.walk.enterprise)
        answer = ANSWERS[task.element](self._draw(), task.number) if open_now else {}
        if answer is None:
            self.walk.play(Command("sweep"))
            return
        person = self.rng.choice(persons).replace(self.walk.enterprise, "enterprise")
        self.walk.play(Command("task", person, task.element, task.number, answer))

    # ---------------------------------------------------------------- acts

    def _ask(self) -> None:
        row = self.walk.model.row("rectification")
        data = asked(self._draw(), row.due) if row is not None else None
        if data is not None:
            person = self.rng.choice(("enterprise:principal", "enterprise:safety_officer"))
            twice = self.rng.random() < 0.1
            self.walk.play(Command("act", person, "extension.request", data=data, twice=twice))

    def _act(self) -> None:
        offered = sorted(self.walk.model.offers(self.walk.now) - {"extension.request"})
        name = self.rng.choices(offered, [self._act_weight(name) for name in offered])[0]
        command = _ACTS[name]
        person = command.person or proposer(self.walk.finder)
        self.walk.play(Command("act", person, name, data=command.data))

    def _act_weight(self, name: str) -> float:
        known = {"extension.withdraw": 0.3, "level.raise": 0.3, "level.lower": 0.2}
        known |= {raising.PROPOSE: 0.3, raising.WITHDRAW: 0.1}
        known |= {"level.raise": 1.0} if self.walk.model.raising.by else {}
        known |= {PROPOSE: 2 * self.exits, WITHDRAW: 0.2, "listing.open": 0.15}
        return self.bent.acts.get(name, known.get(name, self.exits))

    # ---------------------------------------------------------------- begin and end

    def _registration(self) -> Command:
        rng, park = self.rng, self.rng.choice(PARKS)
        own = rng.random() < 0.12
        finder = self.bent.finder or ((park or "town1") if own else rng.choice(FINDERS))
        data: dict[str, Any] = {
            "park": park,
            "finder_body": finder,
            "source": "self" if own else "department",
            "location": "l",
            "description": "d",
            "category": "object",
        }
        if finder == "town1" and park and not own:
            data["finder_body"] = "bureau"
        major = self.bent.level == "major" or rng.random() < 0.5
        data |= {"criterion": CLAUSE} if major else {}
        return Command("register", data=data)

    def _leave(self) -> None:
        """Bring the case to its end from wherever it stands: a way must always be left."""
        walk = self.walk
        for _ in range(80):
            if walk.model.over:
                return
            tasks = sorted(walk.seen.tasks, key=lambda task: _nearness(task.element))
            if not tasks or tasks[0].element not in WAY_OUT:
                raise BrokenError(f"no way to the end from {[task.element for task in tasks]}")
            self._task(tasks[0], hopeful=True)
        raise BrokenError("the case did not end")


def _nearness(element: str) -> int:
    return -WAY_OUT.index(element) if element in WAY_OUT else 1


_REASON = {"reason": "r"}
_ACTS = {
    "level.raise": Command("act", "bureau:head", data={"level": "larger", **_REASON}),
    raising.PROPOSE: Command("act", raising.PROPOSER, data={"criterion": CLAUSE, **_REASON}),
    raising.WITHDRAW: Command("act", raising.PROPOSER, data=_REASON),
    "extension.withdraw": Command("act", "enterprise:principal", data=_REASON),
    "listing.open": Command("act", "leaders:in_charge", data=_REASON),
    "level.lower": Command(
        "act", "bureau:head", data={"level": "general", "expert_opinion": "o", **_REASON}
    ),
    PROPOSE: Command("act", data=_REASON),
    WITHDRAW: Command("act", data=_REASON),
    "case.transfer": Command("act", "bureau:head", data={"receiver": "x", **_REASON}),
    "case.shut_down": Command("act", "bureau:head", data={"photos": ["photo"], **_REASON}),
}

__all__ = ["BEIJING", "Road"]
