"""Acts are done by whom the article names, and a task went as was answered, not as is assigned."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from engine.deployment.bundle import Bundle
from engine.errors import Invalid
from tests.statutes.drawing import document, flows, judged, names, one, plain, task
from tests.statutes.mutants import Change, Drawing, changed, lead, say, skip
from tests.verification.mutation import shipped, surroundings
from workflows.proving.event_words import posted
from workflows.statutes import judge

ENDS = plain("startEvent", "s") + plain("endEvent", "e")


def refused(process: str, *changes: Change) -> list[tuple[str, str]]:
    """Return which statutes a shipped diagram breaks after some changes, and where."""
    found = judge([changed(shipped()[process], *changes)], surroundings())
    return [(one.id, one.element) for one in found if one.holds is False]


@pytest.mark.parametrize(
    ("body", "role"),
    [("enterprise", "head"), ("emergency_bureau", "head"), ("park_command", "officer")],
)
def test_nobody_else_signs_for_the_park(body: str, role: str) -> None:
    changes = say("sign_park", "body", body), say("sign_park", "role", role)
    found = refused("extension_request", *changes)
    assert ("by_competent_bodies", "sign_park") in found


def test_who_does_what_is_told_in_words() -> None:
    assert posted("park_command", "head")[0] == "园区指挥部，无园区为镇街（负责人）"
    assert posted("interview_host", "")[1] == "Host of the interview"
    assert posted("", "head") == ("未写明的单位", "a body that is not named")


@pytest.mark.parametrize(
    ("process", "task", "statute"),
    [
        ("extension_request", "sign_park", "extension_signatures"),
        ("hazard_rectification", "strike_finder", "verified_before_struck_off"),
        ("void_request", "decide_void", "void_by_two"),
    ],
)
def test_an_assignment_makes_no_consent_of_a_refusal(process: str, task: str, statute: str) -> None:
    found = refused(process, say(task, "set.decision", '"agree"'))
    assert statute in {name for name, _ in found}


@pytest.mark.parametrize(
    ("process", "step", "flag"),
    [
        ("extension_request", "decide", "outcome"),
        ("hazard_rectification", "conclude", "verdict"),
        ("hazard_rectification", "grading", "proposed"),
    ],
)
def test_an_assignment_makes_no_answer_of_an_operation_or_a_table(
    process: str, step: str, flag: str
) -> None:
    assert refused(process, say(step, f"set.{flag}", '"returned"'))


def test_acts_are_entrusted_to_a_body_and_its_post() -> None:
    drawn = ENDS + task("a", body="buyer", role="head") + task("b", act="a", body="buyer")
    data = document(drawn, flows("s > a > b > e"))
    any_post = {"pattern": "entrusted", "who": {"act a": "buyer"}}
    assert (one(judged(data, any_post)).holds, one(judged(data, any_post)).arises) == (True, True)
    head = one(judged(data, {"pattern": "entrusted", "who": {"act *": "buyer head"}}))
    assert (head.holds, head.element) == (False, "b")
    assert head.message == "“b” is done by buyer, not by buyer · head"
    seller = judged(data, {"pattern": "entrusted", "who": {"act a": "seller"}})
    assert [verdict.element for verdict in seller] == ["a", "b"]
    other = one(judged(data, {"pattern": "entrusted", "who": {"act c": "buyer"}}))
    assert (other.holds, other.arises) == (True, False)


def test_only_the_answer_meant_is_entrusted() -> None:
    drawn = ENDS + task("a", act="grade", body="officer") + task("b", act="grade", body="bureau")
    data, known = document(drawn, flows("s > a > b > e")), names(a="low high", b="agree refuse")
    part = {"pattern": "entrusted", "who": {"act grade[agree]": "bureau"}}
    assert one(judged(data, part, written=known)).holds is True
    assert [verdict.element for verdict in judged(data, part)] == ["a"]
    with pytest.raises(Invalid, match="Expected an act"):
        judged(data, {"pattern": "entrusted", "who": {"operation x": "bureau"}})


def changed_form(process: str, name: str, change: Callable[[Any], object]) -> set[tuple[str, str]]:
    """Return which statutes a shipped form breaks after a change, and at which task."""
    original, path = shipped()[process], f"forms/{name}.json"
    fields = json.loads(original.files[path])
    change({one["key"]: one for one in fields["components"]})
    files = {**original.files, path: json.dumps(fields).encode()}
    found = judge([Bundle(process, files)], surroundings())
    return {(one.id, one.element) for one in found if one.holds is False}


def test_what_a_paper_says_is_neither_optional_nor_hidden() -> None:
    process, told = "hazard_rectification", ("written_in_full", "rectify")
    assert told not in changed_form(process, "rectify", len)
    changes: list[dict[str, Any]] = [
        {"validate": {}},
        {"conditional": {"hide": "=true"}},
        {"key": "another"},
    ]
    for change in changes:
        found = changed_form(process, "rectify", lambda of: of["photos_after"].update(change))  # noqa: B023 called at once
        assert told in found, change


def test_whoever_decides_may_refuse() -> None:
    found = changed_form("void_request", "decide_void", lambda of: of["decision"]["values"].pop())
    assert ("steps_are_there", "") in found


def test_the_answer_is_read_where_the_act_reads_it() -> None:
    """Another choice in front of the answer does not say how the task went."""
    outcome = {
        "type": "radio",
        "key": "outcome",
        "label": "情形",
        "validate": {"required": True},
        "values": [{"label": "一", "value": "agree"}, {"label": "二", "value": "other"}],
        "properties": {"binds": "token.outcome"},
    }
    original = shipped()["void_request"]
    form = json.loads(original.files["forms/decide_void.json"])
    form["components"].insert(0, outcome)
    path = original.diagram_path
    drawn = original.files[path].replace(b'decision = "agree"', b'outcome = "agree"')
    files = {**original.files, "forms/decide_void.json": json.dumps(form).encode(), path: drawn}
    found = judge([Bundle("void_request", files)], surroundings())
    assert "void_by_two" in {one.id for one in found if one.holds is False}


def test_a_field_of_the_case_is_no_exit() -> None:
    def keep_a_field(drawing: Drawing) -> None:
        (operation,) = (one for one in drawing.root.iter() if one.get("id") == "plan.lapse")
        operation.set("id", "case.set_field")

    assert "one_exit" not in {name for name, _ in refused("hazard_rectification", keep_a_field)}


@pytest.mark.parametrize(
    ("process", "change", "statute"),
    [
        ("extension_request", lead("f_fork_m_file", "objection"), "filing_never_decides"),
        ("hazard_rectification", lead("f_g_general_m_conclude", "m_rect"), "loop_closes"),
        ("hazard_rectification", skip("lapse_plan"), "steps_are_there"),
        ("overdue_interview", skip("keep_matrix"), "steps_are_there"),
    ],
)
def test_a_step_that_is_passed_by_is_missed(process: str, change: Change, statute: str) -> None:
    assert statute in {name for name, _ in refused(process, change)}
