"""What a form starts with is in one language, that of whoever fills it in."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from tests.domain import enforcements, journeys
from tests.domain import interviews as road
from tests.domain.world import World

HAN = re.compile("[一-鿿]")


def values(world: World, case: str, element: str, person: str, language: str) -> dict[str, Any]:
    actor = replace(world.actor(person), language=language)
    task = world.open_tasks(case)[element]
    return dict(world.bihuan.runtime.task_form(actor, task).values)


@pytest.mark.parametrize(("language", "often"), [("zh", "每7天"), ("en", "every 7 days")])
def test_the_notice_of_a_listing(world: World, language: str, often: str) -> None:
    case = journeys.served(world, "larger")
    world.act("leader", case, "listing.open", reason="挂牌督办")
    found = values(world, case, "publish_zone", "office_officer", language)
    assert found["frequency"] == often


def test_what_a_decision_rests_on(world: World) -> None:
    case = enforcements.expired(world)
    chinese = values(world, case, "decide", "bureau_head", "zh")
    assert chinese["counters"] == "180 天内处罚 0 次；365 天内处罚 0 次"
    english = values(world, case, "decide", "bureau_head", "en")
    assert english["counters"] == "penalties within 180 days: 0; penalties within 365 days: 0"
    assert not HAN.search(english["expiries"])


def test_the_elements_of_a_referral(world: World) -> None:
    case = enforcements.expired(world, "major")
    enforcements.decide(world, case, "referral")
    world.do("inspector1", case, "check_elements", **enforcements.elements(world, "inspector1"))
    chinese = values(world, case, "check_second", "inspector2", "zh")["elements"]
    assert "判定依据：具备；已核实" in chinese
    english = values(world, case, "check_second", "inspector2", "en")["elements"]
    assert "Named criterion: met; 已核实" in english
    assert "具备" not in english


def test_a_date_that_passed_at_midnight_is_24_00_of_its_last_day(world: World) -> None:
    case = road.overdue(world)
    duty = next(d for d in world.document(case)["deadlines"] if d["kind"] == "interview")
    said = duty["explained"][0]
    assert "2026-03-09 24:00" in said["zh"]
    assert "2026-03-09 24:00" in said["en"]
