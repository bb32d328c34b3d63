"""A designer changes a diagram in the browser, is told what is wrong where, and loses nothing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.person import PHONE, Person
from tests.browser.windows import Opens

pytestmark = pytest.mark.browser

PROCESSES = Path(__file__).resolve().parents[2] / "workflows" / "processes"
EXTENSION = "extension_request"
EVERY = sorted(
    folder.name for folder in PROCESSES.iterdir() if (folder / f"{folder.name}.bpmn").is_file()
)
SIGNATURE = "sign_park"
UNCONNECTED = re.compile("无法从开始事件到达|永远不会执行")


def begin(person: Person, process: str = EXTENSION) -> str:
    """Make a draft of a process and open its diagram; return the address of the draft."""
    person.page.goto(f"/definitions/{process}/1")
    person.page.locator("form[action$='/drafts'] button").click()
    person.page.wait_for_url(re.compile("/drafts/[^/]+$"))
    address = person.page.url
    open_diagram(person.page, address)
    return address


def open_diagram(page: Page, address: str) -> None:
    page.goto(f"{address}/diagram")
    expect(page.locator("[data-modeler][data-ready=true][data-checked]")).to_be_visible()


def shape(page: Page, element: str) -> Any:
    return page.locator(f'.djs-element[data-element-id="{element}"]')


def saved(page: Page) -> None:
    expect(page.locator("[data-part=status]")).to_have_text(re.compile("^(已保存|Saved)$"))


def files(page: Page, address: str) -> dict[str, str]:
    answer = page.request.get(f"{address}/files")
    found = answer.json()["files"]
    assert isinstance(found, dict)
    return found


def delete(page: Page, element: str) -> None:
    shape(page, element).locator(".djs-hit").first.click()
    page.keyboard.press("Delete")
    expect(shape(page, element)).to_have_count(0)


def findings(page: Page) -> Any:
    page.get_by_role("tab", name=re.compile("检查|Findings")).click()
    return page.locator("[data-part=findings]")


def test_a_removed_signature_is_told_by_its_article_and_taken_back(person: Opens) -> None:
    designer = person("designer")
    page = designer.page
    address = begin(designer)
    before = files(page, address)[f"{EXTENSION}.bpmn"]
    delete(page, SIGNATURE)
    listed = findings(page)
    expect(listed).to_contain_text("不能部署")
    expect(listed).to_contain_text("forms/sign_park.json")
    broken = listed.locator(".found-of-error[data-element=decide]").first
    expect(broken).to_contain_text("两家单位在本轮都已签字同意")
    expect(broken).to_contain_text("十五")
    expect(shape(page, "decide")).to_have_class(re.compile("found-error"))
    play(page, broken)
    saved_with(page, address, EXTENSION, f'userTask id="{SIGNATURE}"', absent=True)
    page.get_by_role("button", name="撤销").click()
    expect(shape(page, SIGNATURE)).to_have_count(1)
    expect(listed).to_contain_text("可以部署")
    saved_with(page, address, EXTENSION, f'userTask id="{SIGNATURE}"')
    assert files(page, address)[f"{EXTENSION}.bpmn"] == before


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


def test_what_was_saved_is_there_after_a_reload_and_can_still_be_undone(person: Opens) -> None:
    designer = person("designer")
    page = designer.page
    address = begin(designer)
    before = files(page, address)[f"{EXTENSION}.bpmn"]
    shape(page, SIGNATURE).locator(".djs-hit").first.click()
    page.get_by_label("承办单位").select_option("office")
    saved_with(page, address, EXTENSION, 'value="office"')
    changed = files(page, address)[f"{EXTENSION}.bpmn"].splitlines()
    differing = [
        (old.strip(), new.strip())
        for old, new in zip(before.splitlines(), changed, strict=True)
        if old != new
    ]
    assert differing == [
        (
            '<spiffworkflow:property name="body" value="park_command"/>',
            '<spiffworkflow:property name="body" value="office"/>',
        )
    ]
    open_diagram(page, address)
    shape(page, SIGNATURE).locator(".djs-hit").first.click()
    expect(page.get_by_label("承办单位")).to_have_value("office")
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_role("button", name="重做")).to_be_enabled()
    assert files(page, address)[f"{EXTENSION}.bpmn"] == before


@pytest.mark.parametrize("process", EVERY)
def test_a_name_changed_there_and_back_changes_no_line(person: Opens, process: str) -> None:
    """Every shipped diagram is written as it was read, to the byte."""
    designer = person("designer")
    page = designer.page
    address = begin(designer, process)
    before = files(page, address)[f"{process}.bpmn"]
    name = first_task(before)
    page.goto(f"{address}/diagram?element={name}")
    expect(page.locator("[data-modeler][data-ready=true]")).to_be_visible()
    title = page.get_by_role("textbox", name="名称（中文）")
    written = title.input_value()
    title.fill(f"{written}！")
    saved_with(page, address, process, f'name="{written}！"')
    title.fill(written)
    saved_with(page, address, process, f'name="{written}"')
    assert files(page, address)[f"{process}.bpmn"] == before


def first_task(text: str) -> str:
    found = re.search(r'<bpmn:(?:user|service)Task id="([^"]+)" name="', text)
    assert found
    return found[1]


def saved_with(
    page: Page, address: str, process: str, wanted: str, *, absent: bool = False
) -> None:
    for _ in range(60):
        if (wanted in files(page, address)[f"{process}.bpmn"]) is not absent:
            return
        page.wait_for_timeout(250)
    message = f"Expected a draft saved {'without' if absent else 'with'} {wanted}, but it is not"
    raise AssertionError(message)


def test_two_designers_at_once_lose_nothing(person: Opens) -> None:
    first, second = person("designer"), person("designer2")
    address = begin(first)
    open_diagram(second.page, address)
    rename(first.page, "甲的名称")
    saved_with(first.page, address, EXTENSION, "甲的名称")
    rename(second.page, "乙的名称")
    dialog = second.page.get_by_role("dialog")
    expect(dialog).to_contain_text("他人在此期间保存了同一文件")
    expect(dialog).to_contain_text("流程设计员一")
    dialog.get_by_role("button", name="用我的内容保存").click()
    saved_with(second.page, address, EXTENSION, "乙的名称")
    second.page.get_by_role("button", name="撤销").click()
    rename(first.page, "甲的第二个名称")
    expect(first.page.get_by_role("dialog")).to_be_visible()
    with first.page.expect_download() as download:
        first.page.get_by_role("dialog").get_by_role("button", name="下载我的副本").click()
    assert "甲的第二个名称" in download.value.path().read_text()


def rename(page: Page, name: str) -> None:
    title = page.get_by_role("textbox", name="名称（中文）")
    if not title.is_visible():
        shape(page, SIGNATURE).locator(".djs-hit").first.click()
    title.fill(name)
    title.press("Tab")


def lost(route: Route) -> None:
    if route.request.method == "PUT":
        route.abort()
    else:
        route.continue_()


def test_work_survives_a_lost_connection(person: Opens) -> None:
    designer = person("designer")
    page = designer.page
    address = begin(designer)
    page.route("**/files/**", lost)
    rename(page, "断线时的名称")
    expect(page.locator("[data-part=status]")).to_contain_text("连接不上服务器")
    page.unroute("**/files/**", lost)
    page.on("dialog", lambda dialog: dialog.accept())
    open_diagram(page, address)
    saved_with(page, address, EXTENSION, "断线时的名称")
    designer.complaints[:] = [one for one in designer.complaints if "ERR_FAILED" not in one]


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
    expect(findings(page)).to_contain_text("可以部署")
    saved_with(page, address, EXTENSION, "authority_step", absent=True)
    saved(page)
    assert "forms/authority_step.json" not in files(page, address)


@pytest.mark.parametrize("pattern", ["sign-off", "authority", "reminder", "recheck"])
def test_a_pattern_is_complete_but_for_the_way_to_it(person: Opens, pattern: str) -> None:
    designer = person("designer")
    page = designer.page
    begin(designer, "void_request")
    page.locator(".djs-palette [data-action=patterns]").click()
    page.locator(f".djs-popup [data-id={pattern}]").click()
    page.mouse.move(560, 260)
    page.mouse.move(580, 300)
    page.mouse.click(580, 300)
    told = findings(page).locator(".found-of-error")
    expect(told.filter(has_text="无法从开始事件到达").first).to_be_visible()
    others = [one for one in told.all_inner_texts() if not UNCONNECTED.search(one)]
    assert others == []


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
