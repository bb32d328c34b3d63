"""Every scenario beside a process holds, and together they visit everything."""

from __future__ import annotations

from dataclasses import dataclass, field

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


@dataclass
class Walked:
    """Where the scenarios played in this process were; the last tests read it."""

    trail: Trail = field(default_factory=Trail)
    played: set[str] = field(default_factory=set)

    def add(self, scenario: Scenario, trail: Trail) -> None:
        self.trail.add(trail)
        self.played.add(f"{scenario.process}-{scenario.name}")


@pytest.fixture(scope="module")
def walked() -> Walked:
    return Walked()


@pytest.mark.process
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: f"{one.process}-{one.name}")
def test_the_scenario_holds(scenario: Scenario, stage: Stage, walked: Walked) -> None:
    played = stage.play(scenario)
    walked.add(scenario, played.trail)
    assert played.failures == []


@pytest.mark.process
@pytest.mark.parametrize("process", processes())
def test_nothing_is_left_unvisited(process: str, stage: Stage, walked: Walked) -> None:
    if not walked.played:
        pytest.skip("the scenarios themselves were not selected")
    for scenario in SCENARIOS:
        # Another process of a divided run may have played some of them.
        if f"{scenario.process}-{scenario.name}" not in walked.played:
            walked.add(scenario, stage.play(scenario).trail)
    (bundle,) = bundles([process])
    coverage = measure(bundle, walked.trail)
    assert coverage.missed_tasks == ()
    assert coverage.missed_flows == ()
    assert coverage.missed_rows == ()


def test_every_scenario_is_titled_in_both_languages() -> None:
    for scenario in SCENARIOS:
        assert not scenario.title_zh.isascii(), scenario.name
        assert scenario.title.isascii(), scenario.name
