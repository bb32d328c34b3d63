"""The dates of shipped scenarios, which the engine is held to, as the simulation counts them."""

from __future__ import annotations

from tests.simulation.lockstep import Lockstep
from tests.simulation.test_against_engine import LEFT_OUT, PLAN, SCENARIOS

LEAST = 40


def test_the_dates_are_those_of_the_scenarios() -> None:
    wrong: dict[str, list[str]] = {}
    compared = 0
    for scenario in SCENARIOS:
        if scenario.name not in LEFT_OUT:
            simulated = Lockstep(PLAN, scenario)
            simulated.play()
            compared += simulated.compared
            if simulated.wrong:
                wrong[scenario.name] = simulated.wrong
    assert wrong == {}
    assert compared >= LEAST, "most scenarios name a date"
