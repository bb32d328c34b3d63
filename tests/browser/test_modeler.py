"""A designer draws in the browser and is told what is wrong where, in the words of its article."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.modeler_page import (
    EXTENSION,
    SIGNATURE,
    begin,
    delete,
    files,
    findings,
    open_diagram,
    saved,
    saved_with,
    shape,
)
from tests.browser.person import PHONE
from tests.browser.windows import Opens

pytestmark = pytest.mark.browser

UNCONNECTED = re.compile("无法从开始事件到达|永远不会执行")


def test_a_removed_signature_is_told_by_its_article_and_taken_back(person: Opens) -> None:
    designer = person("designer")
    page = designer.page
    address = begin(designer)
    before = files(page, address)[f"{EXTENSION}.bpmn"]
    delete(page, SIGNATURE)
    listed = findings(page)
    expect(listed).to_contain_text("不能上线")
    expect(listed).to_contain_text("forms/sign_park.json")
    broken = listed.locator(".found-of-error[data-element=decide]").first
    expect(broken).to_contain_text("两家单位在本轮都已签字同意")
    expect(broken).to_contain_text("十五")
    expect(shape(page, "decide")).to_have_class(re.compile("found-error"))
    play(page, broken)
    saved_with(page, address, EXTENSION, f'userTask id="{SIGNATURE}"', absent=True)
    page.get_by_role("button", name="撤销").click()
    expect(shape(page, SIGNATURE)).to_have_count(1)
    expect(listed).to_contain_text("可以上线")
    saved_with(page, address, EXTENSION, f'userTask id="{SIGNATURE}"')
    assert files(page, address)[f"{EXTENSION}.bpmn"] == before


def test_a_check_that_fails_is_told_and_asked_for_again(person: Opens) -> None:
    designer = person("designer")
    page = designer.page
    begin(designer)
    listed = findings(page)
    refusing = re.compile(r"/drafts/[^/]+/check$")
    delete(page, SIGNATURE)
    expect(listed).to_contain_text("不能上线")
    expect(page.locator(".djs-element.found-error").first).to_be_attached()
    page.route(refusing, lambda route: route.fulfill(status=422, json={"detail": "不查"}))
    page.get_by_role("button", name="撤销").click()
    expect(listed).to_have_text("没有检查：不查现在检查")
    expect(page.locator(".djs-element.found-error")).to_have_count(0)
    page.unroute(refusing)
    listed.get_by_role("button", name="现在检查").press("Enter")
    expect(listed.get_by_role("status")).to_be_focused()
    expect(listed).to_contain_text("可以上线")
    designer.complaints[:] = [one for one in designer.complaints if "422" not in one]


def test_errors_open_their_list_unless_somebody_is_at_an_element(person: Opens) -> None:
    designer = person("designer")
    page = designer.page
    address = begin(designer)
    tab = page.get_by_role("tab", name=re.compile("检查"))
    expect(tab).to_have_attribute("aria-selected", "false")
    shape(page, SIGNATURE).locator(".djs-hit").first.click()
    page.get_by_label("承办单位").select_option("industry_department")
    expect(page.locator(".djs-element.found-error").first).to_be_visible()
    expect(tab).to_have_attribute("aria-selected", "false")
    saved(page)
    open_diagram(page, address)
    expect(tab).to_have_attribute("aria-selected", "true")
    expect(page.locator("[data-part=findings]")).to_contain_text("不能上线")


def test_a_file_that_is_no_xml_is_told_in_the_words_of_the_reader(person: Opens) -> None:
    designer = person("designer")
    page = designer.page
    address = begin(designer)
    held = page.request.get(f"{address}/files").json()
    broken = held["files"][f"{EXTENSION}.bpmn"].replace("</bpmn:process>", "")
    token = page.locator("[data-modeler]").get_attribute("data-token") or ""
    sent = page.request.put(
        f"{address}/files/{EXTENSION}.bpmn",
        data={"content": broken, "revision": held["revision"]},
        headers={"X-CSRFToken": token, "Referer": address},
    )
    assert sent.ok, sent.text()
    open_diagram(page, address)
    expect(page.locator("[data-part=note]")).to_have_text(
        "流程图无法显示，“检查”里写明文件哪里有误。"
    )
    listed = page.locator("[data-part=findings]")
    expect(listed).to_contain_text(re.compile(r"第 \d+ 行第 \d+ 列，第 \d+ 行的 <process> 由"))
    expect(listed).not_to_contain_text("mismatch")


def play(page: Page, broken: Any) -> None:
    """Play the way to what is wrong, step by step and to its end."""
    broken.get_by_role("button", name="播放经过").click()
    player = page.get_by_role("group", name="播放经过")
    expect(player).to_contain_text("第 2 步")
    player.get_by_role("button", name="结尾").click()
    expect(player).to_contain_text(re.compile(r"第 (\d+) 步，共 \1 步"))
    player.get_by_role("button", name="上一步").click()
    expect(page.locator(".player-token").first).to_be_visible()
    player.get_by_role("button", name="关闭").click()
    expect(player).to_be_hidden()


def test_only_what_the_gate_lets_run_is_offered(person: Opens) -> None:
    designer = person("designer")
    page = designer.page
    begin(designer)
    shape(page, SIGNATURE).locator(".djs-hit").first.click()
    page.locator(".djs-context-pad [data-action=replace]").click()
    offered = page.locator(".djs-popup-body .entry")
    expect(offered.first).to_be_visible()
    assert set(offered.all_inner_texts()) == {
        "服务任务",
        "规则任务",
        "调用活动",
        "子流程（折叠）",
        "子流程（展开）",
    }


def test_a_pattern_is_inserted_with_its_forms_and_taken_back_with_them(person: Opens) -> None:
    designer = person("designer")
    page = designer.page
    address = begin(designer)
    page.locator(".djs-palette [data-action=patterns]").click()
    page.locator(".djs-popup [data-id=authority]").click()
    page.mouse.move(700, 520)
    page.mouse.move(720, 530)
    page.mouse.click(720, 530)
    expect(shape(page, "authority_step")).to_have_count(1)
    expect(findings(page)).to_contain_text("authority_step")
    saved_with(page, address, EXTENSION, "authority_step")
    assert "forms/authority_step.json" in files(page, address)
    page.get_by_role("button", name="撤销").click()
    expect(findings(page)).to_contain_text("可以上线")
    saved_with(page, address, EXTENSION, "authority_step", absent=True)
    saved(page)
    assert "forms/authority_step.json" not in files(page, address)


def test_a_pattern_is_complete_but_for_the_way_to_it(person: Opens) -> None:
    designer = person("designer")
    others = {}
    for pattern in ("sign-off", "authority", "reminder", "recheck"):
        begin(designer, "void_request")
        others[pattern] = wrong_with_inserted(designer.page, pattern)
    assert others == {pattern: [] for pattern in others}


def wrong_with_inserted(page: Page, pattern: str) -> list[str]:
    """Insert a pattern; return what is wrong but that nothing leads to it yet."""
    page.locator(".djs-palette [data-action=patterns]").click()
    page.locator(f".djs-popup [data-id={pattern}]").click()
    page.mouse.move(608, 260)
    page.mouse.move(628, 300)
    page.mouse.click(628, 300)
    told = findings(page).locator(".found-of-error")
    expect(told.filter(has_text="无法从开始事件到达").first).to_be_visible()
    return [one for one in told.all_inner_texts() if not UNCONNECTED.search(one)]


def test_tokens_are_simulated_in_the_readers_language(person: Opens) -> None:
    designer = person("designer")
    page = designer.page
    begin(designer)
    page.get_by_role("button", name="令牌模拟").click()
    expect(page.locator(".modeler.is-simulating")).to_be_visible()
    expect(page.get_by_title("播放或暂停").first).to_be_visible()
    page.locator('.bts-context-pad:not(.hidden)[title="触发事件"]').first.click()
    expect(page.locator(".bts-token-count").first).to_be_visible()
    page.get_by_role("button", name="令牌模拟").click()
    expect(page.locator(".modeler.is-simulating")).to_have_count(0)


def test_the_office_reads_and_changes_nothing(person: Opens) -> None:
    address = begin(person("designer"))
    page = person("office_head", "en").page
    open_diagram(page, address)
    expect(page.locator(".djs-palette")).to_be_hidden()
    shape(page, SIGNATURE).locator(".djs-hit").first.click()
    page.get_by_role("tab", name="Properties").click()
    expect(page.get_by_label("Name in Chinese")).to_be_disabled()
    expect(page.get_by_role("button", name="Undo")).to_be_hidden()


def test_a_phone_shows_the_diagram_and_what_is_wrong(person: Opens) -> None:
    address = begin(person("designer"))
    page = person("designer2", screen=PHONE).page
    open_diagram(page, address)
    expect(page.locator("[data-part=findings]")).to_be_visible()
    expect(page.locator(".djs-palette")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_step_is_added_and_named_without_a_mouse(person: Opens) -> None:
    designer = person("designer")
    page = designer.page
    address = begin(designer)
    page.goto(f"{address}/diagram?element=hand_over")
    expect(page.locator("[data-modeler][data-ready=true]")).to_be_visible()
    page.get_by_role("button", name="服务任务：系统操作").press("Enter")
    page.keyboard.type("试一步")
    page.get_by_role("tab", name=re.compile("检查")).focus()
    saved_with(page, address, EXTENSION, '<bpmn:serviceTask id="Activity_')
