"""A measure that was decided and whose ground is gone: left undone, by whom and why."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from engine import clock
from engine.errors import Invalid
from tests.domain import enforcements as road
from tests.domain import extensions, interviews, journeys
from tests.domain.answers import CLAUSE
from tests.domain.test_enforcement import refused_at
from tests.domain.world import World
from workflows.domain.case_schema import CaseSchema
from workflows.domain.enforcement import undone
from workflows.domain.hazard_case import HazardCase

STOP = {"measure": "stop_use", "scope": "一号炉", "ground": "仍在使用", "officers": road.OFFICERS}
LEFT = {"not_carried_out": True, "not_carried_out_reason": "已降为较大隐患"}
LOWER = {"level": "larger", "expert_opinion": "危害较小", "reason": "复核"}


def decided(world: World, *measures: str) -> str:
    """Decide on an order that passed while the notice was extended: it may be lowered still."""
    case = world.register(criterion=CLAUSE)
    journeys.grade_major(world, case)
    journeys.serve(world, case, "major", document_kind="order")
    extensions.request(world, case)
    extensions.park(world, case)
    extensions.department(world, case)
    world.do("bureau_head", case, "issuer_reply", decision="refuse", opinion="期限不变")
    interviews.until(world, "2026-03-18T09:00")
    road.decide(world, case, *measures)
    return case


def lowered(world: World, case: str) -> None:
    world.act("bureau_head", case, "level.lower", **LOWER)


def cut() -> dict[str, Any]:
    return {**road.CUT, "emergency": True, "cut_at": clock.now().isoformat()}


def start(world: World, person: str, case: str, element: str) -> object:
    task = world.open_tasks(case)[element]
    form = world.bihuan.runtime.task_form(world.actor(person), task)
    return form.values.get("not_carried_out")


def test_nothing_is_stopped_or_cut_off_that_was_lowered_since(world: World) -> None:
    case = decided(world, "stop_measures", "power_cut")
    lowered(world, case)
    assert refused_at(world, "inspector1", case, "stop_measures", **STOP) == "measure"
    assert refused_at(world, "bureau_head", case, "power_cut", **cut()) == "danger"
    assert start(world, "inspector1", case, "stop_measures") is True
    world.do("inspector1", case, "stop_measures", **LEFT)
    world.do("bureau_head", case, "power_cut", **LEFT)
    assert not {"stop_measures", "power_cut"} & set(world.open_tasks(case))
    entry = road.entry(world, case)
    assert (entry["stop_measures"], entry["power_cut"]) == (None, None)
    assert entry["not_carried_out"]["power_cut"] == {
        "by": "bureau_head",
        "at": clock.now().isoformat(),
        "reason": "已降为较大隐患",
    }
    assert entry["not_carried_out"]["stop_measures"]["by"] == "inspector1"
    assert not CaseSchema().validate(dict(world.document(case)))


def test_a_measure_is_left_undone_for_a_reason_alone(world: World) -> None:
    case = decided(world, "stop_measures", "power_cut")
    for reason in ({}, {"not_carried_out_reason": " "}):
        with pytest.raises(Invalid) as caught:
            world.do("bureau_head", case, "power_cut", not_carried_out=True, **reason)
        assert caught.value.errors[0].field == "not_carried_out_reason"
    world.do("bureau_head", case, "power_cut", **LEFT)
    assert "power_cut" not in world.open_tasks(case)


def test_an_officer_does_not_leave_undone_what_the_head_decided(world: World) -> None:
    case = decided(world, "stop_measures")
    assert start(world, "inspector1", case, "stop_measures") is None
    assert refused_at(world, "inspector1", case, "stop_measures", **LEFT) == "measure"
    standing = SimpleNamespace(level="major", phase="rectifying")
    with pytest.raises(Invalid) as caught:
        undone.check_head_overruled(cast(HazardCase, standing))
    assert caught.value.errors[0].field == "not_carried_out"


def test_nothing_is_stopped_or_cut_off_that_is_struck_off(world: World) -> None:
    case = road.expired(world, "major")
    journeys.planned(world, case)
    road.decide(world, case, "stop_measures", "power_cut")
    journeys.reported(world, case)
    journeys.rechecked(world, case, "major")
    journeys.struck_off(world, case, "major")
    assert refused_at(world, "inspector1", case, "stop_measures", **STOP) == "measure"
    assert refused_at(world, "bureau_head", case, "power_cut", **cut()) == "danger"
    world.do("inspector1", case, "stop_measures", **LEFT)
    world.do("bureau_head", case, "power_cut", **LEFT)
    assert not {"stop_measures", "power_cut"} & set(world.open_tasks(case))


def test_what_was_left_undone_did_not_end_with_the_case(world: World) -> None:
    case = decided(world, "stop_measures", "power_cut")
    world.do("bureau_head", case, "power_cut", **LEFT)
    world.do("inspector1", case, "stop_measures", **STOP)
    photo = world.photo("bureau_head")
    world.act("bureau_head", case, "case.shut_down", reason="关停", photos=[photo])
    assert road.entry(world, case)["ended"] is None
