"""Play cases forward on a virtual clock, so that the zone has a past when it is first opened.

Each case has its own clock from its finding to today: everything goes through the real
commands, one transaction each, and what nobody did in time expired by itself.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from engine import clock
from engine.errors import Conflict, NotAllowed
from engine.ports import Actor, Grant
from engine.store import queries
from engine.store.queries import CaseRecord, TaskRow
from workflows.app import Bihuan
from workflows.demo import extending, photos
from workflows.demo.behaviour import ANSWERS, delay
from workflows.demo.scene import Scene
from workflows.domain import organisation

MOST_STEPS = 140
"""No demonstration case has more tasks and dates than this."""
PER_ELEMENT = 2
"""Tasks of each element that wait for a visitor, so that every inbox has work."""
RECENT: Mapping[str, int] = {
    "rectify": 12,
    "progress": 8,
    "publish_zone": 8,
    "take_note": 8,
    "remove": 10,
    "talk": 10,
    "propose_host": 3,
    "schedule": 10,
    "hold": 10,
    "report": 10,
    "decide": 6,
    "refer": 6,
    "expiry_recheck": 20,
    "recheck_second": 14,
    "recheck_expert": 20,
    "strike_department": 14,
    "strike_park": 14,
    "strike_bureau": 20,
    "confirm_major": 12,
    "second_proposal": 12,
}
"""Days within which an open task may be left to the visitor; three where not named."""
_JUST_AFTER = timedelta(seconds=1)


class Player:
    """Plays cases to today and leaves some recent tasks of every kind undone."""

    def __init__(self, bihuan: Bihuan, until: datetime) -> None:
        """Play until an instant, normally now."""
        self._bihuan = bihuan
        self._until = until
        self._left: dict[str, set[str]] = {}
        self._stuck: set[tuple[str, tuple[Grant, ...]]] = set()

    def play(self, case_id: str, start: datetime) -> None:
        """Play one case from its registration to its end or today."""
        virtual = clock.VirtualClock(start)
        with clock.use(virtual):
            for _ in range(MOST_STEPS):
                if not self._step(case_id, virtual):
                    return

    def _step(self, case_id: str, virtual: clock.VirtualClock) -> bool:
        """Do the next thing of a case; return False when it has reached today or its end."""
        with self._bihuan.database.read() as session:
            record = queries.case(session, case_id)
            tasks = queries.case_tasks(session, case_id, status="open")
        if not record.open:
            return False
        moment, task = self._next(record.document, tasks)
        if self._asks(case_id, record, min(moment, self._until), virtual):
            return True
        due = record.next_due_at
        if due is not None and due < min(moment, self._until):
            virtual.set(max(due + _JUST_AFTER, virtual.now()))
            self._bihuan.runtime.fire_due()
            return True
        virtual.set(max(min(moment, self._until), virtual.now()))
        if task is None or moment >= self._until:
            self._bihuan.runtime.fire_due()
            return False
        return self._complete(task, record.document)

    def _asks(
        self, case_id: str, record: CaseRecord, before: datetime, virtual: clock.VirtualClock
    ) -> bool:
        """Ask for an extension if that is the next thing; return whether it was asked."""
        moment = extending.asked_at(case_id, record.document)
        if moment is None or not virtual.now() <= moment < before:
            return False
        if record.next_due_at is not None and record.next_due_at <= moment:
            return False
        virtual.set(moment)
        actor = self._enterprise(record.document)
        scene = Scene(record.document, random.Random(case_id), partial(self._photo, actor))  # noqa: S311
        self._bihuan.runtime.perform_act(actor, case_id, extending.REQUEST, extending.asked(scene))
        return True

    def _enterprise(self, document: Mapping[str, Any]) -> Actor:
        with self._bihuan.database.read() as session:
            person = str(document["bodies"]["enterprise"])
            return organisation.actor_of(session, person, clock.now())

    def _next(
        self, document: Mapping[str, Any], tasks: list[TaskRow]
    ) -> tuple[datetime, TaskRow | None]:
        planned = [
            (task.opened_at + delay(task, _scene(task, document)), task)
            for task in tasks
            if not self._is_left(task) and (task.id, task.candidates) not in self._stuck
        ]
        return min(planned, key=lambda plan: plan[0], default=(self._until, None))

    def _is_left(self, task: TaskRow) -> bool:
        if task.opened_at < self._until - timedelta(days=RECENT.get(task.element, 3)):
            return False
        left = self._left.setdefault(task.element, set())
        if len(left) < PER_ELEMENT:
            left.add(task.id)
        return task.id in left

    def _complete(self, task: TaskRow, document: Mapping[str, Any]) -> bool:
        for actor in self._people(task):
            data = {
                **self._proposed(task, actor),
                **ANSWERS[task.element](_scene(task, document, partial(self._photo, actor))),
            }
            try:
                self._bihuan.runtime.complete_task(actor, task.id, data)
            except NotAllowed:
                continue  # duties are separate: somebody else of the same body has to
            except Conflict:
                return True  # a date fell due in between and took the task with it
            return True
        self._stuck.add((task.id, task.candidates))
        return True

    def _proposed(self, task: TaskRow, actor: Actor) -> Mapping[str, Any]:
        """Return what the page would show filled in, such as the date to print."""
        view = self._bihuan.runtime.task_form(actor, task.id)
        drawn = {component.key for component in view.form.fields}
        return {key: value for key, value in view.values.items() if key in drawn}

    def _people(self, task: TaskRow) -> list[Actor]:
        now = clock.now()
        with self._bihuan.database.read() as session:
            persons = organisation.holders(session, task.candidates, now)
            actors = [organisation.actor_of(session, person, now) for person in persons]
        # Officers go before those who lead them: the head has to be free to strike off.
        return sorted(actors, key=lambda actor: len(actor.grants))

    def _photo(self, actor: Actor, kind: str) -> str:
        """Upload a drawn picture as the person who will attach it."""
        content = photos.picture(kind, int(clock.now().timestamp()) % 1_000_000)
        with self._bihuan.database.begin() as session:
            store = self._bihuan.evidence
            return store.add(session, actor, f"{kind}.jpg", content, clock.now())


def _no_photo(kind: str) -> str:
    message = f"Expected an answer, but a delay asked for the photo {kind}"
    raise AssertionError(message)


def _scene(task: TaskRow, document: Mapping[str, Any], photo: Any = _no_photo) -> Scene:  # noqa: ANN401
    """Return a scene whose chance is the same for the same task however often it is asked."""
    return Scene(document, random.Random(f"{task.case_id}{task.element}{task.opened_at}"), photo)  # noqa: S311
