"""Which steps of the shipped processes a suspension holds: a short list, and nothing beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from engine import clock
from workflows.deploying import bundles
from workflows.domain.dates_of_steps import may_pause
from workflows.domain.deadline import STATES, Deadline

PAUSES = {
    "hazard_rectification": {
        "propose_major",
        "second_proposal",
        "confirm_level",
        "confirm_major",
    }
}
RUNS_ON = {
    "enforcement": {
        "decide",
        "stop_measures",
        "penalty",
        "power_cut",
        "check_elements",
        "check_second",
        "refer",
        "hand_over",
    },
    "extension_request": {
        "sign_park",
        "sign_department",
        "sign_leader",
        "resubmit",
        "issuer_reply",
        "file",
        "amend",
        "objection",
    },
    "hazard_rectification": {
        "serve_order",
        "submit_plan",
        "post_notice",
        "rectify",
        "expiry_recheck",
        "recheck",
        "recheck_second",
        "recheck_expert",
        "strike_finder",
        "strike_department",
        "strike_park",
        "strike_bureau",
    },
    "level_raise": {"second_raise", "decide_raise"},
    "listed_supervision": {"publish_zone", "publish", "progress", "take_note", "remove"},
    "overdue_interview": {
        "talk",
        "propose_host",
        "confirm_host",
        "schedule",
        "hold",
        "report",
        "fix_final",
    },
    "void_request": {"decide_void"},
}
BEGUN = datetime(2026, 3, 2, 9, 0, tzinfo=clock.BEIJING)
DATE = Deadline(
    number=1,
    kind="rectification",
    rule_set="GY-2022-15",
    rule_version=1,
    rule="limits",
    article="(十五)",
    start_event="served",
    started_at=BEGUN,
    unit="days",
    days=15,
    due_date=date(2026, 3, 17),
    due_at=clock.end_of_day(date(2026, 3, 17)),
    level="major",
    round=1,
    set_at=BEGUN,
)
LIMIT = {"ladder": "w1"}


def steps(process: str, *, pausing: bool) -> set[str]:
    """Return the steps of a process that a suspension holds, or those that it does not."""
    [bundle] = [one for one in bundles() if one.process == process]
    assert bundle.diagram is not None
    return {
        node.id
        for node in bundle.diagram.nodes
        if node.kind == "userTask"
        and may_pause(node.properties["act"], node.properties, [], imminent=False) is pausing
    }


def test_the_table_names_every_process() -> None:
    assert {bundle.process for bundle in bundles()} == RUNS_ON.keys()


@pytest.mark.parametrize("process", sorted(RUNS_ON))
def test_each_step_pauses_or_runs_on(process: str) -> None:
    assert steps(process, pausing=True) == PAUSES.get(process, set())
    assert steps(process, pausing=False) == RUNS_ON[process]


def test_imminent_danger_does_not_wait() -> None:
    assert may_pause("level.confirm", LIMIT, [], imminent=False)
    assert not may_pause("level.confirm", LIMIT, [], imminent=True)


@pytest.mark.parametrize("state", STATES)
def test_nothing_pauses_while_a_date_runs_or_after_its_expiry(state: str) -> None:
    pauses = state not in ("live", "held", "expired")
    date_of_case = replace(DATE, state=state)
    assert may_pause("level.confirm", LIMIT, [date_of_case], imminent=False) is pauses


def test_a_limit_that_a_rule_names_never_pauses() -> None:
    assert not may_pause("level.confirm", {"ladder": "raise"}, [], imminent=False)
    assert not may_pause("level.confirm", {}, [], imminent=False)
