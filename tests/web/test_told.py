"""What pages tell whom: enforcement to the enterprise, opinions to it as its papers print them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from tests.api.harness import Zone, ok
from tests.api.test_enforcement_scenarios import PENALTY, check_list, decide, overdue
from tests.web.test_extension_page import case_page
from webapp.cases import extension_road
from workflows.domain.papers import of_extension


def test_an_enterprise_reads_of_enforcement_what_is_served_and_no_more(zone: Zone) -> None:
    case = overdue(zone, "major")
    decide(zone, case, "referral", "penalty")
    before = case_page(zone, "enterprise01", case).text
    assert "已登记届满" in before
    for word in ("予以执法", "拒不整改", "行政处罚", "移送"):
        assert word not in before, word
    zone.do("inspector1", case, "penalty", **PENALTY)
    after = case_page(zone, "enterprise01", case).text
    assert "予以执法" in after
    assert "罚1号" in after
    assert "移送" not in after


def test_what_was_not_carried_out_is_on_the_page_of_authorities_alone(zone: Zone) -> None:
    case = overdue(zone, "major")
    decide(zone, case, "stop_measures", "power_cut")
    left = {"not_carried_out": True, "not_carried_out_reason": "企业已自行停用"}
    zone.do("bureau_head", case, "power_cut", **left)
    told = case_page(zone, "bureau_head", case).text
    assert "停止供电：未实施，" in told
    assert "理由：企业已自行停用" in told
    assert "停产停业、停止使用：待办理" in told
    for word in ("停止供电", "未实施", "企业已自行停用"):
        assert word not in case_page(zone, "enterprise01", case).text, word
    for person, known in (("bureau_head", True), ("enterprise01", False)):
        rows = ok(zone.client(person).get(f"/cases/{case}/history"))["items"]
        outcomes = {row["outcome"] for row in rows if row["act"] == "enforcement.power_cut"}
        assert outcomes == ({"not_carried_out"} if known else set())


def test_the_check_list_of_a_referral_is_on_its_team_s_page_alone(zone: Zone) -> None:
    case = overdue(zone, "major")
    decide(zone, case, "referral")
    zone.do("inspector1", case, "check_elements", **check_list(zone, "inspector1"))
    assert "已核实" in case_page(zone, "bureau_head", case).text
    assert "已核实" in case_page(zone, "inspector1", case).text
    for person in ("leader_incharge", "office", "auditor"):
        told = case_page(zone, person, case).text
        assert "待应急管理局负责人决定" in told, person
        assert "已核实" not in told, person
    assert "移送" not in case_page(zone, "park_east", case).text


class Words:
    """Says what it is asked, to a reader from outside."""

    sources = SimpleNamespace(authority=False)

    def say(self, key: str, **_values: object) -> str:
        return key

    def person(self, by: object, _acting_for: object = None) -> str:
        return str(by)

    def at(self, instant: str) -> str:
        return instant


def test_an_agreeing_opinion_is_on_the_panel_as_on_the_paper() -> None:
    said = {"decision": "agree", "standing": True, "opinion": "措施可行"}
    said |= {"by": "a", "acting_for": None, "at": ""}
    assert extension_road._signed("a", said, cast(Any, Words())).opinion == "措施可行"
    against = {**said, "decision": "refuse", "opinion": "须改方案"}
    assert of_extension._reasons([said, against], "agree") == ["措施可行"]
    assert of_extension._reasons([said, {**against, "standing": True}], "refuse") == ["须改方案"]
