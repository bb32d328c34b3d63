"""What is drawn is saved by itself, differs only where it was changed, and is never lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser.modeler_page import (
    EXTENSION,
    SIGNATURE,
    begin,
    files,
    open_diagram,
    rename,
    saved,
    saved_with,
    shape,
)
from tests.browser.person import Person
from tests.browser.windows import Opens

pytestmark = pytest.mark.browser

VARIED = ("hazard_rectification", "overdue_interview", "extension_request")
"""Together they hold every construct that the shipped diagrams use."""


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


def test_three_undos_of_two_edits_reach_what_was_there_before(person: Opens) -> None:
    designer = person("designer")
    page = designer.page
    address = begin(designer)
    name = f"{EXTENSION}.bpmn"
    first = files(page, address)[name]
    rename(page, "以前")
    saved_with(page, address, EXTENSION, "以前")
    open_diagram(page, address)
    for title in ("其一", "其二"):
        rename(page, title)
        saved_with(page, address, EXTENSION, title)
    undo = page.get_by_role("button", name="撤销")
    undo.click()
    saved_with(page, address, EXTENSION, "其一")
    undo.click()
    saved_with(page, address, EXTENSION, "以前")
    undo.click()
    expect(undo).to_be_disabled()
    assert files(page, address)[name] == first


def test_undoing_at_once_takes_back_what_was_typed_last(person: Opens) -> None:
    designer = person("designer")
    page = designer.page
    address = begin(designer)
    first = files(page, address)[f"{EXTENSION}.bpmn"]
    rename(page, "保存过的")
    saved_with(page, address, EXTENSION, "保存过的")
    title = page.get_by_role("textbox", name="名称（中文）")
    title.fill("刚刚输入的")
    page.get_by_role("button", name="撤销").click()
    expect(title).to_have_value("保存过的")
    saved_with(page, address, EXTENSION, "保存过的")
    page.get_by_role("button", name="撤销").click()
    saved(page)
    assert files(page, address)[f"{EXTENSION}.bpmn"] == first


def test_two_pages_of_one_draft_do_not_meet(person: Opens) -> None:
    designer = person("designer")
    page = designer.page
    address = begin(designer)
    other = page.context.new_page()
    open_diagram(other, address)
    rename(page, "在第一页改的")
    saved_with(page, address, EXTENSION, "在第一页改的")
    shape(other, SIGNATURE).locator(".djs-hit").first.click()
    expect(other.get_by_role("textbox", name="名称（中文）")).to_have_value("在第一页改的")
    rename(other, "在第二页改的")
    saved_with(other, address, EXTENSION, "在第二页改的")
    expect(other.get_by_role("dialog")).to_have_count(0)
    other.close()


def test_a_name_changed_there_and_back_changes_no_line(person: Opens) -> None:
    """A diagram is written as it was read, to the byte."""
    designer = person("designer")
    for process in VARIED:
        _changed_there_and_back(designer, process)


def _changed_there_and_back(designer: Person, process: str) -> None:
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
    for _ in range(3):
        second.page.keyboard.press("Escape")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="用我的内容保存").click()
    saved_with(second.page, address, EXTENSION, "乙的名称")
    second.page.get_by_role("button", name="撤销").click()
    rename(first.page, "甲的第二个名称")
    expect(first.page.get_by_role("dialog")).to_be_visible()
    with first.page.expect_download() as download:
        first.page.get_by_role("dialog").get_by_role("button", name="下载我的副本").click()
    assert "甲的第二个名称" in download.value.path().read_text()


def lost(route: Route) -> None:
    if route.request.method == "PUT":
        route.abort()
    else:
        route.continue_()


def closed(route: Route) -> None:
    """Answer as of a draft that somebody proposed meanwhile."""
    answer = route.fetch()
    route.fulfill(response=answer, json={**answer.json(), "may_change": False})


def test_work_survives_a_lost_connection(person: Opens) -> None:
    designer = person("designer")
    page = designer.page
    address = begin(designer)
    page.route("**/files/**", lost)
    rename(page, "断线时的名称")
    expect(page.locator("[data-part=status]")).to_contain_text("连接不上服务器")
    page.on("dialog", lambda dialog: dialog.accept())
    page.route("**/files", closed)
    open_diagram(page, address)
    expect(page.locator("[data-part=status]")).to_contain_text("只读")
    page.unroute("**/files", closed)
    page.unroute("**/files/**", lost)
    open_diagram(page, address)
    saved_with(page, address, EXTENSION, "断线时的名称")
    designer.complaints[:] = [one for one in designer.complaints if "ERR_FAILED" not in one]
