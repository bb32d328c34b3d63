"""Limits of tasks that are values of the rule set follow a new version of it."""

from __future__ import annotations

from datetime import date

import pytest

from engine import clock
from engine.ports import Rung, TaskFacts
from engine.store import queries
from tests.domain import extensions as road
from tests.domain import journeys
from tests.domain.world import World
from workflows.domain import ladder_top, routing, rule_ladders, rule_set, working_days
from workflows.domain.deadlines import Basis
from workflows.domain.working_days import WorkingCalendar

FRIDAY = date(2026, 3, 6)
BASIS = Basis(
    rule_set.parse(rule_set.shipped_text()),
    WorkingCalendar.of(working_days.seeded_days()),
)


@pytest.mark.parametrize("name", sorted(rule_ladders.RULES))
def test_each_ladder_stands_for_a_value_of_the_shipped_rule_set(name: str) -> None:
    key = rule_ladders.RULES[name]
    assert key.startswith(name)
    assert BASIS.rules[key].unit in ("days", "workdays")
    assert name in routing.LADDERS


def test_working_days_skip_the_weekend_and_days_do_not() -> None:
    assert rule_ladders.last_day(BASIS, "recheck.sla", FRIDAY) == date(2026, 3, 11)
    assert rule_ladders.last_day(BASIS, "interview.host_confirm", FRIDAY) == date(2026, 3, 7)


def test_later_rungs_follow_by_working_days() -> None:
    rungs = rule_ladders.rungs(BASIS, "interview.host_confirm", FRIDAY, routing.RUNGS)
    days = [clock.beijing_date(rung.fire_at).isoformat() for rung in rungs]
    assert [rung.name for rung in rungs] == list(routing.RUNGS)
    assert days == ["2026-03-08", "2026-03-10", "2026-03-11"], "each ends at 24:00, the next 0:00"


def _due_day(world: World, case: str, element: str) -> str:
    with world.bihuan.database.read() as session:
        (task,) = [
            one
            for one in queries.case_tasks(session, case, status="open")
            if one.element == element
        ]
    assert task.due_at is not None
    return clock.beijing_date(task.due_at).isoformat()


@pytest.mark.parametrize(("days", "due"), [(5, "2026-03-10"), (2, "2026-03-05")])
def test_publication_is_due_by_the_rule_set_of_the_case(world: World, days: int, due: str) -> None:
    road.newer_rules(world, **{"listing.publish_workdays": days})
    case = journeys.served(world, "major")
    assert _due_day(world, case, "publish") == due


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("park_command", ["remind", "deputy", "leader_and_office"]),
        ("interview_host", ["remind", "leader_and_office"]),
        ("leader_incharge", ["remind", "principal_and_office"]),
    ],
)
def test_what_one_may_do_alone_is_offered_to_no_deputy(body: str, names: list[str]) -> None:
    task = TaskFacts("t", "c", "p", "fix_final", "a", {"body": body}, {}, clock.now())
    rungs = [Rung(name, clock.now()) for name in ("remind", "deputy", "leader_and_office")]
    assert [rung.name for rung in ladder_top.fitted(task, rungs)] == names
