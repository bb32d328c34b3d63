"""What a step costs does not grow with what a case has behind it.

Time is not asserted: counted are the statements of a step, the calls of Python functions within
it, and the bytes of the state that is stored; none of them depends on the machine.
"""

from __future__ import annotations

import cProfile
import pstats
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, func, select

from engine import clock
from engine.store.tables import History, Instance, Task
from tests.copied import Copies
from tests.domain.world import World, new_world

TENTH, HUNDREDTH = 1.3, 1.5
"""How much more the tenth round may cost than the first, the hundredth than the fifth."""

MEASURED = (1, 5, 10, 100)
"""Rounds that are compared; the ones between are only gone through."""

COMMENTS, PHOTOS, ACTS = 200, 50, 30


@dataclass(frozen=True)
class Cost:
    """What a step took."""

    statements: int
    calls: int
    stored: int


@pytest.fixture
def world(sqlite_copied: Copies, tmp_path: Path) -> Iterator[World]:
    with new_world(sqlite_copied, tmp_path) as opened:
        yield opened


def cost(world: World, case: str, step: Callable[[], object]) -> Cost:
    statements = [0]

    def count(*_: object) -> None:
        statements[0] += 1

    engine, profile = world.bihuan.database.engine, cProfile.Profile()
    event.listen(engine, "before_cursor_execute", count)
    profile.runcall(step)
    event.remove(engine, "before_cursor_execute", count)
    with world.bihuan.database.read() as session:
        blobs = select(func.sum(func.length(Instance.blob))).where(Instance.case_id == case)
        stored = session.scalar(blobs) or 0
    return Cost(statements[0], pstats.Stats(profile).total_calls, stored)  # type: ignore[attr-defined]


def served(world: World) -> str:
    case = world.register()
    world.do("inspector1", case, "confirm_level", level="general")
    serve(world, case)
    return case


def serve(world: World, case: str) -> None:
    now = clock.beijing(clock.now())
    world.do(
        *("inspector1", case, "serve_order"),
        document_kind="notice",
        requirements="加装压力报警",
        due_date=(now.date() + timedelta(days=1)).isoformat(),
        service_method="direct",
        served_at=now.isoformat(),
        recipient="企业负责人",
    )


def report(world: World, case: str, photos: int = 1) -> Callable[[], object]:
    after = [world.photo("principal1") for _ in range(photos)]
    return lambda: world.do("principal1", case, "rectify", done="已加装", photos_after=after)


def fail(world: World, case: str) -> Callable[[], object]:
    items = [{"item": "报警", "state": "partly"}]
    data = {"method": "desk", "items": items, "result": "fail", "opinion": "仍不报警"}
    return lambda: world.do("inspector2", case, "recheck", **data)


def rework(world: World, case: str) -> tuple[Cost, Cost]:
    """Report a hazard as mended and have the recheck fail; return what the two steps took."""
    reported = cost(world, case, report(world, case))
    failed = cost(world, case, fail(world, case))
    serve_again(world, case)
    return reported, failed


def rework_unmeasured(world: World, case: str, photos: int = 1) -> None:
    """Go through the same steps without a look at what they take."""
    report(world, case, photos)()
    fail(world, case)()
    serve_again(world, case)


def serve_again(world: World, case: str) -> None:
    """Serve the next order, where the failed recheck asks for one."""
    if "serve_order" in world.open_tasks(case):
        serve(world, case)


def test_rework_round_after_round_costs_the_same(world: World) -> None:
    rework(world, served(world))  # whatever is made once is made now
    case = served(world)
    rounds = {}
    for number in range(1, MEASURED[-1] + 1):
        if number in MEASURED:
            rounds[number] = rework(world, case)
        else:
            rework_unmeasured(world, case)
    for step in (0, 1):
        first, fifth, tenth, hundredth = (rounds[number][step] for number in MEASURED)
        assert tenth.statements <= first.statements + 2
        assert hundredth.statements <= fifth.statements + 2
        assert tenth.calls <= first.calls * TENTH
        assert hundredth.calls <= fifth.calls * HUNDREDTH
        assert hundredth.stored <= tenth.stored * 1.1, "finished branches are pruned"


def test_a_case_with_much_behind_it_is_as_cheap_to_go_on_with(world: World) -> None:
    rework(world, served(world))
    bare, full = served(world), served(world)
    for number in range(COMMENTS):
        world.act("inspector1", full, "comment", text=f"第{number}次电话督促，企业答复正在整改")
    for _ in range(ACTS // 2):
        rework_unmeasured(world, full, photos=PHOTOS // (ACTS // 2) + 1)
    lighter = cost(world, bare, report(world, bare))
    heavier = cost(world, full, report(world, full))
    with world.bihuan.database.read() as session:
        acts = session.scalar(select(func.count()).where(History.case_id == full)) or 0
        open_now = session.scalar(
            select(func.count()).where(Task.case_id == full, Task.status == "open")
        )
    assert (acts > COMMENTS + ACTS, open_now) == (True, 1)
    assert heavier.statements <= lighter.statements + 2
    assert heavier.calls <= lighter.calls * HUNDREDTH
