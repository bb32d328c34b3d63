"""The shipped rule set: every value of the ruled block, each with article and sentences."""

from __future__ import annotations

import pytest
import yaml

from engine.errors import Incident, Invalid
from workflows.domain import rule_set

RULES = rule_set.parse(rule_set.shipped_text())


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("limits.general.max", 3),
        ("limits.larger.propose", 7),
        ("limits.major.max", 15),
        ("serve.sla.major", 1),
        ("serve.sla.larger", 2),
        ("extension.max_total_days", 60),
        ("interview.due_days", 3),
        ("recheck.sla_workdays", 3),
        ("recheck.hard_days", 10),
        ("listing.progress_report_days", 7),
        ("report_reward.zone_min", 500),
        ("report_reward.zone_max", 100_000),
    ],
)
def test_numbers(key: str, value: int) -> None:
    assert RULES.whole(key) == value


def test_lists_and_choices() -> None:
    assert RULES.wholes("reminders.before_due") == (7, 4, 1)
    assert RULES.wholes("extension.max_days") == (15, 30)
    assert RULES.words("closure.strike_off.major")[-1] == "emergency_bureau"
    assert RULES.word("closure.auto") == "never"
    assert RULES.flag("extension.suspends") is False


def test_every_value_has_article_and_both_sentences() -> None:
    assert all(value.article and value.zh and value.en for value in RULES)
    assert all(value.question for value in RULES)


def test_no_date_is_called_statutory() -> None:
    assert not [value.key for value in RULES if "法定" in value.zh or "statutory" in value.en]


def test_a_missing_key_is_an_incident() -> None:
    with pytest.raises(Incident, match="to hold limits"):
        RULES.whole("limits.tiny.max")


@pytest.mark.parametrize("fault", [{"value": "soon"}, {"article": ""}, {"unit": "fortnights"}])
def test_a_faulty_value_is_refused_by_name(fault: dict[str, str]) -> None:
    raw = yaml.safe_load(rule_set.shipped_text())
    raw["values"]["limits.major.max"] |= fault
    with pytest.raises(Invalid, match=r"limits\.major\.max"):
        rule_set.parse(yaml.safe_dump(raw, allow_unicode=True))
