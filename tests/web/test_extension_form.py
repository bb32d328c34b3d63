"""The form that asks for more time tells what it is measured by."""

from __future__ import annotations

import pytest

from tests.api import roads
from tests.api.harness import Zone
from tests.api.test_extension_scenarios import (
    asked,
    granted,
    park,
    requested,
    try_request,
    until,
)
from tests.web.page_checks import Page
from tests.web.test_extension_page import page
from tests.web.visitor import Visitor


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_form_for_more_time_tells_what_it_is_measured_by(zone: Zone, language: str) -> None:
    case = roads.served(zone, "larger")
    shown = page(zone, "enterprise01", f"/cases/{case}/acts/extension.request", language)
    told = {
        "zh": (
            "2026年3月17日",
            "2026年3月14日 前（含当日）提出为及时",
            "2026年4月1日",
            "第一次延期",
        ),
        "en": ("17 Mar 2026", "until the end of 14 Mar 2026", "1 Apr 2026", "First extension"),
    }[language]
    before = shown.html[: shown.html.index('id="page-form"')]
    assert all(words in before for words in told)
    assert bounds(shown, "field-new_date") == ("2026-03-18", "2026-04-01")
    assert bounds(shown, "field-milestones-__index__-finish_on") == ("2026-03-02", "2026-04-01")
    until(zone, hours=-20)
    late = page(zone, "enterprise01", f"/cases/{case}/acts/extension.request", language).text
    assert ("临近届满：" if language == "zh" else "Late: ") in late


def grounds(shown: Page) -> list[str]:
    found = [one.attributes for one in shown.all("input")]
    return [one["value"] or "" for one in found if one.get("name") == "ground"]


def bounds(shown: Page, control: str) -> tuple[str | None, str | None]:
    (found,) = [one for one in shown.elements if one.id == control]
    return found.attributes.get("min"), found.attributes.get("max")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_no_objective_ground_is_named_and_not_offered(zone: Zone, language: str) -> None:
    case = roads.served(zone, "larger")
    shown = page(zone, "enterprise01", f"/cases/{case}/acts/extension.request", language)
    offered = grounds(shown)
    assert len(offered) == 6
    assert not {"lack_of_funds", "order_backlog", "staff_busy"} & set(offered)
    told = "资金紧张、订单任务、人员繁忙" if language == "zh" else "Lack of funds, orders or busy"
    assert told in shown.text
    refused = try_request(zone, case, **asked(zone, ground="lack_of_funds"))
    assert refused.status_code == 422
    assert "no objective ground" in refused.text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_form_of_a_second_extension_tells_what_it_needs(zone: Zone, language: str) -> None:
    case = granted(zone)
    shown = page(zone, "enterprise01", f"/cases/{case}/acts/extension.request", language)
    for words in {
        "zh": ("第二次延期", "专家意见和至少一项已完成节点", "2026年4月26日"),
        "en": ("Second extension", "an expert opinion and a finished milestone", "26 Apr 2026"),
    }[language]:
        assert words in shown.text
    assert bounds(shown, "field-new_date") == ("2026-03-28", "2026-04-26")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_request_sent_again_keeps_its_filing_time_and_its_bounds(
    zone: Zone, language: str
) -> None:
    case = requested(zone)
    park(zone, case, "return")
    path = f"/tasks/{zone.task(case, 'resubmit')}"
    shown = page(zone, "enterprise01", path, language)
    told = (
        "保留原提出时间：2026年3月2日" if language == "zh" else "keeps its filing time: 2 Mar 2026"
    )
    assert told in shown.text
    assert len(grounds(shown)) == 6
    assert bounds(shown, "field-new_date") == ("2026-03-18", "2026-04-01")


def test_a_rest_day_is_told_while_the_form_is_filled_in(zone: Zone) -> None:
    case = roads.served(zone, "larger")
    visitor = Visitor(zone.app)
    assert visitor.sign_in("enterprise01").status_code == 303
    path = f"/cases/{case}/acts/extension.request"
    for day, rests in (("2026-03-27", False), ("2026-03-28", True)):
        answer = visitor.post(f"{path}/fields", {"new_date": day}, token_of=path)
        assert ("所选日期是休息日" in answer.text) == rests
        assert "lack_of_funds" not in answer.text
