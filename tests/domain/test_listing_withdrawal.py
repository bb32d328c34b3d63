"""An extension that an objection undid lists no hazard: withdrawn, or taken off the list."""

from __future__ import annotations

from typing import Any

from tests.domain import extensions, journeys
from tests.domain.world import World


def granted_while_major(world: World, *, by_park: bool = True) -> str:
    case = journeys.served(world, "major")
    if by_park:
        world.do("park_east_head", case, "publish", medium="园区网站", published_on="2026-03-02")
    journeys.planned(world, case)
    extensions.request(world, case)
    extensions.park(world, case)
    extensions.department(world, case)
    return case


def undone(world: World, case: str) -> dict[str, Any]:
    world.do("inspector1", case, "file", decision="object", reason="理由不足")
    world.do("leader", case, "objection", decision="uphold", reason="不属客观因素")
    found: dict[str, Any] = world.document(case)["listing"]
    return found


def publish_zone(world: World, case: str) -> None:
    data = {"basis": "延期", "frequency": "每7天", "supervising_body": "区安委办"}
    where = {"department": "经商局", "medium": "区政府网站", "published_on": "2026-03-02"}
    world.do("office_officer", case, "publish_zone", **data, **where)


def test_what_the_zone_has_not_published_is_withdrawn(world: World) -> None:
    case = extensions.granted(world)
    found = undone(world, case)
    assert (found["ended"]["reason"], found["grade"], found["grounds"]) == (
        "extension_undone",
        0,
        [],
    )
    assert set(world.open_tasks(case)) == {"rectify"}


def test_what_the_zone_has_published_is_taken_down(world: World) -> None:
    case = extensions.granted(world)
    publish_zone(world, case)
    assert undone(world, case)["ended"]["grade"] == 2
    assert set(world.open_tasks(case)) == {"rectify", "remove"}
    world.do("office_officer", case, "remove", medium="区政府网站", removed_on="2026-03-02")
    assert world.document(case)["listing"]["removed_on"] == "2026-03-02"


def test_a_major_hazard_goes_back_to_the_listing_of_the_park(world: World) -> None:
    case = granted_while_major(world)
    found = undone(world, case)
    assert (found["grade"], found["ended"], found["withdrawn_at"]) == (1, None, None)
    assert set(world.open_tasks(case)) == {"rectify"}


def test_the_park_still_publishes_what_nobody_has_published(world: World) -> None:
    case = granted_while_major(world, by_park=False)
    assert undone(world, case)["grade"] == 1
    assert set(world.open_tasks(case)) == {"rectify", "publish"}
    world.do("park_east_head", case, "publish", medium="园区网站", published_on="2026-03-02")


def test_what_the_zone_has_published_of_a_major_hazard_stands(world: World) -> None:
    case = granted_while_major(world)
    publish_zone(world, case)
    found = undone(world, case)
    assert (found["grade"], found["published"], found["ended"]) == (2, True, None)
    assert set(world.open_tasks(case)) == {"rectify"}


def test_a_leaders_order_keeps_it_listed(world: World) -> None:
    case = extensions.running(world)
    world.act("leader", case, "listing.open", reason="挂牌督办")
    extensions.request(world, case)
    extensions.park(world, case)
    extensions.department(world, case)
    found = undone(world, case)
    assert [one["ground"] for one in found["grounds"]] == ["by_order"]
    assert "publish_zone" in world.open_tasks(case)
