"""What a recheck must carry, and what its time does to the date."""

from __future__ import annotations

import pytest

from engine.errors import Invalid
from tests.domain import journeys
from tests.domain.world import World


@pytest.mark.parametrize(
    ("field", "left_out", "zh"), [("items", [], "逐项"), ("photos", None, "整改后现场照片")]
)
def test_a_larger_hazard_passes_item_by_item_and_with_a_photo(
    world: World, field: str, left_out: object, zh: str
) -> None:
    case = journeys.served(world, "larger")
    journeys.reported(world, case)
    photos = [world.photo("inspector2")]
    whole = {"method": "visit", "items": [{"item": "a", "state": "done"}], "photos": photos}
    with pytest.raises(Invalid) as refused:
        world.do("inspector2", case, "recheck", result="pass", **(whole | {field: left_out}))
    (error,) = refused.value.errors
    assert error.field == field
    assert zh in error.message_zh
    assert error.message.isascii()


def test_a_failed_recheck_of_a_larger_hazard_needs_its_items_but_no_photo(world: World) -> None:
    case = journeys.served(world, "larger")
    journeys.reported(world, case)
    data = {"method": "visit", "result": "fail", "opinion": "未接入"}
    with pytest.raises(Invalid) as refused:
        world.do("inspector2", case, "recheck", items=[], **data)
    assert refused.value.errors[0].field == "items"
    items = [{"item": "a", "state": "partly"}]
    world.do("inspector2", case, "recheck", items=items, **data)
    assert world.document(case)["recheck"]["items"] == items


def test_expiry_during_the_recheck_of_a_third_report_is_recorded_at_its_instant(
    world: World,
) -> None:
    case = journeys.served(world, "larger")
    for _ in range(2):
        journeys.reported(world, case)
        journeys.rechecked(world, case, "larger", "fail")
    journeys.reported(world, case)
    world.pass_time(days=8)
    assert {"recheck", "propose_host"} <= set(world.open_tasks(case))
    (date_,) = [d for d in world.document(case)["deadlines"] if d["kind"] == "rectification"]
    assert (date_["state"], date_["expired_at"]) == ("expired", date_["due_at"])


def test_a_report_that_stops_the_clock_lets_nothing_expire(world: World) -> None:
    case = journeys.served(world, "larger")
    journeys.reported(world, case)
    world.pass_time(days=9)
    assert set(world.open_tasks(case)) == {"recheck"}
    journeys.rechecked(world, case, "larger", "fail")
    assert {"rectify", "propose_host"} <= set(world.open_tasks(case))
