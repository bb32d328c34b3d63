"""A request for extension: taken, signed by two, in force; what is refused and why."""

from __future__ import annotations

from tests.domain import extensions as road
from tests.domain.world import World


def test_two_signatures_move_the_date_from_the_original(world: World) -> None:
    case = road.requested(world)
    assert road.last(world, case)["timeliness"] == "timely"
    road.park(world, case)
    assert road.rows(world, case, "rectification") == [("rectification", "live", "2026-03-17")]
    road.department(world, case)
    found = road.last(world, case)
    assert (found["status"], world.document(case)["extensions"]) == ("effective", 1)
    assert road.rows(world, case, "rectification") == [("rectification", "live", "2026-03-27")]
    assert {one["content_hash"] for one in found["signatures"]} == {found["content_hash"]}
    assert {one["new_date"] for one in found["signatures"]} == {"2026-03-27"}
    assert [state for _, state, _ in road.rows(world, case, "sign")] == ["met", "met"]
    assert road.rows(world, case, "filing") == [("filing", "live", "2026-03-03")]
    world.do("inspector1", case, "file", decision="file")
    assert road.last(world, case)["filing"]["register_number"].endswith("第1号")
    assert "file" not in world.open_tasks(case)
