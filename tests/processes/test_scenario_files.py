"""The reading of scenario files: what is taken, and what is refused with a sentence."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from engine import clock
from engine.errors import Invalid
from workflows.scenarios.facts import CaseFacts, differences
from workflows.scenarios.loader import Deed, Expect, Wait, read_scenario

HEAD = """
title: {zh: 题目, en: Title}
clock: 2026-03-02T09:00
start: {by: inspector1, data: {enterprise: enterprise01}}
"""


def read(tmp_path: Path, text: str) -> list[object]:
    path = tmp_path / "one.yaml"
    path.write_text(text, encoding="utf-8")
    return list(read_scenario(path, "hazard_rectification").steps)


def test_the_steps_are_deeds_waits_and_expectations(tmp_path: Path) -> None:
    steps = read(
        tmp_path,
        HEAD
        + """
steps:
  - {by: inspector1, task: confirm_level, data: {level: general}}
  - {by: bureau_head, act: case.transfer, refused: conflict}
  - {advance: P1DT2H}
  - {clock: 2026-03-18T00:10}
  - expect: {open: [rectify]}
""",
    )
    assert steps[0] == Deed("inspector1", "confirm_level", True, {"level": "general"})
    assert steps[1] == Deed("bureau_head", "case.transfer", False, {}, "conflict")
    assert steps[2] == Wait(step=timedelta(days=1, hours=2))
    assert isinstance(steps[3], Wait)
    assert steps[3].until is not None
    assert steps[3].until.tzinfo is clock.BEIJING
    assert steps[4] == Expect({"open": ["rectify"]})


@pytest.mark.parametrize(
    "steps",
    [
        "- {by: inspector1, task: confirm_level, dato: {}}",
        "- {by: inspector1, task: confirm_level, refused: maybe}",
        "- {advance: tomorrow}",
        "- {advance: P}",
        "- expect: {mood: good}",
        "- [",
    ],
)
def test_what_does_not_follow_the_form_is_refused(tmp_path: Path, steps: str) -> None:
    with pytest.raises(Invalid, match=r"one\.yaml"):
        read(tmp_path, f"{HEAD}steps:\n  {steps}\n")


def test_a_file_without_title_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid):
        read(tmp_path, "clock: 2026-03-02T09:00\nstart: {by: inspector1}\n")


def test_every_expectation_that_fails_is_told() -> None:
    deadline = {"kind": "rectification", "state": "live", "due_date": "2026-03-17"}
    facts = CaseFacts(("rectify",), "rectifying", "major", False, True, (deadline,), ("a", "b"))
    holds = {
        "open": ["rectify"],
        "state": "rectifying",
        "level": "major",
        "closed": False,
        "listed": True,
        "deadlines": [{"kind": "rectification", "due_date": "2026-03-17"}],
        "history": ["a", "b"],
    }
    assert list(differences(holds, facts)) == []
    wrong = {
        "open": ["recheck"],
        "state": "overdue",
        "level": None,
        "closed": True,
        "listed": False,
        "deadlines": [{"kind": "rectification"}, {"kind": "rectification"}],
        "history": ["b", "a"],
    }
    assert len(list(differences(wrong, facts))) == len(wrong)
