"""What a new version may change: no value is changed and then silently not followed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from engine.errors import Invalid
from engine.execution.dmn_reader import read_dmn
from engine.store.database import Database
from tests.contracts.tree import ROOT
from workflows import yaml_text
from workflows.domain import rule_set, rule_store, rule_uses
from workflows.domain.rule_set import FIXED, READ, REFERENCE, RuleSet

DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
SHIPPED = rule_set.parse(rule_set.shipped_text())


def changed(**values: Any) -> str:
    raw = yaml_text.read(rule_set.shipped_text())
    raw["version"] = 2
    for key, value in values.items():
        raw["values"][key]["value"] = value
    return yaml.dump(raw, Dumper=DUMPER, allow_unicode=True)


def parsed(**values: Any) -> RuleSet:
    return rule_set.parse(changed(**values))


def other(value: Any) -> Any:
    """Return another value of the same unit."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, list):
        return value[:-1] or ["nobody"]
    return value + 1 if isinstance(value, int) else f"not_{value}"


@pytest.mark.parametrize("key", [value.key for value in SHIPPED if value.use == FIXED])
def test_a_fixed_value_cannot_be_changed(key: str) -> None:
    value = other(SHIPPED[key].value)
    with pytest.raises(Invalid) as refused:
        rule_uses.check(parsed(**{key: value}))
    assert key in refused.value.message
    assert key in refused.value.message_zh
    assert refused.value.errors[0].field == "text"


@pytest.mark.parametrize(
    "key", [value.key for value in SHIPPED if value.use != FIXED and isinstance(value.value, int)]
)
def test_every_other_number_and_flag_can_be_changed(key: str) -> None:
    rule_uses.check(parsed(**{key: other(SHIPPED[key].value)}))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("clock.roll.authority", "next_weekday"),
        ("interview.levels", ["major", "grave"]),
        ("extension.second_needs", ["expert_opinion"]),
        ("tasks.ladder_steps", [0, 1]),
        ("extension.grounds", ["weather"]),
    ],
)
def test_a_value_that_nothing_follows_is_refused(key: str, value: object) -> None:
    with pytest.raises(Invalid, match=key):
        rule_uses.check(parsed(**{key: value}))


def test_lists_change_within_what_the_product_follows() -> None:
    rule_uses.check(
        parsed(
            **{
                "clock.roll.authority": "none",
                "interview.levels": ["major"],
                "extension.second_needs": ["leader_incharge"],
                "tasks.ladder_steps": [0, 2, 4],
                "extension.request_reminders": [5],
            }
        )
    )


def test_every_fault_is_named_at_once() -> None:
    wrong = parsed(**{"extension.suspends": True, "closure.auto": "always"})
    with pytest.raises(Invalid) as refused:
        rule_uses.check(wrong)
    for key in ("extension.suspends", "closure.auto"):
        assert key in refused.value.message


def test_a_value_of_another_name_is_refused() -> None:
    raw = yaml_text.read(rule_set.shipped_text())
    raw["values"]["limits.huge.max"] = raw["values"]["limits.major.max"]
    with pytest.raises(Invalid, match=r"limits\.huge\.max"):
        rule_uses.check(rule_set.parse(yaml.dump(raw, Dumper=DUMPER, allow_unicode=True)))


def test_a_text_that_drops_the_marks_is_still_held_to_them() -> None:
    text = changed(**{"extension.signers": ["park_command"]}).replace("use: fixed", "use: read")
    with pytest.raises(Invalid, match=r"extension\.signers"):
        rule_uses.check(rule_set.parse(text))


def test_no_way_of_loading_passes_it_by(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'zone'}.db")
    database.create_all()
    with pytest.raises(Invalid, match=r"extension\.mode"), database.begin() as session:
        rule_store.add_rule_set(session, changed(**{"extension.mode": "any"}), date(2026, 1, 1))
    database.dispose()


def test_an_unknown_use_is_refused() -> None:
    text = rule_set.shipped_text().replace(", use: fixed", ", use: forever", 1)
    with pytest.raises(Invalid, match="unknown use"):
        rule_set.parse(text)


def test_the_uses_are_told_by_key() -> None:
    keys = ("extension.signers", "interview.due_days", "funding_ban_years")
    assert [rule_uses.use_of(key) for key in keys] == [FIXED, READ, REFERENCE]


TABLE = ROOT / "workflows" / "processes" / "overdue_interview" / "interview_host.dmn"
MATRIX = {
    "larger": "interview.matrix.larger_first",
    "general": "interview.matrix.larger_first",
    "major": "interview.matrix.major_first",
    "larger_again": "interview.matrix.major_first",
    "same_hazard": "interview.matrix.repeated",
    "refusal": "interview.matrix.repeated",
    "no_show": "interview.matrix.repeated",
    "extension_expired": "interview.matrix.repeated",
    "fatality": "interview.matrix.repeated",
}
"""The value of the rule set that describes a row of the table of hosts."""


def test_the_table_of_hosts_is_the_one_that_the_rule_set_describes() -> None:
    (node,) = read_dmn(TABLE.read_bytes()).decisions
    table = node.table
    assert table is not None
    drawn = {rule.id.removeprefix("interview_host_"): rule.outputs for rule in table.rules}
    described = {row: (f'"{SHIPPED.word(key)}"', f'"{row}"') for row, key in MATRIX.items()}
    assert drawn == described
