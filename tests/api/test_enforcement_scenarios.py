"""Enforcement from expiry to the hand-over, told to the interface on a virtual clock."""

from __future__ import annotations

from typing import Any

import pytest

from engine import clock
from tests.api import roads
from tests.api.harness import Zone, ok, refused
from tests.api.test_extension_scenarios import asked, department, park

ELEMENTS = ("named_criterion", "served_order", "refusal", "actual_danger")
OFFICERS = [{"name": "示例甲", "certificate": "A1"}, {"name": "示例乙", "certificate": "A2"}]
PENALTY = {"basis": "102", "amount": 50000, "facts": "未消除隐患", "paper_number": "罚1号"}


def elements(zone: Zone, case: str) -> set[str]:
    return {step["element"] for step in zone.case(case)["next"]}


def overdue(zone: Zone, level: str) -> str:
    case = roads.served(zone, level)
    zone.advance("P15DT16H")
    return case


def decide(zone: Zone, case: str, *measures: str) -> None:
    data = {"pursue": "yes", "reason": "拒不整改"} | dict.fromkeys(measures, True)
    zone.do("bureau_head", case, "decide", **data)


def check_list(zone: Zone, person: str, *missing: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in ELEMENTS:
        found[f"{name}_met"] = "not_met" if name in missing else "met"
        found[f"{name}_note"] = "已核实"
        found[f"{name}_evidence"] = [] if name in missing else [zone.photo(person)]
    return found


def checked(zone: Zone, case: str, *missing: str) -> None:
    data = check_list(zone, "inspector1", *missing)
    zone.do("inspector1", case, "check_elements", **data)
    zone.do("inspector2", case, "check_second", decision="agree")


def test_not_pursued_after_a_first_expiry_with_reasons(zone: Zone) -> None:
    case = overdue(zone, "larger")
    refused(zone.try_("inspector1", case, "decide", pursue="no", reason="x"), 403)
    refused(zone.try_("enterprise01", case, "decide", pursue="no", reason="x"), 404)
    refused(zone.try_("bureau_head", case, "decide", pursue="no"), 422, "reason")
    zone.do("bureau_head", case, "decide", pursue="no", reason="配件已到，三日内完成")
    assert "decide" not in elements(zone, case)
    rows = ok(zone.client("bureau_head").get(f"/cases/{case}/history"))["items"]
    decided = next(row for row in rows if row["act"] == "enforcement.decide")
    assert (decided["actor"], decided["outcome"]) == ("bureau_head", "not_pursued")


@pytest.mark.parametrize("measure", ["stop_measures", "power_cut"])
def test_what_only_a_major_hazard_bears(zone: Zone, measure: str) -> None:
    case = overdue(zone, "larger")
    data = {"pursue": "yes", "reason": "x", measure: True}
    refused(zone.try_("bureau_head", case, "decide", **data), 422, measure)


def test_every_measure_side_by_side_and_a_referral(zone: Zone) -> None:
    case = overdue(zone, "major")
    decide(zone, case, "stop_measures", "penalty", "power_cut", "referral")
    assert {"stop_measures", "penalty", "power_cut", "check_elements"} <= elements(zone, case)
    said = {"measure": "stop_use", "scope": "一号炉", "ground": "仍在使用"}
    lone = zone.try_("inspector1", case, "stop_measures", **said, officers=OFFICERS[:1])
    refused(lone, 422, "officers")
    zone.do("inspector1", case, "stop_measures", **said, officers=OFFICERS)
    zone.do("inspector1", case, "penalty", **PENALTY)
    cut = {"supplier": "供电公司", "refusal": "仍在使用", "danger": "可能爆炸"}
    now = clock.beijing(clock.now()).isoformat()
    early = zone.try_("bureau_head", case, "power_cut", **cut, noticed_at=now, cut_at=now)
    refused(early, 422, "cut_at")
    zone.do("bureau_head", case, "power_cut", **cut, emergency=True, cut_at=now)
    checked(zone, case)
    zone.do("bureau_head", case, "refer", refer="yes")
    receipt = {"police": "公安分局", "receipt_number": "公收1号", "handed_over_at": now}
    zone.do("inspector2", case, "hand_over", **receipt)
    wanted = ["enforcement.decide", "enforcement.penalty", "refusal.refer", "refusal.hand_over"]
    assert [act for act in zone.acts_done(case) if act in wanted] == wanted


def test_three_different_persons_check_and_decide(zone: Zone) -> None:
    case = overdue(zone, "major")
    decide(zone, case, "referral")
    zone.do("bureau_head", case, "check_elements", **check_list(zone, "bureau_head"))
    refused(zone.try_("bureau_head", case, "check_second", decision="agree"), 403)
    zone.do("inspector1", case, "check_second", decision="agree")
    refused(zone.try_("bureau_head", case, "refer", refer="yes"), 403)


def test_the_enterprise_is_not_told_of_a_referral(zone: Zone) -> None:
    case = overdue(zone, "major")
    decide(zone, case, "referral", "penalty")
    told = {step["element"] for step in zone.case(case, "enterprise01")["next"]}
    assert not {"penalty", "check_elements"} & told
    checked(zone, case)
    rows = ok(zone.client("enterprise01").get(f"/cases/{case}/history"))["items"]
    assert not [row["act"] for row in rows if row["act"].startswith("refusal.")]
    told = {step["element"] for step in zone.case(case, "enterprise01")["next"]}
    assert "refer" not in told


def test_a_referral_needs_all_four_elements(zone: Zone) -> None:
    case = overdue(zone, "major")
    decide(zone, case, "referral")
    checked(zone, case, "refusal")
    refused(zone.try_("bureau_head", case, "refer", refer="yes"), 422, "refer")
    zone.do("bureau_head", case, "refer", refer="no", reason="企业已停用")
    assert "hand_over" not in elements(zone, case)


def test_no_penalty_step_while_the_authority_is_silent(zone: Zone) -> None:
    case = roads.served(zone, "larger")
    ok(zone.act("enterprise01", case, "extension.request", **asked(zone)))
    park(zone, case)
    zone.advance("P15DT16H")
    assert zone.case(case)["state"] == "overdue_pending"
    assert "decide" not in elements(zone, case)
    department(zone, case)
    assert "decide" not in elements(zone, case)
    assert "enforcement.lapsed" in zone.acts_done(case)


def test_a_refusal_lets_the_decision_come(zone: Zone) -> None:
    case = roads.served(zone, "larger")
    ok(zone.act("enterprise01", case, "extension.request", **asked(zone)))
    zone.advance("P15DT16H")
    park(zone, case, "refuse")
    assert "decide" in elements(zone, case)


def test_a_second_expiry_makes_it_mandatory(zone: Zone) -> None:
    case = roads.served(
        zone,
        "larger",
    )
    zone.advance("P15DT16H")
    final_date(zone, case)
    zone.advance("P2D")
    assert zone.acts_done(case).count("enforcement.opened") == 2
    data = {"pursue": "no", "reason": "企业承诺完成"}
    refused(zone.try_("bureau_head", case, "decide", **data), 422, "pursue")
    decide(zone, case, "penalty")
    assert "penalty" in elements(zone, case)


def final_date(zone: Zone, case: str) -> None:
    """Hold the interview, which sets tomorrow as the final date."""
    zone.do("office", case, "propose_host", host="park_command", reason="按判定表")
    zone.do("leader_incharge", case, "confirm_host", host="park_command")
    meet_at = clock.beijing(clock.now()).replace(hour=10, minute=0).isoformat()
    invited = {"invitee_role": "actual_investor", "way": "on_site", "place": "会议室"}
    zone.do("office", case, "schedule", **invited, meet_at=meet_at)
    zone.advance("PT10H")
    names = ("recorder", "attendees", "circulated", "explanation", "commitment")
    held = {"outcome": "held", "held_at": meet_at, "came": "invitee", "signature": "signed"}
    words = dict.fromkeys(names, "示例")
    zone.do("park_east", case, "hold", **held, **words, final_date=zone.today(1))
