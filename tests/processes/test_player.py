"""The player says so when a story does not hold: each fault here was planted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from workflows.demo.zone import load_zone
from workflows.deploying import PROCESSES, bundles
from workflows.scenarios.coverage import Trail, measure
from workflows.scenarios.loader import Deed, Expect, Scenario, Start, load_scenarios
from workflows.scenarios.runner import Stage

GENERAL = next(
    one
    for one in load_scenarios(PROCESSES, "hazard_rectification")
    if one.name == "general_on_the_spot"
)
CONFIRM = Deed("inspector1", "confirm_level", True, {"level": "general"})


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage(tmp_path_factory.mktemp("player"), load_zone)


def told(stage: Stage, scenario: Scenario) -> list[tuple[int, str]]:
    return [(one.step, one.sentence) for one in stage.play(scenario).failures]


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (Expect({"state": "struck_off"}), "Expected state struck_off, but it is registered"),
        (replace(CONFIRM, name="rectify"), "Expected one open task rectify"),
        (replace(CONFIRM, by="enterprise04"), "Expected you to hold a role"),
        (replace(CONFIRM, data={}), "level: "),
        (replace(CONFIRM, refused="conflict"), "Expected the refusal conflict, but it was done"),
        (Deed("bureau_head", "case.vanish", False, {}), "Expected an act case.vanish"),
    ],
)
def test_a_step_that_does_not_hold_is_told(
    stage: Stage, step: Deed | Expect, sentence: str
) -> None:
    (found,) = told(stage, replace(GENERAL, steps=(step,)))
    assert found[0] == 1
    assert sentence in found[1]


def test_a_start_that_should_be_refused_but_is_not_is_told(stage: Stage) -> None:
    start = replace(GENERAL.start, refused="invalid")
    ((step, sentence),) = told(stage, replace(GENERAL, start=start, steps=()))
    assert (step, "invalid" in sentence) == (0, True)


def test_a_start_that_is_refused_is_told(stage: Stage) -> None:
    start = Start(GENERAL.start.by, {**GENERAL.start.data, "location": ""})
    ((step, sentence),) = told(stage, replace(GENERAL, start=start, steps=()))
    assert step == 0
    assert "location" in sentence


def test_each_scenario_begins_with_an_untouched_database(stage: Stage) -> None:
    assert told(stage, GENERAL) == []
    assert told(stage, GENERAL) == []


def test_what_was_not_visited_is_named(stage: Stage) -> None:
    played = stage.play(replace(GENERAL, steps=(CONFIRM,)))
    (bundle,) = bundles(["hazard_rectification"])
    coverage = measure(bundle, played.trail)
    assert not coverage.complete
    assert "confirm_level" not in coverage.missed_tasks
    assert "propose_major" in coverage.missed_tasks
    assert "f_confirm_level_m_level" not in coverage.missed_flows
    assert "grading_clause" in coverage.missed_rows
    assert "grading_ordinary" not in coverage.missed_rows
    assert set(measure(bundle, Trail()).missed_rows) > set(coverage.missed_rows)
