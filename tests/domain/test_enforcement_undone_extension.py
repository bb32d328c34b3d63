"""An extension undone: one lateness brings one decision, weighed by the dates that stand."""

from __future__ import annotations

from tests.domain import enforcements as road
from tests.domain import extensions, interviews
from tests.domain.world import World
from workflows.domain.case_schema import CaseSchema


def undone(world: World, case: str) -> None:
    world.do("inspector1", case, "file", decision="object", reason="设备早已到货")
    world.do("leader", case, "objection", decision="uphold", reason="不属客观因素")


def entries(world: World, case: str) -> list[tuple[bool, bool, str | None]]:
    """Return of each entry whether it is mandatory, whether it is decided, and why it lapsed."""
    return [
        (one["mandatory"], one["decision"] is not None, (one["lapsed"] or {}).get("cause"))
        for one in world.document(case)["enforcements"]
    ]


def order_expired(world: World) -> str:
    """Bring an order past its date while the notice's own is extended: its issuer refused."""
    case = extensions.running(world, document_kind="order")
    extensions.request(world, case)
    extensions.park(world, case)
    extensions.department(world, case)
    world.do("bureau_head", case, "issuer_reply", decision="refuse", opinion="期限不变")
    interviews.until(world, "2026-03-18T09:00")
    return case


def test_what_passed_with_an_order_decided_on_is_the_same_lateness(world: World) -> None:
    case = order_expired(world)
    road.decide(world, case)
    undone(world, case)
    assert entries(world, case) == [(False, True, None)]
    assert len(road.entry(world, case)["expiries"]) == 2
    assert "decide" not in world.open_tasks(case)
    assert not CaseSchema().validate(dict(world.document(case)))


def test_two_dates_that_fall_together_are_no_second_expiry(world: World) -> None:
    case = order_expired(world)
    world.do("inspector1", case, "file", decision="object", reason="设备早已到货")
    interviews.until(world, "2026-03-28T09:00")
    assert entries(world, case) == [(True, False, None)]
    world.do("leader", case, "objection", decision="uphold", reason="不属客观因素")
    assert entries(world, case) == [(False, False, None)]
    road.decide(world, case)
    assert entries(world, case) == [(False, True, None)]


def test_a_second_decision_is_not_owed_on_what_fell_back_to_a_first(world: World) -> None:
    case = order_expired(world)
    road.decide(world, case)
    world.do("inspector1", case, "file", decision="object", reason="设备早已到货")
    interviews.until(world, "2026-03-28T09:00")
    assert entries(world, case)[1] == (True, False, None)
    assert "decide" in world.open_tasks(case)
    world.do("leader", case, "objection", decision="uphold", reason="不属客观因素")
    assert entries(world, case)[1] == (False, False, "decided_already")
    assert "decide" not in world.open_tasks(case)


def test_another_date_that_passes_is_still_a_second_expiry(world: World) -> None:
    case = order_expired(world)
    road.decide(world, case)
    interviews.until(world, "2026-03-28T09:00")
    assert entries(world, case) == [(False, True, None), (True, False, None)]
