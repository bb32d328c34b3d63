"""Every scenario beside a process holds, and together they visit everything."""

from __future__ import annotations

import pytest

from workflows.demo.zone import load_zone
from workflows.deploying import PROCESSES, bundles, processes
from workflows.scenarios.coverage import Trail, measure
from workflows.scenarios.loader import Scenario, load_scenarios
from workflows.scenarios.runner import Stage

SCENARIOS = [one for process in processes() for one in load_scenarios(PROCESSES, process)]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage(tmp_path_factory.mktemp("scenarios"), load_zone)


@pytest.fixture(scope="module")
def walked() -> Trail:
    """Where all scenarios of this run were; the last tests read it."""
    return Trail()


@pytest.mark.process
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: f"{one.process}-{one.name}")
def test_the_scenario_holds(scenario: Scenario, stage: Stage, walked: Trail) -> None:
    played = stage.play(scenario)
    walked.add(played.trail)
    assert played.failures == []


@pytest.mark.process
@pytest.mark.parametrize("process", processes())
def test_nothing_is_left_unvisited(process: str, walked: Trail) -> None:
    if not walked.flows:
        pytest.skip("the scenarios themselves were not selected")
    (bundle,) = bundles([process])
    coverage = measure(bundle, walked)
    assert coverage.missed_tasks == ()
    assert coverage.missed_flows == ()
    assert coverage.missed_rows == ()


def test_every_scenario_is_titled_in_both_languages() -> None:
    for scenario in SCENARIOS:
        assert not scenario.title_zh.isascii(), scenario.name
        assert scenario.title.isascii(), scenario.name
