"""What history says of a process: waits, returns, bodies, and what would not fit now."""

from __future__ import annotations

import pytest

from engine import clock
from tests.api.harness import Zone
from tests.api.newer import PROCESS, deploy_newer
from workflows.analysis import cohort
from workflows.analysis.analysis import Analysis, analysis, may_read
from workflows.analysis.cohort import Wanted
from workflows.analysis.waits import Step
from workflows.domain import organisation

PROPOSAL = {"level": "major", "criterion": "判定标准第三条", "reason": "符合"}


def analysed(zone: Zone, process: str = PROCESS, **wanted: object) -> Analysis:
    with zone.bihuan.database.read() as session:
        asked = Wanted("default", process, clock.now(), **wanted)  # type: ignore[arg-type]
        return analysis(session, asked, named=True)


def step(found: Analysis, element: str) -> Step:
    [one] = [each for each in found.steps if each.element == element]
    return one


def wait(zone: Zone, hours: int) -> None:
    zone.advance(f"PT{hours}H")


@pytest.fixture
def three(zone: Zone) -> list[str]:
    """Three cases whose level is confirmed after 2, 4 and 10 hours, and one that waits."""
    cases = [zone.begin("inspector3", finder_body="industry_economy") for _ in range(4)]
    for case, hours in zip(cases[:3], (2, 2, 6), strict=True):
        wait(zone, hours)
        zone.do("inspector3", case, "confirm_level", level="general")
    return cases


def test_waits_are_the_middle_and_the_ninth_tenth(zone: Zone, three: list[str]) -> None:
    found = analysed(zone)
    assert (found.size.cases, found.size.instances) == (4, 4)
    one = step(found, "confirm_level").waiting
    assert (one.done, one.open, one.cases) == (3, 1, 4)
    assert one.median == pytest.approx(4 / 24, abs=1e-3)
    assert one.p90 == pytest.approx(10 / 24, abs=1e-3)
    assert step(found, "confirm_level").returns == 0


def test_levels_and_bodies_have_their_own_figures(zone: Zone, three: list[str]) -> None:
    found = analysed(zone)
    levels = {one.key: one.done for one in found.levels if one.key[0] == "confirm_level"}
    assert levels == {("confirm_level", "general"): 3, ("confirm_level", ""): 0}
    bodies = {one.key[0]: (one.done, one.open) for one in found.bodies}
    assert bodies["industry_economy"][0] == 3
    assert not any(name.startswith("enterprise0") for name in bodies), "they are one row"
    general = analysed(zone, level="general")
    assert general.size.cases == 3
    assert step(general, "confirm_level").waiting.open == 0


def test_a_step_that_comes_again_is_a_return(zone: Zone) -> None:
    case = zone.begin(proposed_level="major", criterion="判定标准第三条")
    zone.do("inspector1", case, "propose_major", **PROPOSAL)
    zone.do("inspector2", case, "second_proposal", decision="return", opinion="证据不足")
    zone.do("inspector1", case, "confirm_level", **PROPOSAL)
    found = analysed(zone)
    again = {one.element: one.returns for one in found.steps if one.returns}
    assert again == {"second_proposal": 1}


def test_only_cases_of_the_period_count(zone: Zone, three: list[str]) -> None:
    wait(zone, 24 * 40)
    zone.begin("inspector3", finder_body="industry_economy")
    assert analysed(zone, period="30").size.cases == 1
    assert analysed(zone, period="90").size.cases == 5
    assert analysed(zone, period="all").size.cases == 5


def test_the_newest_cases_are_counted_where_there_are_more(
    zone: Zone, three: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cohort, "MOST", 2)
    assert analysed(zone).size.found == 2


def test_what_was_done_fits_its_own_version(zone: Zone, three: list[str]) -> None:
    found = analysed(zone).conformance
    assert (found.instances, found.fitting, found.fitness) == (4, 4, 1.0)
    assert not found.deviations


def test_steps_that_a_newer_version_does_not_have_are_told(zone: Zone, three: list[str]) -> None:
    case = zone.begin(proposed_level="major", criterion="判定标准第三条")
    zone.do("inspector1", case, "propose_major", **PROPOSAL)
    deploy_newer(zone.bihuan)
    found = analysed(zone)
    assert found.current == 2
    assert (found.conformance.instances, found.conformance.fitting) == (5, 4)
    assert 0.9 < found.conformance.fitness < 1
    [one] = found.conformance.deviations
    assert (one.element, one.why, one.target[0]) == ("g_level", "elsewhere", "第二人复核")
    assert (one.times, one.open, one.closed, one.cases) == (1, 1, 0, (case,))
    [least] = found.conformance.least
    assert (least.case_id, least.steps - least.fitting) == (case, 1)
    assert analysed(zone, version=2).size.cases == 0


def test_what_was_done_under_the_current_version_does_not_count_for_an_older_one(
    zone: Zone,
) -> None:
    def proposed() -> str:
        case = zone.begin(proposed_level="major", criterion="判定标准第三条")
        zone.do("inspector1", case, "propose_major", **PROPOSAL)
        return case

    older = proposed()
    deploy_newer(zone.bihuan)
    proposed()
    found = analysed(zone).conformance
    [one] = found.deviations
    assert (one.times, one.open, one.cases) == (1, 1, (older,))
    assert (found.instances, found.fitting) == (2, 1)
    assert [fit.case_id for fit in found.least] == [older]


def test_a_process_that_nobody_ran_has_nothing_to_tell(zone: Zone) -> None:
    found = analysed(zone, "enforcement")
    assert (found.size.instances, found.steps, found.conformance.fitness) == (0, [], 1.0)


@pytest.mark.parametrize(
    ("person", "may"),
    [
        ("designer", True),
        ("office_head", True),
        ("auditor", True),
        ("park_east", False),
        ("admin", False),
    ],
)
def test_who_sees_figures(zone: Zone, person: str, may: bool) -> None:
    with zone.bihuan.database.read() as session:
        actor = organisation.actor_of(session, person, clock.now())
        assert may_read(session, actor) is may
