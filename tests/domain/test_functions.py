"""What the product adds to FEEL answers null where an argument does not fit, as FEEL does."""

from __future__ import annotations

from datetime import date

import pytest

from engine.errors import Incident
from engine.expressions import feel
from engine.expressions.function import named
from tests.domain.world import World
from workflows.domain import functions, rule_store
from workflows.domain.deadlines import Basis


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ('workdays(date("2026-09-30"), 1)', date(2026, 10, 8)),
        ('workdays(count: 1, day: date("2026-09-30"))', date(2026, 10, 8)),
        ('workdays(date("2026-09-30"), 0)', date(2026, 9, 30)),
        ("workdays(null, 1)", None),
        ('workdays("2026-09-30", 1)', None),
        ('workdays(date and time("2026-09-30T09:00:00"), 1)', None),
        ('workdays(date("2026-09-30"), 1.5)', None),
        ('workdays(date("2026-09-30"), -1)', None),
        ('workdays(date("2026-09-30"), true)', None),
        ('workdays(date("9999-12-31"), 1)', None),
        ('is_workday(date("2026-10-01"))', False),
        ("is_workday(null)", None),
        ('is_workday("2026-10-01")', None),
        ('rule("limits.major.max") > 1', True),
        ("rule(null)", None),
        ("rule(5)", None),
    ],
)
def test_an_argument_that_does_not_fit_gives_null(
    world: World, expression: str, value: object
) -> None:
    assert evaluated(world, expression) == value


@pytest.mark.parametrize("key", ["grading.raise_ladder", "nothing.of.it"])
def test_a_rule_that_is_no_number_is_refused(world: World, key: str) -> None:
    with pytest.raises(Incident, match=key):
        evaluated(world, f'rule("{key}")')


def evaluated(world: World, expression: str) -> object:
    """Return the value under the rules and the calendar of the day."""
    calls = functions.functions_over(lambda: basis(world))
    return feel.evaluate(expression, {}, {name: named(name, call) for name, call in calls.items()})


def basis(world: World) -> Basis:
    with world.bihuan.database.read() as session:
        rules = rule_store.rules_in_force(session, date(2026, 3, 2))
        return Basis(rules, rule_store.calendar(session))
