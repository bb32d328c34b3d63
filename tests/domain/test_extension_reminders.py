"""An enterprise hears in good time that it may ask for an extension, by the rule set's days."""

from __future__ import annotations

from datetime import date

import pytest

from engine import clock
from tests.domain import extensions as road
from tests.domain import journeys
from tests.domain.world import World
from workflows.domain import notifications


def heard(world: World, days: int = 16, person: str = "safety1") -> list[tuple[str, str]]:
    """Let days pass; return the day and the sentence of each reminder."""
    found: list[tuple[str, str]] = []
    for _ in range(days):
        world.pass_time(days=1)
        with world.bihuan.database.read() as session:
            told = [
                one
                for one in notifications.latest(session, person, 50)
                if one.kind == "extension.possible"
            ]
        if len(told) > len(found):
            found.append((clock.beijing_date(clock.now()).isoformat(), told[0].text))
    return found


def test_the_enterprise_hears_on_day_eight_and_eleven(world: World) -> None:
    road.running(world)
    served = date(2026, 3, 2)
    found = heard(world)
    assert [date.fromisoformat(day).toordinal() - served.toordinal() for day, _ in found] == [8, 11]
    assert all("2026-03-14" in text for _, text in found), "until when a request is in good time"


def test_the_days_are_those_of_the_rule_set(world: World) -> None:
    road.newer_rules(world, **{"extension.request_reminders": [5]})
    road.running(world)
    assert [day for day, _ in heard(world)] == ["2026-03-07"]


def test_nobody_hears_of_a_request_that_would_be_late(world: World) -> None:
    road.newer_rules(world, **{"extension.timely_days_before": 6})
    road.running(world)
    assert [day for day, _ in heard(world)] == ["2026-03-10"]


def test_only_the_enterprise_is_told(world: World) -> None:
    road.running(world)
    assert heard(world, person="inspector1") == []


def test_nothing_is_said_once_a_request_was_made(world: World) -> None:
    case = road.running(world)
    road.request(world, case)
    assert heard(world) == []


def test_nothing_is_said_while_the_report_waits_for_its_recheck(world: World) -> None:
    case = road.running(world)
    journeys.reported(world, case)
    assert heard(world, 9) == []


@pytest.mark.parametrize("days", [3])
def test_a_short_date_ends_before_its_reminders(world: World, days: int) -> None:
    road.running(world, due_date=date(2026, 3, 2 + days).isoformat())
    assert heard(world, 2) == []
