"""The editors of tables and forms in a browser: faults where they are, savings that stay."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.api.harness import zone as opened
from tests.browser.person import PHONE
from tests.browser.serving import listening
from tests.browser.windows import Opens, windows

pytestmark = pytest.mark.browser

Begins = Callable[[Page, str], str]


@pytest.fixture
def person(zone_url: str, tmp_path: Path, browser: Browser) -> Iterator[Opens]:
    """Whoever opens a window on a zone with the shipped processes."""
    with (
        opened(zone_url, tmp_path) as zone,
        listening(zone.app) as address,
        windows(browser, address, reduced_motion="reduce") as opens,
    ):
        yield opens


def begin(page: Page, process: str) -> str:
    """Begin a draft of a process; return its address."""
    page.goto(f"/definitions/{process}/1")
    page.locator(f"form[action$='/definitions/{process}/drafts'] button").click()
    expect(page).to_have_url(re.compile(r"/drafts/[0-9a-f-]{36}$"))
    return page.url


def kept(page: Page, draft: str, path: str) -> str:
    """Return a file of a draft as the server holds it, once all is saved."""
    expect(page.locator("[data-pending]")).to_have_count(0)
    expect(page.locator("[data-part=status]")).to_have_text(re.compile("^(已保存|Saved)$"))
    held: dict[str, Any] = page.request.get(f"{draft}/files").json()
    return str(held["files"][path])


def write(page: Page, row: str, text: str, kind: str = "input-cell") -> None:
    """Write into the first cell of a kind of a row."""
    page.locator(f"td.{kind}[data-row-id={row}]").first.click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Backspace")
    page.keyboard.insert_text(text)
    page.locator("h1").click()


def test_a_gap_is_found_at_once_and_closed_by_a_row(person: Opens) -> None:
    page = person("designer").page
    draft = begin(page, "hazard_rectification")
    page.goto(f"{draft}/tables/limits")
    summary = page.locator("[data-part=summary]")
    expect(summary).to_have_text("没有缺口、重叠和到不了的行")
    before = kept(page, draft, "limits.dmn")

    write(page, "limits_larger", '"major"')
    expect(summary).to_have_text("2 处须更正，否则不能上线")
    expect(page.locator("td.rule-index.fault-row")).to_have_count(2)
    page.get_by_role("button", name="为它加一行").click()
    expect(page.locator("td.rule-index")).to_have_count(4)
    expect(summary).to_have_text("1 处须更正，否则不能上线")
    added = kept(page, draft, "limits.dmn")
    assert added.count('"larger"</text>') == 1
    assert set(before.splitlines()) - set(added.splitlines()) <= {'          <text>"larger"</text>'}

    page.reload()
    expect(page.locator("td.rule-index")).to_have_count(4)
    undo = page.get_by_role("button", name="撤销")
    undo.click()
    expect(page.locator("td.rule-index")).to_have_count(3)
    expect(page.locator(".draft-told")).to_have_text(re.compile("^已撤销您.*对 limits.dmn 的保存$"))
    undo.click()
    expect(undo).to_be_disabled()
    assert kept(page, draft, "limits.dmn") == before


def test_a_cell_that_is_wrong_is_marked(person: Opens) -> None:
    page = person("designer", "en").page
    draft = begin(page, "hazard_rectification")
    page.goto(f"{draft}/tables/limits")
    expect(page.locator("[data-part=summary]")).to_have_text(
        "No gaps, no overlaps, every row counts"
    )
    write(page, "limits_major", "> 3")
    expect(page.locator("td.input-cell.fault-cell")).to_have_count(1)
    expect(page.locator(".fault")).to_contain_text("Row 3, column 1")


def test_a_decision_is_tried_beside_the_table(person: Opens) -> None:
    page = person("designer").page
    draft = begin(page, "hazard_rectification")
    page.goto(f"{draft}/tables/limits")
    trial = page.locator("[data-part=trial]")
    trial.get_by_role("combobox").select_option('"major"')
    trial.get_by_role("button", name="求值").click()
    expect(trial.locator(".trial-answer")).to_have_text("整改时限：15（第 3 行）")
    expect(page.locator("td.rule-index.row-matched")).to_have_text("3")


def test_a_table_of_thousands_is_told_and_not_drawn(person: Opens) -> None:
    page = person("designer").page
    draft = begin(page, "hazard_rectification")
    page.goto(f"{draft}/tables/limits")
    text = kept(page, draft, "limits.dmn")
    start, end = text.index("<rule "), text.index("</decisionTable>")
    row = text[start : text.index("</rule>") + len("</rule>")]
    rows = "".join(row.replace("limits_general", f"r{n}") for n in range(5000))
    token = page.locator("[data-tables]").get_attribute("data-token") or ""
    revision = page.request.get(f"{draft}/files").json()["revision"]
    body = {"content": text[:start] + rows + text[end:], "revision": revision}
    sent = page.request.put(
        f"{draft}/files/limits.dmn", data=body, headers={"X-CSRFToken": token, "Referer": draft}
    )
    assert sent.ok, sent.text()
    page.reload()
    expect(page.locator("[data-part=many-words]")).to_contain_text("这个文件有 5000 行规则")
    expect(page.locator("[data-part=many-words]")).to_contain_text("引擎每个表最多 1000 行")
    expect(page.locator(".fault")).to_contain_text("5000")
    expect(page.locator("td.rule-index")).to_have_count(0)
    changed = FilePayload(name="limits.dmn", mimeType="", buffer=text.encode())
    page.get_by_label("用改好的文件替换").set_input_files(files=[changed])
    expect(page.locator("td.rule-index")).to_have_count(3)
    assert kept(page, draft, "limits.dmn") == text


def rename(page: Page, key: str) -> None:
    """Give the field that is chosen another key."""
    control = page.locator("[data-part=properties]").get_by_label("字段编号")
    control.fill(key)
    control.press("Tab")


def test_a_field_is_added_named_and_hidden_by_a_condition(person: Opens) -> None:
    page = person("designer").page
    draft = begin(page, "void_request")
    name = next(
        one for one in page.request.get(f"{draft}/files").json()["files"] if "forms/" in one
    )
    page.goto(f"{draft}/{name.removesuffix('.json')}")
    expect(page.locator("[data-part=summary]")).to_have_text("没有发现问题")
    before = json.loads(kept(page, draft, name))

    page.locator(".builder-palette [data-field-type=textfield]").click()
    properties = page.locator("[data-part=properties]")
    rename(page, "sum")
    expect(properties.locator(".prop-fault")).to_contain_text("sum 为保留名称")
    expect(page.locator(".outline-wrong")).to_have_count(1)
    rename(page, "witness")
    expect(properties.locator(".prop-fault")).to_have_count(0)

    properties.get_by_role("button", name="添加条件").click()
    field = before["components"][0]
    properties.get_by_label("名称", exact=True).select_option(field["key"])
    properties.get_by_label("比较").select_option("null")
    expect(page.locator("#field-witness-box")).to_be_hidden()
    expect(page.locator("[data-part=summary]")).to_have_text("没有发现问题")

    after = json.loads(kept(page, draft, name))
    assert after["components"][:-1] == before["components"], "nothing else is touched"
    added = after["components"][-1]
    assert (added["key"], added["label"]) == ("witness", "单行文字")
    assert added["conditional"] == {"hide": f"={field['key']} = null"}
    assert not {"id", "layout"} & added.keys()


def test_fields_are_moved_and_removed_by_keyboard_on_a_telephone(person: Opens) -> None:
    page = person("designer", "en", PHONE).page
    draft = begin(page, "enforcement")
    page.goto(f"{draft}/forms/refer")
    before = json.loads(kept(page, draft, "forms/refer.json"))["components"]
    down = page.locator(".outline-line").first.get_by_role("button", name=re.compile("down$"))
    down.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".outline-name small").nth(1)).to_contain_text(before[0]["key"])
    gone = page.locator(".outline-line").nth(1).get_by_role("button", name=re.compile("^Remove"))
    gone.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".outline-line[data-depth='0']")).to_have_count(len(before) - 1)
    after = json.loads(kept(page, draft, "forms/refer.json"))["components"]
    assert after == before[1:]
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0


def test_the_office_sees_a_form_and_changes_nothing(person: Opens) -> None:
    draft = begin(person("designer").page, "enforcement")
    office = person("office_head").page
    office.goto(f"{draft}/forms/refer")
    expect(office.locator("[data-part=status]")).to_have_text("只读")
    expect(office.locator(".outline-act")).to_have_count(0)
    expect(office.locator(".builder-palette")).to_be_hidden()


def test_feel_is_completed_and_judged_while_it_is_written(person: Opens) -> None:
    page = person("designer").page
    draft = begin(page, "enforcement")
    page.goto(f"{draft}/forms/stop_measures")
    page.locator(".outline-name").first.click()
    properties = page.locator("[data-part=properties]")
    properties.get_by_role("button", name="改写 FEEL 文本").click()
    text = properties.get_by_label("什么时候不显示").get_by_role("combobox")
    text.fill("case.lev")
    expect(properties.locator(".feel-list li").first).to_contain_text("case.level")
    text.press("ArrowDown")
    text.press("Enter")
    expect(text).to_have_value("case.level")
    expect(properties.locator(".feel-told")).to_contain_text("结果应为是或否")
    text.press_sequentially(' = "')
    properties.locator(".feel-list li").filter(has_text="major").click()
    expect(text).to_have_value('case.level = "major"')
    expect(properties.locator(".feel-told")).to_have_text("结果：是或否")
    text.fill("case.nothing = 1")
    expect(text).to_have_attribute("aria-invalid", "true")
    properties.get_by_role("button", name="按条件逐条填写").click()
    expect(properties.locator(".condition-row")).to_have_count(1)
