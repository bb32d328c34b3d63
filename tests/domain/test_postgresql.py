"""The same road on PostgreSQL: ledger, deadlines, notifications and search."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import clock
from engine.clock import VirtualClock
from tests.domain import journeys, test_designed_steps
from tests.domain.world import START, World, build_world, open_world
from workflows.domain import ledger, notifications, organisation
from workflows.domain.ledger import SORTS, LedgerFilter, Order
from workflows.domain.papers import reading

pytestmark = pytest.mark.db


@pytest.fixture
def world(postgresql_url: str, tmp_path: Path) -> Iterator[World]:
    with clock.use(VirtualClock(START)):
        build_world(postgresql_url, tmp_path)
        opened = open_world(postgresql_url, tmp_path)
        yield opened
        opened.bihuan.database.dispose()


def test_a_major_hazard_from_registration_to_strike_off(world: World) -> None:
    case = journeys.served(world, "major")
    world.pass_time(days=12)
    journeys.planned(world, case)
    world.act("office_officer", case, "urge", text="请抓紧")
    world.pass_time(days=5)
    world.do("inspector2", case, "expiry_recheck", result="fail", opinion="未完成")
    journeys.reported(world, case)
    journeys.rechecked(world, case, "major")
    journeys.struck_off(world, case, "major")
    with world.bihuan.database.read() as session:
        actor, now = world.actor("auditor"), clock.now()
        found = ledger.row(session, actor, case)
        assert (found.state, found.listing_grade) == ("struck_off", 2)
        assert found.overdue_since is not None
        assert [d.state for d in ledger.deadlines_of(session, [case])[case]][:2] == [
            "met",
            "expired",
        ]
        assert organisation.holders(session, world.actor("leader").grants, now) == ["leader"]
        assert "urge" in {n.kind for n in notifications.latest(session, "principal1")}


def test_the_steps_of_a_designer(world: World) -> None:
    case = test_designed_steps.travelled(world)
    assert world.document(case)["ext"]["visit_ok"] is True
    with world.bihuan.database.read() as session:
        assert [one.number for one in reading.of_case(session, case)] == ["GY事〔2026〕第1号"]
        assert "own.notice" in {n.kind for n in notifications.latest(session, "office_officer")}


def test_every_filter_and_order_runs(world: World) -> None:
    case = journeys.served(world, "larger")
    wanted = [
        LedgerFilter(),
        LedgerFilter(text="冷却水 铝业", level=("larger",), state=("rectifying",)),
        LedgerFilter(overdue=False, open=True, listed=False, park="park_east"),
    ]
    with world.bihuan.database.read() as session:
        for person in ("auditor", "park_east_head", "principal1"):
            for one in wanted:
                for name in SORTS:
                    page = ledger.page(
                        session, world.actor(person), one, clock.now(), order=Order(f"-{name}")
                    )
                    assert [row.case_id for row in page.rows] == [case]
        late = LedgerFilter(overdue=True)
        assert ledger.page(session, world.actor("expert1"), late, clock.now()).total == 0
