"""An objection to an extension, and a further request that rests on it."""

from __future__ import annotations

import pytest

from engine.errors import Invalid
from tests.domain import extensions as road
from tests.domain.test_extension_lapses import told
from tests.domain.world import World


def twice(world: World) -> str:
    """Return a case with an extension in force, unfiled, and a second one asked for."""
    case = road.granted(world)
    world.act("principal1", case, "extension.request", **road.second(world, 5))
    return case


def objected(world: World, case: str) -> None:
    """Object to the only extension in force."""
    world.do("inspector1", case, "file", decision="object", reason="设备早已到货")


def uphold(world: World, case: str) -> None:
    """Let the leader uphold the objection."""
    world.do("leader", case, "objection", decision="uphold", reason="不属客观因素")


def test_what_the_enterprise_asks_further_lapses_with_the_extension(world: World) -> None:
    case = twice(world)
    road.park(world, case)
    objected(world, case)
    uphold(world, case)
    first, second = world.document(case)["extension_requests"]
    assert first["undone_at"]
    assert (second["status"], second["lapse_cause"]) == ("lapsed", "undone")
    assert not {"sign_park", "sign_department"} & set(world.open_tasks(case))
    assert road.rows(world, case, "rectification") == [("rectification", "live", "2026-03-17")]
    assert ("sign", "voided") in {one[:2] for one in road.rows(world, case, "sign")}
    everybody = told(world, case)
    assert {"principal1", "economy_head"} <= set(everybody)
    assert len(everybody) == len(set(everybody))
    road.request(world, case)
    assert not road.last(world, case)["second"]


def test_a_returned_request_lapses_with_it_too(world: World) -> None:
    case = twice(world)
    road.park(world, case, "return")
    objected(world, case)
    uphold(world, case)
    assert road.last(world, case)["lapse_cause"] == "undone"
    assert "resubmit" not in world.open_tasks(case)


def test_dismissed_the_further_request_goes_on(world: World) -> None:
    case = twice(world)
    objected(world, case)
    world.do("leader", case, "objection", decision="dismiss", reason="客观因素属实")
    assert {"sign_park", "sign_department"} <= set(world.open_tasks(case))


@pytest.mark.parametrize("how", ["withdrawn", "refused", "lapsed"])
def test_a_request_that_ended_bars_no_objection(world: World, how: str) -> None:
    case = twice(world)
    if how == "withdrawn":
        world.act("safety1", case, "extension.withdraw", reason="x")
    else:
        road.park(world, case, "refuse" if how == "refused" else "return")
    if how == "lapsed":
        world.pass_time(days=3)
    assert road.last(world, case)["status"] == how
    objected(world, case)
    assert "objection" in world.open_tasks(case)


def test_the_leader_decides_on_the_objection_before_a_second_extension(world: World) -> None:
    case = twice(world)
    road.park(world, case)
    road.department(world, case)
    objected(world, case)
    with pytest.raises(Invalid) as refused:
        road.sign(world, "leader", case, "sign_leader", "agree")
    assert "先裁定异议" in refused.value.by_field("zh")["decision"][0]
    world.do("leader", case, "objection", decision="dismiss", reason="客观因素属实")
    road.sign(world, "leader", case, "sign_leader", "agree")
    assert road.last(world, case)["status"] == "effective"


def test_a_second_extension_in_force_bars_an_objection_to_the_first(world: World) -> None:
    case = twice(world)
    road.park(world, case)
    road.department(world, case)
    road.sign(world, "leader", case, "sign_leader", "agree")
    first = road.tasks(world, case, "file")[0]
    data = {"decision": "object", "reason": "设备早已到货"}
    with pytest.raises(Invalid) as refused:
        world.bihuan.runtime.complete_task(world.actor("inspector1"), first, data)
    assert "已经生效" in refused.value.by_field("zh")["decision"][0]
