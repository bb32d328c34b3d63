"""The simulation beside the real engine: scenario by scenario, the same elements are reached."""

from __future__ import annotations

import pytest

from engine.simulation.plan import plan_of
from tests.simulation.lockstep import GATEWAYS, Lockstep, NoTaskError
from workflows.demo.zone import load_zone
from workflows.deploying import PROCESSES, bundles, processes
from workflows.scenarios.coverage import Trail
from workflows.scenarios.loader import Scenario, load_scenarios
from workflows.scenarios.runner import Stage

BUNDLES = bundles()
PLAN = plan_of(BUNDLES, "hazard_rectification")
NODES = {(b.process, n.id): n for b in BUNDLES if b.diagram for n in b.diagram.nodes}
FLOWS = {(b.process, f.id): f for b in BUNDLES if b.diagram for f in b.diagram.flows}

NOT_MODELLED = {
    "a paper that is an order, whose issuer answers": {
        *("decided_once_for_one_lateness", "measures_left_undone_when_lowered"),
        *("order_expiry_stands", "order_withheld_then_agreed", "order_withheld_then_refused"),
        *("second_decision_settled_by_undoing", "order_and_objection", "order_stands"),
        "rectified_while_issuer_silent",
    },
    "a level that is lowered": {
        *("lowered_before_publication", "lowered_then_raised", "lowered_then_voided"),
        *("lowered_with_pending_request", "notice_owed_again_when_raised"),
    },
    "a listing that a leader orders": {
        *("ordered_by_a_leader", "ordered_then_lowered", "weeks_missed"),
    },
    "days that the minutes set for silent signatories": {
        *("authority_silence", "undecided_by_the_day", "withdrawn_after_the_interview"),
        "refused_after_the_interview",
    },
    "the enterprise's other hazards": {"general_third_overdue"},
    "who may register": {"town_may_not_inspect_alone"},
    "two dates at one instant, in the order of the engine's ids": {"major_overdue_listed_by_zone"},
}
"""Scenarios that rest on what the simulation leaves out, by what that is."""

LEFT_OUT = {name for names in NOT_MODELLED.values() for name in names}
SCENARIOS = [one for process in processes() for one in load_scenarios(PROCESSES, process)]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage(tmp_path_factory.mktemp("lockstep"), load_zone)


def reached(trail: Trail) -> set[tuple[str, str]]:
    """Return the elements at the ends of the flows that the engine took, but for gateways."""
    ends = {(key[0], end) for key in trail.flows for end in (FLOWS[key].source, FLOWS[key].target)}
    return {key for key in ends if NODES[key].kind not in GATEWAYS}


def agrees(stage: Stage, scenario: Scenario) -> bool:
    played = stage.play(scenario)
    assert played.passed
    simulated = Lockstep(PLAN, scenario)
    try:
        simulated.play()
    except NoTaskError:
        return False
    return simulated.reached == reached(played.trail)


@pytest.mark.process
@pytest.mark.parametrize(
    "scenario", SCENARIOS, ids=[f"{one.process}-{one.name}" for one in SCENARIOS]
)
def test_the_simulation_reaches_what_the_engine_reaches(stage: Stage, scenario: Scenario) -> None:
    # One that is left out is so for a reason: should it agree one day, the list is to say so.
    assert agrees(stage, scenario) is (scenario.name not in LEFT_OUT)


def test_most_scenarios_are_modelled() -> None:
    names = {one.name for one in SCENARIOS}
    assert names >= LEFT_OUT
    assert len(SCENARIOS) > 3 * len(LEFT_OUT)
