"""What limits a step, read off the name of its ladder in one place."""

from __future__ import annotations

import pytest

from workflows.domain import rule_ladders
from workflows.domain.routing import LADDERS


@pytest.mark.parametrize(
    ("name", "days"), [("w1", 1), ("w20", 20), ("w", None), ("w200", None), ("signature", None)]
)
def test_working_days_that_a_name_counts(name: str, days: int | None) -> None:
    assert rule_ladders.counted(name) == days


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("recheck.sla", "recheck.sla_workdays"),
        ("signature", "extension.sla_workdays"),
        ("referral", "referral.decide_days"),
        ("w3", None),
    ],
)
def test_the_rule_behind_a_ladder(name: str, rule: str | None) -> None:
    assert rule_ladders.rule_of(name) == rule


def test_every_ladder_counts_or_has_a_rule_or_a_date_of_its_case() -> None:
    of_dates = {name for name in LADDERS if not rule_ladders.counted(name)}
    assert {name for name in of_dates if not rule_ladders.rule_of(name)} <= {
        *("deadline", "interview")
    }
