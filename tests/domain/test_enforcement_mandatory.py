"""When not to pursue is no answer: after a second expiry of the hazard, and after a no-show."""

from __future__ import annotations

import pytest

from engine.errors import Invalid
from tests.domain import enforcements as road
from tests.domain import interviews, journeys
from tests.domain.world import World
from workflows.domain.case_schema import CaseSchema


def raised(world: World, case: str) -> None:
    """Raise a larger hazard to major and serve the new paper."""
    journeys.raised(world, case)
    journeys.serve(world, case, "major")


def nobody_came(world: World) -> str:
    """Return an overdue larger hazard to whose interview nobody came."""
    case = interviews.ready(world)
    absence = {"absence_reason": "无故缺席", "substitute_came": False}
    world.do("park_east_head", case, "hold", outcome="no_show", **absence)
    return case


def refusal(world: World, case: str) -> Invalid:
    with pytest.raises(Invalid) as caught:
        road.decide(world, case)
    assert caught.value.errors[0].field == "pursue"
    return caught.value


def test_a_second_expiry_counts_whatever_the_first_decision_was(world: World) -> None:
    case = road.expired(world)
    road.decide(world, case)
    raised(world, case)
    world.pass_time(days=16)
    found = road.entry(world, case)
    assert (found["number"], found["mandatory"]) == (2, True)
    refused = refusal(world, case)
    assert "a second expiry" in str(refused)
    assert "再次届满" in refused.errors[0].message_zh
    road.decide(world, case, "penalty")


def test_a_final_date_that_passes_is_a_second_expiry_after_a_decision_not_to_pursue(
    world: World,
) -> None:
    case = interviews.ready(world)
    road.decide(world, case)
    interviews.held(world, case)
    interviews.until(world, "2026-03-17T09:00")
    assert road.entry(world, case)["grounds"] == ["second_expiry"]
    assert "a second expiry" in str(refusal(world, case))


def test_a_no_show_leads_to_a_penalty(world: World) -> None:
    case = nobody_came(world)
    found = road.entry(world, case)
    assert (found["mandatory"], found["grounds"]) == (True, ["no_show"])
    refused = refusal(world, case)
    assert "a no-show at the interview" in str(refused)
    assert "缺席" in refused.errors[0].message_zh
    form = world.bihuan.runtime.task_form(
        world.actor("bureau_head"), world.open_tasks(case)["decide"]
    )
    assert "约谈对象无故缺席约谈，必须执法" in str(form.values["expiries"])
    assert not CaseSchema().validate(dict(world.document(case)))


def test_an_interview_held_after_a_no_show_does_not_undo_it(world: World) -> None:
    case = nobody_came(world)
    interviews.noticed(world, case, "2026-03-12T10:00")
    interviews.until(world, "2026-03-12T11:00")
    interviews.held(world, case, person="principal_leader", held_at="2026-03-12T10:00")
    assert road.entry(world, case)["grounds"] == ["no_show"]


def test_a_no_show_and_a_second_expiry_are_both_told(world: World) -> None:
    case = nobody_came(world)
    interviews.noticed(world, case, "2026-03-12T10:00")
    interviews.until(world, "2026-03-12T11:00")
    interviews.held(world, case, person="principal_leader", held_at="2026-03-12T10:00")
    interviews.until(world, "2026-03-18T09:00")
    assert road.entry(world, case)["grounds"] == ["second_expiry", "no_show"]
    assert "a second expiry and a no-show at the interview" in str(refusal(world, case))
