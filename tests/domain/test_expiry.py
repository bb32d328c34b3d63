"""The clock of the enterprise's dates: what it awaits, what passes together, what it withholds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from engine import clock
from engine.errors import Incident
from engine.ports import Context
from tests.domain import extensions
from tests.domain.world import World
from workflows.domain import expiry
from workflows.domain.deadline import Deadline
from workflows.domain.hazard_case import HazardCase

Journal = list[tuple[str, dict[str, Any]]]


class Kept:
    """A journal that keeps what is recorded."""

    def __init__(self) -> None:
        self.rows: Journal = []

    def record(self, act: str, data: Mapping[str, Any] | None = None, **_: Any) -> None:
        self.rows.append((act, dict(data or {})))

    def send(self, channel: str, recipient: str, payload: Any) -> None:
        pytest.fail(channel)


def loaded(world: World, case: str) -> HazardCase:
    return HazardCase(case, "default", dict(world.document(case)), lambda _: pytest.fail("basis"))


def row(case: HazardCase, kind: str) -> Deadline:
    return next(one for one in case.deadlines if one.kind == kind)


def expired(world: World, case: HazardCase) -> tuple[str, Journal]:
    journal = Kept()
    with world.bihuan.database.read() as session:
        context = Context(clock.now(), world.actor("bureau_head"), session, journal)
        return expiry.expire(case, context), journal.rows


def move(deadline: Deadline, days: int) -> None:
    day = deadline.due_date.fromordinal(deadline.due_date.toordinal() + days)
    deadline.due_date, deadline.due_at = day, clock.end_of_day(day)


def test_an_order_of_the_same_date_passes_once_with_the_policy(world: World) -> None:
    case = extensions.running(world, document_kind="order")
    world.pass_time(days=16)
    assert extensions.history(world, case).count("deadline.expired") == 1
    states = {state for _, state, _ in extensions.rows(world, case, "rectification", "order")}
    assert states == {"expired"}
    assert len(world.document(case)["interviews"]) == 1
    assert world.document(case)["enforcements"][0]["expiries"] == [2, 3]


def test_an_earlier_order_passes_alone_even_where_both_have_passed(world: World) -> None:
    case = loaded(world, extensions.running(world, document_kind="order"))
    move(row(case, "rectification"), 3)
    world.time.advance(extensions.END - clock.now())
    world.pass_time(days=9)
    kind, journal = expired(world, case)
    assert (kind, len(journal)) == ("order", 1)
    assert row(case, "rectification").state == "live"
    assert case.due("rectification", {}) == row(case, "rectification").due_at
    assert case.due("expiry_recheck", {}) is None
    assert expired(world, case)[0] == "rectification"
    assert case.due("rectification", {}) is None


@pytest.mark.parametrize(
    ("change", "awaits"),
    [
        ({"state": "live"}, True),
        ({"state": "held"}, False),
        ({"state": "met"}, False),
        ({"round": 0}, False),
    ],
)
def test_only_a_running_date_of_the_paper_in_force_is_awaited(
    world: World,
    change: dict[str, Any],
    awaits: bool,
) -> None:
    case = loaded(world, extensions.running(world))
    for name, value in change.items():
        setattr(row(case, "rectification"), name, value)
    assert (case.due("rectification", {}) is not None) is awaits


def test_a_final_date_is_withheld_while_a_timely_request_is_undecided(world: World) -> None:
    case = loaded(world, extensions.running(world))
    date = row(case, "rectification")
    date.kind = "final"
    assert case.due("rectification", {}) == date.due_at
    case.data["extension_requests"] = [{"status": "pending", "timeliness": "timely"}]
    assert case.due("rectification", {}) is None
    world.time.advance(extensions.END - clock.now())
    with pytest.raises(Incident):
        expired(world, case)


def test_nothing_expires_before_its_date(world: World) -> None:
    case = loaded(world, extensions.running(world))
    with pytest.raises(Incident):
        expired(world, case)


def test_relief_takes_the_recheck_at_expiry_back_and_it_is_due_anew(world: World) -> None:
    case = extensions.requested(world)
    extensions.park(world, case)
    world.pass_time(days=16)
    assert "expiry_recheck" in world.open_tasks(case)
    assert loaded(world, case).due("expiry_recheck", {}) == extensions.END
    extensions.department(world, case)
    assert "expiry_recheck" not in world.open_tasks(case)
    assert loaded(world, case).due("expiry_recheck", {}) is None
    world.pass_time(days=10)
    assert "expiry_recheck" in world.open_tasks(case)
