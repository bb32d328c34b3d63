"""The ledger: filters, search, order, pages, and who sees which row."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from engine import clock
from engine.errors import Invalid, NotFound
from tests.domain import journeys
from tests.domain.world import World
from workflows.domain import ledger
from workflows.domain.ledger import LedgerFilter, LedgerPage, Order


def find(world: World, person: str = "auditor", **wanted: Any) -> LedgerPage:
    with world.bihuan.database.read() as session:
        return ledger.page(
            session, world.actor(person), LedgerFilter(**wanted), clock.now(), order=Order("number")
        )


@pytest.fixture
def cases(world: World) -> list[str]:
    return [
        journeys.served(world, "larger"),
        world.register("town_officer", enterprise="enterprise02", finder_body="town1"),
        world.register("inspector3", finder_body="industry_economy", description="100%_粉尘"),
    ]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, [0, 1, 2]),
        ({"level": ["larger"]}, [0]),
        ({"state": ["registered"]}, [1, 2]),
        ({"park": "park_east"}, [0, 2]),
        ({"body": "town1"}, [1]),
        ({"text": "冷却水 铝业"}, [0]),
        ({"text": "100%_"}, [2]),
        ({"text": "%"}, [2]),
        ({"overdue": False}, [0, 1, 2]),
        ({"overdue": True}, []),
        ({"open": False}, []),
        ({"listed": False}, [0, 1, 2]),
    ],
)
def test_filters(
    world: World, cases: list[str], wanted: dict[str, Any], expected: list[int]
) -> None:
    page = find(world, **wanted)
    assert [row.case_id for row in page.rows] == [cases[n] for n in expected]
    assert page.total == len(expected)


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ("principal1", [0, 2]),
        ("principal2", [1]),
        ("park_east_head", [0, 2]),
        ("park_west_head", []),
        ("town_officer", [0, 1, 2]),
        ("economy_head", [0, 1, 2]),
        ("inspector1", [0, 1, 2]),
        ("leader", [0, 1, 2]),
        ("expert1", []),
    ],
)
def test_each_sees_what_is_theirs(
    world: World, cases: list[str], person: str, expected: list[int]
) -> None:
    shown = [row.case_id for row in find(world, person).rows]
    assert shown == [cases[n] for n in expected]
    with world.bihuan.database.read() as session:
        actor = world.actor(person)
        for number, case in enumerate(cases):
            if number in expected:
                assert ledger.row(session, actor, case).case_id == case
            else:
                with pytest.raises(NotFound):
                    ledger.row(session, actor, case)


def test_a_date_that_passed_unrecorded_counts_as_late(world: World, cases: list[str]) -> None:
    world.time.advance(timedelta(days=9))
    assert [row.case_id for row in find(world, overdue=True).rows] == [cases[0]]
    world.pass_time(seconds=1)
    assert [row.case_id for row in find(world, overdue=True).rows] == [cases[0]]
    assert len(find(world, overdue=False).rows) == 2


def test_pages_and_order(world: World, cases: list[str]) -> None:
    with world.bihuan.database.read() as session:
        actor, now = world.actor("auditor"), clock.now()
        first = ledger.page(session, actor, LedgerFilter(), now, order=Order("-number"), limit=2)
        rest = ledger.page(
            session, actor, LedgerFilter(), now, order=Order("-number"), limit=2, offset=2
        )
        with pytest.raises(Invalid, match="Expected one of"):
            ledger.page(session, actor, LedgerFilter(), now, order=Order("password"))
    assert [row.case_id for row in (*first.rows, *rest.rows)] == cases[::-1]
    assert (first.total, first.next_offset, rest.next_offset) == (3, 2, None)


def test_deadlines_and_counts(world: World, cases: list[str]) -> None:
    with world.bihuan.database.read() as session:
        found = ledger.deadlines_of(session, cases)
        counts = ledger.counts(session, world.actor("auditor"))
    assert [(d.kind, d.state) for d in found[cases[0]]] == [
        ("serve", "met"),
        ("rectification", "live"),
    ]
    assert counts == {("", "registered"): 2, ("larger", "rectifying"): 1}


def test_a_hazard_that_left_is_not_listed_any_more(world: World) -> None:
    case = journeys.served(world, "major")
    assert [row.case_id for row in find(world, "auditor", listed=True).rows] == [case]
    world.act("bureau_deputy", case, "case.void_propose", reason="误报")
    world.do("bureau_head", case, "decide_void", decision="agree", reason="误报")
    assert not find(world, "auditor", listed=True).rows
    assert [row.case_id for row in find(world, "auditor", listed=False).rows] == [case]
