"""What the rule set asks holds of every shipped process, and each statute notices its breach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from time import process_time

import pytest

from engine.deployment.bundle import Bundle
from engine.deployment.environment import GateEnvironment
from tests.statutes.drawing import document, flows, on, plain, service, task
from tests.statutes.mutants import (
    Change,
    changed,
    condition,
    erase,
    lead,
    say,
    skip,
    table,
)
from workflows.app import gate_environment
from workflows.deploying import bundles, processes
from workflows.domain.rule_set import parse, shipped_text
from workflows.judgement import Judgement
from workflows.statutes import judge, shipped
from workflows.surroundings import of_bundles
from workflows.verifying import examination_json, examine

EXTENSION, ROOT = "extension_request", "hazard_rectification"
INTERVIEW, LISTING = "overdue_interview", "listed_supervision"


@lru_cache(maxsize=1)
def _shipped() -> dict[str, Bundle]:
    return {one.process: one for one in bundles()}


@lru_cache(maxsize=1)
def _environment() -> GateEnvironment:
    contracts = {name: one.contract for name, one in _shipped().items()}
    return replace(gate_environment(), processes=contracts)


def _broken(bundle: Bundle) -> list[Judgement]:
    return [one for one in judge([bundle], _environment()) if one.holds is not True]


def _mutant(process: str, *changes: Change) -> list[Judgement]:
    return _broken(changed(_shipped()[process], *changes))


@pytest.mark.parametrize("process", processes())
def test_every_statute_holds_of_every_shipped_process(process: str) -> None:
    found = judge([_shipped()[process]], _environment())
    assert found
    failing = [one for one in found if one.holds is not True]
    assert [(one.id, one.sentence) for one in failing if one.kind != "feasibility"] == []
    # Holiday weeks are told, and keep nothing from going live.
    assert {(one.holds, one.severity) for one in failing} <= {(False, "warning")}


def test_every_statute_speaks_of_a_shipped_process_and_relies_on_what_is_declared() -> None:
    statutes = shipped()
    assert {name for one in statutes.statutes for name in one.processes()} == set(processes())
    relied = {name for one in statutes.statutes for part in one.parts for name in part.relies_on}
    assert relied == statutes.facts.keys() | statutes.bars.keys()


MUTANTS: Sequence[tuple[str, str, str, tuple[Change, ...]]] = (
    ("one signature less", EXTENSION, "extension_signatures", (skip("sign_park"),)),
    ("the other less", EXTENSION, "extension_signatures", (skip("sign_department"),)),
    ("no leader", EXTENSION, "extension_signatures", (skip("sign_leader"),)),
    (
        "one body twice",
        EXTENSION,
        "extension_signatures",
        (say("sign_park", "body", "industry_department"),),
    ),
    ("never filed", EXTENSION, "extension_signatures", (lead("f_m_file_file", "filed"),)),
    (
        "refused, yet asked",
        EXTENSION,
        "extension_signatures",
        (lead("f_g_park_park_stopped", "join"),),
    ),
    (
        "told before decided",
        EXTENSION,
        "extension_signatures",
        (condition("f_g_effective_moved", "true"),),
    ),
    ("filed first", EXTENSION, "filing_never_decides", (lead("f_start_pending", "m_file"),)),
    ("undone by filing", EXTENSION, "filing_never_decides", (lead("f_g_filed_objection", "undo"),)),
    ("extension not listed", EXTENSION, "major_is_listed", (skip("list"),)),
    (
        "date moves by itself",
        EXTENSION,
        "no_timeout_approves",
        (lead("f_resubmit_late_lapse", "decide"),),
    ),
    ("major not listed", ROOT, "major_is_listed", (skip("to_listing"),)),
    ("second officer less", ROOT, "verified_before_struck_off", (skip("recheck_second"),)),
    ("expert less", ROOT, "verified_before_struck_off", (skip("recheck_expert"),)),
    ("no recheck", ROOT, "verified_before_struck_off", (lead("f_g_found_m_recheck", "m_strike"),)),
    ("bureau less", ROOT, "verified_before_struck_off", (skip("strike_bureau"),)),
    (
        "one body for two",
        ROOT,
        "verified_before_struck_off",
        (say("strike_park", "body", "industry_department"),),
    ),
    ("expired, no interview", ROOT, "expiry_opens_interview", (skip("to_interview"),)),
    ("expired, no enforcement", ROOT, "expiry_opens_enforcement", (skip("to_enforcement"),)),
    (
        "closed by the clock",
        ROOT,
        "no_timeout_approves",
        (lead("f_m_clock_deadline", "deadline"), lead("f_expire_g_kind", "agreed")),
    ),
    ("no second officer of the level", ROOT, "major_by_three", (skip("second_proposal"),)),
    (
        "served before confirmed",
        ROOT,
        "major_by_three",
        (lead("f_g_second_confirm_major", "m_order"),),
    ),
    ("no clock", ROOT, "silence_is_seen", (lead("f_m_clock_deadline", "m_clock"),)),
    ("not published", LISTING, "major_is_listed", (lead("f_g_publish_publish", "published"),)),
    (
        "zone not published",
        LISTING,
        "major_is_listed",
        (lead("f_g_publish_publish_zone", "published"),),
    ),
    ("nobody holds it", INTERVIEW, "expiry_opens_interview", (skip("hold"),)),
    (
        "ends with strike-off",
        INTERVIEW,
        "expiry_opens_interview",
        (lead("f_g_closed_goes_on", "ended_with_case"),),
    ),
    ("lateness not recorded", INTERVIEW, "expiry_opens_interview", (skip("late"),)),
    ("lateness told to nobody", INTERVIEW, "silence_is_seen", (skip("late"),)),
    ("bureau does not decide", "enforcement", "expiry_opens_enforcement", (skip("decide"),)),
    ("one check of the elements", "enforcement", "referral_is_human", (skip("check_second"),)),
    ("nobody decides on it", "enforcement", "referral_is_human", (skip("refer"),)),
    ("no withdrawal", EXTENSION, "request_ends_with_its_ground", (erase("withdraw"),)),
    (
        "undone, yet filed",
        EXTENSION,
        "issuer_answers_for_its_order",
        (erase("undone"), lead("f_g_upheld_undo", "undo")),
    ),
    ("passed, yet rectified", ROOT, "loop_closes", (lead("f_g_verdict_m_strike", "m_rect"),)),
    ("agreed, yet rechecked", ROOT, "loop_closes", (lead("f_g_bureau_agreed", "m_recheck"),)),
    ("clock stops for the recheck", ROOT, "loop_closes", (lead("f_g_list_m_clock", "agreed"),)),
    ("no plan", ROOT, "plan_and_notice", (skip("submit_plan"),)),
    ("second expiry unheard", "enforcement", "enforcement_follows_its_decision", (erase("again"),)),
    (
        "decided while undecided",
        "enforcement",
        "enforcement_follows_its_decision",
        (skip("may_decide"),),
    ),
    ("chosen, not imposed", "enforcement", "enforcement_follows_its_decision", (skip("penalty"),)),
    ("publication not recorded", LISTING, "listing_is_carried_on", (skip("record_publication"),)),
    ("weeks not missed", LISTING, "listing_is_carried_on", (erase("missed"),)),
    ("not taken off", LISTING, "listing_is_carried_on", (erase("closed"),)),
    ("host not named", INTERVIEW, "interview_is_held_in_order", (skip("nomination"),)),
    (
        "no notice after a no-show",
        INTERVIEW,
        "interview_is_held_in_order",
        (lead("f_g_outcome_m_notice", "m_hold"),),
    ),
    ("held though extended", INTERVIEW, "interview_is_held_in_order", (erase("moved"),)),
    ("void without the head", "void_request", "void_by_two", (skip("decide_void"),)),
    ("void though refused", "void_request", "void_by_two", (lead("f_g_agreed_refused", "void"),)),
    ("raised by one officer", "level_raise", "major_by_three", (skip("second_raise"),)),
    ("raised without the head", "level_raise", "major_by_three", (skip("decide_raise"),)),
)


@pytest.mark.parametrize(
    ("process", "statute", "changes"),
    [mutant[1:] for mutant in MUTANTS],
    ids=[mutant[0] for mutant in MUTANTS],
)
def test_a_breach_is_told_by_the_statute_that_it_breaks(
    process: str, statute: str, changes: tuple[Change, ...]
) -> None:
    found = [one for one in _mutant(process, *changes) if one.id == statute]
    assert found
    assert all(one.holds is False and one.severity == "error" for one in found)


PARK = (lead("f_split_sign_park", "join"), erase("sign_park", "g_park", "park_stopped"))
"""The park command is not asked: its branch goes straight to where both have agreed."""


def test_without_one_signature_article_and_way_are_shown() -> None:
    found = next(one for one in _mutant(EXTENSION, *PARK) if one.path)
    assert found.id == "extension_signatures"
    assert found.article is not None
    assert "（十五）" in found.article.zh
    assert found.sentence.zh == "延期生效以前，两家单位在本轮都已签字同意"
    assert found.element == "decide"
    elements = [step.element for step in found.path]
    assert "sign_department" in elements
    assert elements[-1] == "decide"
    assert all(step.tokens for step in found.path)


@pytest.mark.parametrize(("language", "article"), [("zh", "（十五），Q6"), ("en", "(15), Q6")])
def test_the_examination_tells_the_same_and_refuses_the_bundle(language: str, article: str) -> None:
    found = examine([changed(_shipped()[EXTENSION], *PARK)], _environment())
    assert not found.deployable
    told = examination_json(found, language)["properties"]
    broken = [one for one in told if one["kind"] == "statute" and one["holds"] is False]
    wrong = {one["id"] for one in broken}
    assert wrong == {"extension_signatures", "steps_are_there", "limits_of_the_rule_set"}
    broken = [one for one in broken if one["path"]]
    assert broken[0]["article"].startswith(article)
    path = [step["element"] for step in broken[0]["path"]]
    assert path.index("sign_department") < path.index("decide") == len(path) - 1
    assert {step["process"] for step in broken[0]["path"]} == {EXTENSION}
    assert all(step["tokens"] for step in broken[0]["path"])


def _drawn(*parts: str) -> list[str]:
    bundle = Bundle("p", {"p.bpmn": document(*parts)})
    return [one.id for one in judge([bundle], _environment()) if one.holds is False]


def test_a_process_that_a_designer_adds_is_judged_too() -> None:
    ends = plain("startEvent", "s") + plain("endEvent", "e")
    kept = _drawn(ends, task("a", body="finder", ladder="w2"), flows("s > a > e"))
    assert kept == []
    mute = _drawn(ends, task("a", body="finder", ladder="deadline"), flows("s > a > e"))
    assert mute == ["silence_is_seen"]
    late = on("a", "late", "timer interview") + service("close", "case.struck_off")
    closing = flows("s > a > e", "late > close > e")
    drawn = _drawn(ends, task("a", body="finder", ladder="w2"), late, closing)
    assert drawn == ["no_timeout_approves"] * 2 + ["each_in_its_process"], (
        "of time alone, without anybody agreeing, and in a process of its own"
    )


def test_the_routing_table_is_part_of_what_is_proved() -> None:
    bundle = table(_shipped()[ROOT], "routing", '"three_bodies"</text>', '"two_bodies"</text>')
    assert "verified_before_struck_off" in {one.id for one in _broken(bundle)}


def test_numbers_of_the_rule_set_are_part_of_what_is_proved() -> None:
    text = shipped_text().replace(
        "clock.roll.interview_major: {value: none",
        "clock.roll.interview_major: {value: next_workday",
    )
    around = replace(of_bundles(_environment(), _shipped()), rules=parse(text))
    found = judge([_shipped()[INTERVIEW]], around)
    assert [one.id for one in found if one.holds is False and one.severity == "error"] == [
        "expiry_opens_interview"
    ]
    assert "clock.roll.interview_major" in next(o.sentence.en for o in found if o.holds is False)


def test_a_process_is_judged_fast() -> None:
    judge(list(_shipped().values()), _environment())
    for bundle in _shipped().values():
        began = process_time()
        judge([bundle], _environment())
        assert process_time() - began < 3
