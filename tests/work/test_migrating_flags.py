"""A version that reads a flag which a running case has passed by does not take the case over."""

from __future__ import annotations

import pytest

from engine.errors import Conflict
from tests.work import diagrams as d
from tests.work.application import CHIEF, CLERK
from tests.work.test_migrating import migrate
from tests.work.world import World


def _flagged(*, early: str = "", late: str = "", ask: str = "fast = 1") -> bytes:
    values = {"early": early, "late": late}
    sets = {name: {"set.fast": value} if value else {} for name, value in values.items()}
    return d.process(
        "flow",
        d.start(),
        d.user("early", "office", **sets["early"]),
        d.user("write", "office"),
        d.user("late", "office", **sets["late"]),
        d.exclusive("how", default="how_end"),
        d.service("stamp_it", "stamp"),
        d.end(),
        d.chain("begin", "early", "write", "late", "how"),
        d.flow("how", "stamp_it", ask),
        d.flow("how", "end"),
        d.flow("stamp_it", "end"),
    )


@pytest.mark.parametrize(
    ("newer", "passed", "possible"),
    [
        ({"early": "1"}, True, False),
        ({"early": "1"}, False, True),
        ({"late": "1"}, True, True),
        ({"early": "1", "late": "1"}, True, True),
        ({"early": "1", "ask": "case.level = 1"}, True, True),
    ],
)
def test_a_flag_that_was_to_be_written_before_keeps_a_case_where_it_is(
    world: World, newer: dict[str, str], passed: bool, possible: bool
) -> None:
    world.deploy("flow", _flagged(ask="case.level = 1"))
    case = world.start("flow")
    if passed:
        world.runtime.complete_task(CLERK, world.task("early"), {})
    world.deploy("flow", _flagged(**newer))
    outlook = world.runtime.look_ahead(CHIEF, case, "flow", 2)
    assert outlook.possible is possible
    if not possible:
        assert "reads fast" in outlook.reasons[0].message
        with pytest.raises(Conflict):
            migrate(world, case)
        return
    migrate(world, case)
    while open_now := world.open_elements():
        world.runtime.complete_task(CLERK, world.task(open_now[0]), {})
    assert world.case(case).status == "closed"


@pytest.mark.parametrize("inside", [True, False])
def test_what_a_box_writes_is_there_behind_it(world: World, inside: bool) -> None:
    def drawn(writes: bool) -> bytes:
        flag = {"set.fast": "1"} if writes else {}
        inner = (
            d.start("enter"),
            d.user("late", "office", **flag),
            d.end("leave"),
            d.chain("enter", "late", "leave"),
        )
        return d.process(
            "flow",
            d.start(),
            d.user("write", "office"),
            d.box("box", *inner),
            d.exclusive("how", default="how_end"),
            d.service("stamp_it", "stamp"),
            d.end(),
            d.chain("begin", "write", "box", "how"),
            d.flow("how", "stamp_it", "fast = 1" if writes else "case.level = 1"),
            d.flow("how", "end"),
            d.flow("stamp_it", "end"),
        )

    world.deploy("flow", drawn(writes=False))
    case = world.start("flow")
    if inside:
        world.runtime.complete_task(CLERK, world.task("write"), {})
    world.deploy("flow", drawn(writes=True))
    migrate(world, case)
    while open_now := world.open_elements():
        world.runtime.complete_task(CLERK, world.task(open_now[0]), {})
    assert world.document(case)["notes"][-1] == "stamped"
