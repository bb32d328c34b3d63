"""The posts of the city and who holds them."""

from __future__ import annotations

import random

from engine import clock
from engine.ports import Actor, Grant
from engine.store.queries import TaskRow
from workflows.app import Bihuan
from workflows.domain import organisation


class People:
    """Who holds which post: it does not change in a year, so each is asked for once."""

    def __init__(self, bihuan: Bihuan) -> None:
        """Know nobody yet."""
        self._bihuan = bihuan
        self._actors: dict[str, Actor] = {}
        self._holders: dict[tuple[Grant, ...], list[str]] = {}

    def actor(self, person: str) -> Actor:
        """Return a person with the posts held."""
        if person not in self._actors:
            with self._bihuan.database.read() as session:
                self._actors[person] = organisation.actor_of(session, person, clock.now())
        return self._actors[person]

    def able(self, task: TaskRow) -> list[Actor]:
        """Return who may do a task, officers before those who lead them, in no fixed order."""
        if task.candidates not in self._holders:
            with self._bihuan.database.read() as session:
                found = organisation.holders(session, task.candidates, clock.now())
            self._holders[task.candidates] = found
        chance = random.Random(task.id)  # noqa: S311 a repeatable year
        actors = [self.actor(person) for person in self._holders[task.candidates]]
        free = [actor for actor in actors if task.bar_against(actor) is None]
        chance.shuffle(free)
        return sorted(free, key=lambda actor: len(actor.grants))
