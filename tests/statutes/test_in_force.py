"""Statutes are judged by what is in force: rules, days and the other processes."""

from __future__ import annotations

from dataclasses import replace

from tests.statutes.mutants import changed, rename, skip
from tests.verification.mutation import shipped, surroundings
from workflows.domain.rule_set import parse, shipped_text
from workflows.domain.working_days import WorkingCalendar
from workflows.statutes import judge
from workflows.surroundings import Surroundings, of_bundles
from workflows.verifying import examine

EXTENSION, ROOT = "extension_request", "hazard_rectification"
INTERVIEW = "overdue_interview"


def _under(**given: object) -> Surroundings:
    return replace(of_bundles(surroundings(), shipped()), **given)  # type: ignore[arg-type]


def test_what_another_process_hands_over_has_to_be_taken() -> None:
    """A draft of one process that takes a message no more breaks the one that sends it."""
    deaf = changed(shipped()[INTERVIEW], rename("deadline.expired", "deadline.noted"))
    around = _under()
    found = [one for one in judge([deaf], around) if one.process == ROOT and one.holds is False]
    assert [(one.id, one.severity) for one in found] == [("expiry_opens_interview", "error")]
    assert not examine([deaf], around).deployable
    kept = [one for one in judge([shipped()[INTERVIEW]], around) if one.process == ROOT]
    assert kept == []


def test_a_way_through_several_processes_is_judged_with_each_of_them() -> None:
    both = {one.id for one in judge([shipped()[EXTENSION]], _under()) if one.kind == "feasibility"}
    assert {"extension_first", "extended_loop_larger", "extended_loop_major"} <= both
    alone = {one.id for one in judge([shipped()[EXTENSION]], surroundings())}
    assert "extended_loop_larger" not in alone
    root = {one.id for one in judge([shipped()[ROOT]], _under())}
    assert {"closed_loop_major", "extended_loop_major"} <= root


def test_days_in_force_are_those_that_count() -> None:
    none = _under(calendar=WorkingCalendar.of([]))
    found = [one for one in judge([shipped()[EXTENSION]], none) if one.kind == "feasibility"]
    assert found
    assert {one.holds for one in found} == {None}


def test_an_examination_knows_under_which_rules_it_was_made() -> None:
    text = shipped_text().replace("interview.due_days: {value: 3", "interview.due_days: {value: 4")
    assert text != shipped_text()
    bundle = shipped()[INTERVIEW]
    assert examine([bundle], _under()).deployable
    assert not examine([bundle], _under(rules=parse(text))).deployable
    assert examine([bundle], _under()).deployable


def test_a_step_that_is_gone_is_missed() -> None:
    gone = {
        one.id
        for one in judge([changed(shipped()["enforcement"], skip("hand_over"))], surroundings())
        if one.refuses
    }
    assert "steps_are_there" in gone


def test_statutes_end_in_time() -> None:
    found = judge([shipped()[ROOT]], surroundings(), until=0.0)
    assert any(one.holds is None for one in found)
    assert all(one.refuses for one in found if one.holds is None and one.kind == "statute")
    assert not any(one.refuses for one in found if one.holds is not None)
    told = next(one for one in found if one.refuses).as_json("zh")
    assert (told["holds"], told["severity"]) == (None, "error")
    assert told["sentence"].startswith("未能判定：")


def test_the_same_is_examined_once() -> None:
    bundle, around = shipped()["void_request"], _under()
    first = examine([bundle], around)
    assert examine([bundle], _under()) is first
    assert examine([bundle], around, budget=10) is not first


def test_what_was_not_decided_is_asked_again_with_more_time() -> None:
    bundle, around = shipped()[INTERVIEW], surroundings()
    short = examine([bundle], around, budget=99_999, seconds=0.0)
    assert not short.decided
    assert examine([bundle], around, budget=99_999, seconds=0.0) is short
    assert examine([bundle], around, budget=99_999).decided
