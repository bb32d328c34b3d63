"""One client's part of the year: what happens next in any of its cases, in the order of time.

Every step is a command of its own, as a page or the worker would send it. A case is touched by
nobody else, so that what comes next in it is known as soon as a step is done.
"""

from __future__ import annotations

import heapq
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from engine import clock
from engine.errors import BihuanError, Conflict, Invalid, NotAllowed, Unavailable
from engine.ports import Actor
from engine.store import queries
from engine.store.queries import CaseRecord, TaskRow
from engine.work.command import fire_case
from engine.work.parts import Parts
from workflows.app import ROOT_PROCESS, Bihuan
from workflows.bench.city import people
from workflows.bench.city.acting import Acting
from workflows.bench.city.fate import Fate, fate
from workflows.bench.city.founding import BEGINNING
from workflows.bench.city.pausing import Pause
from workflows.bench.city.photos import Album
from workflows.bench.city.posts import People
from workflows.bench.city.registering import Registering
from workflows.bench.city.year import Finding
from workflows.demo import extending
from workflows.demo.scene import Scene

_JUST_AFTER = timedelta(seconds=1)
_MOST_FAILURES = 3
_PATIENCE = 20

Step = Callable[[], None]


@dataclass
class Life:
    """A case on its way."""

    case: str
    fate: Fate
    number: int
    """Of the finding that it began with."""

    befallen: bool = False
    asked_in_vain: bool = False
    failures: int = 0
    stuck: set[str] = field(default_factory=set)


@dataclass
class Tally:
    """What a client did: commands by kind, refusals by their sentence, what had to be repeated."""

    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    repeated: int = 0


class City:
    """Plays the cases of some agencies through their year."""

    def __init__(self, bihuan: Bihuan, scale: float, until: datetime) -> None:
        """Stand at the beginning of the year."""
        self._bihuan, self._runtime, self._until = bihuan, bihuan.runtime, until
        self._parts = Parts(bihuan.database, bihuan.application, bihuan.catalogue)
        self._clock = clock.VirtualClock(BEGINNING)
        self._album = Album(bihuan)
        self._people = People(bihuan)
        self._registering = Registering(scale)
        self._acting = Acting(bihuan, self._people, self._album)
        self._heap: list[tuple[datetime, int, Life, Step]] = []
        self._order = 0
        self.tally = Tally()

    def play(
        self,
        findings: Iterator[Finding],
        found: Callable[[], None],
        late: Callable[[], bool] = lambda: False,
    ) -> Pause | None:
        """Live through the year, or up to the hazard after which it is late.

        Args:
            findings: the hazards in the order of finding.
            found: told after each that was registered.
            late: whether to pause before the next.

        Returns:
            from where to go on; None where the year is over.
        """
        with clock.use(self._clock):
            for finding in findings:
                self._until_then(finding.at)
                self._move(finding.at)
                self._repeated(partial(self._register, finding))
                found()
                if late():
                    return self._pause(finding)
            self._until_then(self._until)
        return None

    def go_on(self, pause: Pause, findings: Iterator[Finding]) -> None:
        """Stand where a run paused: the hazards found before it are taken from what comes.

        What comes next in a case follows from the case, so that only what a case does not tell
        is kept of its life.
        """
        fates: dict[int, Fate] = {}
        for finding in findings:
            self._registering.data(finding)
            fates[finding.number] = fate(finding)
            if finding.number == pause.after:
                break
        self.tally = Tally(Counter(pause.done), Counter(pause.refused), pause.repeated)
        self._move(datetime.fromisoformat(pause.at))
        with clock.use(self._clock):
            for kept in pause.lives:
                stuck = set(kept["stuck"])
                self._plan(Life(**{**kept, "fate": fates[kept["number"]], "stuck": stuck}))

    def _pause(self, finding: Finding) -> Pause:
        lives = [
            {
                "case": life.case,
                "number": life.number,
                "befallen": life.befallen,
                "asked_in_vain": life.asked_in_vain,
                "failures": life.failures,
                "stuck": sorted(life.stuck),
            }
            for _, _, life, _ in sorted(self._heap, key=lambda one: one[:2])
        ]
        tally = self.tally
        at = self._clock.now().isoformat()
        return Pause(
            finding.number, at, lives, dict(tally.done), dict(tally.refused), tally.repeated
        )

    def _until_then(self, moment: datetime) -> None:
        while self._heap and self._heap[0][0] <= moment:
            at, _, life, step = heapq.heappop(self._heap)
            self._move(at)
            try:
                self._repeated(step)
            except BihuanError as error:
                self._failed(life, error)
            self._repeated(partial(self._plan, life))

    def _repeated(self, step: Step) -> None:
        """Do a step again where the database was busy, as everybody who is told so does."""
        for _ in range(_PATIENCE):
            try:
                return step()
            except Unavailable:
                self.tally.repeated += 1
        return step()

    def _move(self, moment: datetime) -> None:
        self._clock.set(max(moment, self._clock.now()))

    def _failed(self, life: Life, error: BihuanError) -> None:
        life.failures += 1
        self.tally.refused[f"{type(error).__name__}: {error.message[:150]}"] += 1

    def _register(self, finding: Finding) -> None:
        person, data = self._registering.data(finding)
        actor = self._people.actor(person)
        if finding.level == "major":
            data["photos"] = [self._album.photo(actor, "found")]
        case = self._runtime.start_case(actor, ROOT_PROCESS, data, agency=finding.agency)
        self.tally.done["register"] += 1
        self._repeated(partial(self._plan, Life(case, fate(finding), finding.number)))

    # ---------------------------------------------------------------- what comes next

    def _plan(self, life: Life) -> None:
        with self._bihuan.database.read() as session:
            record = queries.case(session, life.case)
            if not record.open:
                return
            tasks = queries.case_tasks(session, life.case, status="open")
        steps = list(self._steps(life, record, tasks))
        if not steps:
            return
        at, step = min(steps, key=lambda one: one[0])
        self._order += 1
        heapq.heappush(self._heap, (at, self._order, life, step))

    def _steps(
        self, life: Life, record: CaseRecord, tasks: list[TaskRow]
    ) -> Iterator[tuple[datetime, Step]]:
        now, document = clock.now(), record.document
        if record.next_due_at is not None:
            yield max(record.next_due_at + _JUST_AFTER, now), partial(self._fire, life)
        if life.failures >= _MOST_FAILURES:
            return
        for task in tasks:
            if task.id not in life.stuck:
                scene = self._scene(task, document)
                moment = task.opened_at + people.wait(task, scene, life.fate)
                yield max(moment, now), partial(self._complete, life, task, document)
        asked = people.asks_at(document, life.fate)
        if asked is not None and asked > now and not life.asked_in_vain:
            yield asked, partial(self._ask, life, document)
        befalls = self._acting.at(life.fate, document, befallen=life.befallen)
        if befalls is not None:
            yield max(befalls, now), partial(self._befall, life, document)

    def _fire(self, life: Life) -> None:
        fire_case(self._parts, life.case)
        self.tally.done["fire"] += 1

    def _ask(self, life: Life, document: Mapping[str, Any]) -> None:
        actor = self._people.actor(str(document["bodies"]["enterprise"]))
        chance = random.Random(life.case)  # noqa: S311 a repeatable year
        scene = Scene(document, chance, partial(self._album.photo, actor))
        life.asked_in_vain = True
        self._runtime.perform_act(actor, life.case, extending.REQUEST, people.asked(scene))
        life.asked_in_vain = False
        self.tally.done[extending.REQUEST] += 1

    def _befall(self, life: Life, document: Mapping[str, Any]) -> None:
        life.befallen = True
        act = life.fate.act
        self._acting.perform(life.case, act, document)
        self.tally.done[act] += 1

    def _complete(self, life: Life, task: TaskRow, document: Mapping[str, Any]) -> None:
        for actor in self._people.able(task):
            scene = self._scene(task, document, partial(self._album.photo, actor))
            data = people.answer(task, scene, life.fate)
            if task.element not in people.AS_FILLED_IN:
                data = {**self._filled_in(task, actor), **data}
            try:
                self._runtime.complete_task(actor, task.id, data)
            except NotAllowed:
                continue  # duties are separate: somebody else of the same body has to
            except (Conflict, Invalid) as error:
                life.stuck |= {task.id} if isinstance(error, Invalid) else set()
                raise
            self.tally.done["complete"] += 1
            return
        life.stuck.add(task.id)
        self.tally.refused[f"nobody may: {task.element}"] += 1

    def _filled_in(self, task: TaskRow, actor: Actor) -> Mapping[str, Any]:
        view = self._runtime.task_form(actor, task.id)
        drawn = {component.key for component in view.form.fields}
        return {key: value for key, value in view.values.items() if key in drawn}

    def _scene(
        self, task: TaskRow, document: Mapping[str, Any], photo: Callable[[str], str] = str
    ) -> Scene:
        seed = f"{task.case_id}{task.element}{task.opened_at}"
        return Scene(document, random.Random(seed), photo)  # noqa: S311 a repeatable year
