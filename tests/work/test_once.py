"""Two requests with one key at the same moment have one effect, on both databases."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

import pytest
from sqlalchemy import func, select

from engine.errors import Conflict
from engine.ports import Completion, Context
from engine.store.tables import Case, Idempotency
from engine.work.once import Once
from tests.work import diagrams as d
from tests.work.application import CLERK, PaperApplication, PaperFile
from tests.work.world import World

Answer = TypeVar("Answer")

LETTER = d.process(
    "letter", d.start(), d.user("sign", "office"), d.end(), d.chain("begin", "sign", "end")
)
ONCE = Once("8a1e-one", "1" * 64)
OTHER = Once("8a1e-one", "2" * 64)
PATIENCE = 0.5
"""Seconds that one request waits in the middle of its transaction for the other."""


class MeetingApplication(PaperApplication):
    """Holds a request between looking for its key and keeping it, until the other is there.

    Where the database lets only one in at a time the other never comes, and the wait ends.
    """

    def __init__(self) -> None:
        super().__init__()
        self.door = threading.Barrier(2)

    def options(self, form: str, case: PaperFile | None, context: Context) -> Mapping[str, Any]:
        self._meet()
        return {}

    def acted(
        self, case: PaperFile, act: str, data: Mapping[str, Any], context: Context
    ) -> Completion:
        self._meet()
        return super().acted(case, act, data, context)

    def _meet(self) -> None:
        with suppress(threading.BrokenBarrierError):
            self.door.wait(PATIENCE)


@pytest.fixture
def meeting(world: World) -> World:
    world.deploy("letter", LETTER)
    opened = World(world.database, MeetingApplication(), world.moment)
    opened.start("letter", case_id="first")
    return opened


def _together(request: Callable[[], Answer]) -> list[Answer]:
    with ThreadPoolExecutor(2) as pool:
        return [future.result() for future in [pool.submit(request) for _ in range(2)]]


def _count(world: World, table: type[Case | Idempotency]) -> int:
    with world.database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_case_begun_twice_at_once_is_one_case(meeting: World) -> None:
    assert isinstance(meeting.application, MeetingApplication)
    meeting.application.door.reset()
    first, second = _together(lambda: meeting.start("letter", once=ONCE))
    assert first == second
    assert _count(meeting, Case) == 2, "the one that stood there, and this one"
    assert _count(meeting, Idempotency) == 1
    assert meeting.sound()


def test_an_act_done_twice_at_once_is_done_once(meeting: World) -> None:
    assert isinstance(meeting.application, MeetingApplication)
    meeting.application.door.reset()
    act = meeting.runtime.perform_act
    first, second = _together(lambda: act(CLERK, "first", "comment", {}, once=ONCE))
    assert first == second
    assert meeting.document("first")["notes"] == ["comment"]
    assert meeting.acts("first").count("comment") == 1
    assert meeting.sound()


def test_two_requests_that_meet_under_one_key_are_not_taken_for_one(meeting: World) -> None:
    assert isinstance(meeting.application, MeetingApplication)
    meeting.application.door.reset()
    keys = iter((ONCE, OTHER))

    def begin() -> str:
        try:
            return meeting.start("letter", once=next(keys))
        except Conflict:
            return "refused"

    begun = _together(begin)
    assert begun.count("refused") == 1
    assert _count(meeting, Case) == 2
