"""What a recheck must carry, and what its time does to the date."""

from __future__ import annotations

import pytest

from engine.errors import Invalid, NotAllowed
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


def test_one_officer_may_find_it_not_done_at_expiry_which_counts_as_no_failure(
    world: World,
) -> None:
    case = journeys.served(world, "larger")
    world.pass_time(days=8)
    world.do("inspector1", case, "expiry_recheck", result="fail", opinion="未完成")
    document = world.document(case)
    assert (document["failed_items"], document["done_at"]) == ({}, None)
    assert {"rectify"} <= set(world.open_tasks(case))
    assert not {"recheck_second", "expiry_recheck"} & set(world.open_tasks(case))
    # What the enterprise reports from here is rechecked by two, as ever.
    journeys.reported(world, case)
    journeys.rechecked(world, case, "larger")
    assert "strike_department" in world.open_tasks(case)


@pytest.mark.parametrize("level", ["larger", "major"])
def test_found_done_by_one_officer_at_expiry_it_still_takes_the_second(
    world: World, level: str
) -> None:
    case = journeys.served(world, level)
    world.pass_time(days={"larger": 8, "major": 16}[level])
    photo = world.photo("inspector1")
    world.do("inspector1", case, "expiry_recheck", result="pass", photos=[photo])
    assert "recheck" in world.open_tasks(case)
    assert not {"strike_department", "strike_finder"} & set(world.open_tasks(case))
    items = [{"item": "压力报警", "state": "done"}]
    photo = world.photo("inspector1")
    world.do(
        "inspector1", case, "recheck", method="visit", items=items, result="pass", photos=[photo]
    )
    with pytest.raises(NotAllowed):
        world.do("inspector1", case, "recheck_second", decision="agree")
    assert "strike_department" not in world.open_tasks(case)
    world.do("inspector2", case, "recheck_second", decision="agree")
    follows = {"larger": "strike_department", "major": "recheck_expert"}[level]
    assert follows in world.open_tasks(case)
