"""A correction of past days: dates set before it stand by the calendar of their time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from engine import clock
from engine.ports import SYSTEM
from tests.checking.zone import Spoiled
from tests.domain import journeys
from workflows.administration import calendar_years
from workflows.administration.desk import Desk
from workflows.domain import rule_store
from workflows.domain.working_days import SpecialDay

MARCH = [date(2026, 3, 1) + timedelta(days=n) for n in range(31)]
ANOTHER_DAY = """
UPDATE bpm_case SET document = (
  SELECT json_set(bpm_case.document, '$.deadlines[' || (number - 1) || '].due_date', '2026-03-31')
  FROM hz_deadline WHERE case_id = bpm_case.id AND kind = 'recheck' AND due_date < '2026-04-01'
) WHERE id IN (
  SELECT case_id FROM hz_deadline WHERE kind = 'recheck' AND due_date < '2026-04-01'
)
"""
REST = "SELECT count(*) FROM hz_deadline WHERE kind = 'recheck' AND due_date < '2026-04-01'"


def corrected(spoiled: Spoiled) -> list[SpecialDay]:
    """Return the year as it is loaded, with every day of March a day off."""
    with spoiled.world.bihuan.database.read() as session:
        specials = rule_store.calendar(session).specials.values()
    kept = [one for one in specials if one.day.year == 2026 and one.day not in MARCH]
    return [*kept, *(SpecialDay(day, "holiday", "更正", "更正通知") for day in MARCH)]


def test_dates_set_before_a_correction_stand(spoiled: Spoiled) -> None:
    assert int(spoiled.ask(REST)) > 0
    bihuan = spoiled.world.bihuan
    with clock.use(clock.VirtualClock(clock.now() + timedelta(hours=1))):
        calendar_years.apply(bihuan.runtime, SYSTEM, "default", corrected(spoiled))
        assert spoiled.found() == {}
        calendar_years.apply(bihuan.runtime, SYSTEM, "default", corrected(spoiled)[:-5])
        assert spoiled.found() == {}, "two corrections are undone one after the other"


def test_a_date_set_after_a_correction_rests_on_it(spoiled: Spoiled) -> None:
    world = spoiled.world
    calendar_years.apply(world.bihuan.runtime, SYSTEM, "default", corrected(spoiled))
    case = journeys.served(world, "larger")
    journeys.reported(world, case)
    assert spoiled.found() == {}
    due = {one["kind"]: one["due_date"] for one in world.document(case)["deadlines"]}
    assert due["recheck"] >= "2026-04-01"


def test_a_date_that_no_calendar_gives_is_still_found(spoiled: Spoiled) -> None:
    bihuan = spoiled.world.bihuan
    with clock.use(clock.VirtualClock(clock.now() + timedelta(hours=1))):
        calendar_years.apply(bihuan.runtime, SYSTEM, "default", corrected(spoiled))
        assert spoiled.spoil(ANOTHER_DAY) > 0
        said = [one.message for one in spoiled.found()["deadlines"]]
        assert any("the date of deadline" in one and "2026-03-31" in one for one in said), said


@pytest.mark.parametrize("year", [2026, 2027])
def test_a_load_without_its_earlier_days_excuses_its_own_years_only(
    spoiled: Spoiled, year: int
) -> None:
    later = clock.now() + timedelta(hours=1)
    with spoiled.world.bihuan.database.begin() as session:
        rule_store.import_year(session, corrected(spoiled))
        Desk(session, SYSTEM, "default", later).record(
            "calendar.import", "default", {"years": [year]}
        )
    assert ("deadlines" in spoiled.found()) is (year == 2027)
