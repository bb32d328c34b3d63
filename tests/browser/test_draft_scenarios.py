"""The scenarios of a draft in a browser: played, drawn on the diagram, edited as a table."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.modeler_page import files
from tests.browser.test_studio_editors import begin, kept, person
from tests.browser.windows import Opens

__all__ = ["person"]

pytestmark = pytest.mark.browser


def test_a_scenario_is_played_and_its_failure_stands_at_its_step(person: Opens) -> None:
    page = person("designer").page
    draft = begin(page, "void_request")
    page.goto(f"{draft}/scenarios/withdrawn")
    page.locator("[data-act=run-one]").click()
    summary = page.locator("[data-part=summary]")
    expect(summary).to_have_text(re.compile("已运行 1 / 1，全部符合"), timeout=60_000)
    expect(page.locator(".tests-row.step-passed").first).to_be_visible()
    expect(page.locator("[data-part=canvas] .visited").first).to_be_attached()
    expect(page.locator(".tests-counts")).to_contain_text("任务 0 / 1")
    expect(page.locator(".tests-missed li").first).to_have_text("决定是否误报更正")
    before = kept(page, draft, "scenarios/withdrawn.yaml")

    # The file holds anchors, which a table would write out: that is asked first.
    page.once("dialog", lambda asked: asked.accept())
    facts = page.locator(".tests-row textarea").last
    facts.fill("open: [nowhere]")
    page.locator("h1").click()
    expect(page.locator(".tests-row.step-passed")).to_have_count(0)
    assert kept(page, draft, "scenarios/withdrawn.yaml") != before
    expect(page.locator("[data-act=run-all]")).to_be_enabled()
    page.locator("[data-act=run-one]").click()
    expect(summary).to_have_text(re.compile("1 个不符"), timeout=60_000)
    expect(page.locator(".tests-row.step-failed .field-error")).to_contain_text(
        "待办任务应为 nowhere"
    )


def playing(page: Page, name: str) -> str:
    """Begin a scenario in a draft and play its case up to the first task; return the draft."""
    draft = begin(page, "void_request")
    page.goto(f"{draft}/tests")
    page.locator("[data-part=new] input").fill(name)
    page.locator("[data-part=new] button").click()
    expect(page.get_by_text(f"scenarios/{name}.yaml", exact=True)).to_be_visible()
    page.locator("[data-act=play]").click()
    expect(page.locator(".tests-now")).to_contain_text("核定等级", timeout=60_000)
    return draft


def test_a_case_is_played_on_and_each_act_becomes_a_row(person: Opens) -> None:
    page = person("designer").page
    draft = playing(page, "recorded")
    now = page.locator(".tests-now")
    page.get_by_role("button", name="核定等级").click()
    page.locator(".tests-form").get_by_label("一般隐患").check()
    page.get_by_role("button", name="办理并记下").click()
    expect(now).to_contain_text("送达整改文书")
    page.get_by_role("button", name="过一天").click()
    expect(now).to_contain_text("2026-03-03 09:00")
    page.get_by_role("button", name="今后应当如此：待办和状态").click()
    rows = page.locator(".tests-row")
    expect(rows).to_have_count(4)
    expect(rows.nth(1).locator("textarea")).to_have_value("level: general")
    expect(rows.nth(3).locator("textarea")).to_have_value(re.compile("open: \\[serve_order\\]"))
    page.locator("[data-act=run-one]").click()
    summary = page.locator("[data-part=summary]")
    expect(summary).to_have_text("已运行 1 / 1，全部符合", timeout=60_000)
    assert "task: confirm_level" in kept(page, draft, "scenarios/recorded.yaml")


def test_what_is_typed_while_the_form_is_drawn_again_stays(person: Opens) -> None:
    page = person("designer").page
    playing(page, "typed")
    page.get_by_role("button", name="核定等级").click()
    form, held = page.locator(".tests-form"), list[Route]()
    expect(form.get_by_label("较大隐患")).to_be_visible()
    page.route("**/scenarios/play", lambda route: held.append(route))  # noqa: PLW0108 wrapped by the library
    with page.expect_request("**/scenarios/play"):
        form.get_by_label("较大隐患").check()
    form.locator("textarea").last.press_sequentially("现场复核")
    assert len(held) == 1
    page.unroute("**/scenarios/play")  # lets what is held go on
    expect(page.get_by_role("button", name="办理并记下")).to_be_enabled()
    expect(form.locator("textarea").last).to_have_value("现场复核")
    expect(form.get_by_label("较大隐患")).to_be_checked()


def test_a_row_that_is_refused_stays_with_its_error(person: Opens) -> None:
    page = person("designer").page
    draft = begin(page, "void_request")
    page.goto(f"{draft}/scenarios/withdrawn")
    facts = page.locator(".tests-row textarea").last
    expect(facts).to_be_visible()
    before = kept(page, draft, "scenarios/withdrawn.yaml")
    page.once("dialog", lambda asked: asked.accept())
    facts.fill("open: [nowhere")
    page.locator("h1").click()
    refused = page.locator(".tests-row").last.locator(".tests-refused")
    expect(refused).to_be_visible()
    expect(facts).to_have_attribute("aria-invalid", "true")
    page.locator(".tests-item[aria-current=false]").first.click()
    expect(refused).to_have_count(0)
    page.locator(".tests-item", has_text="withdrawn").click()
    expect(facts).to_have_value("open: [nowhere")
    expect(refused).to_be_visible()
    expect(page.locator("[data-part=status]")).to_contain_text("没有保存")
    assert files(page, draft)["scenarios/withdrawn.yaml"] == before, "the file is as it was"
    facts.fill("open: [nowhere]")
    page.locator("h1").click()
    expect(refused).to_have_count(0)
    assert kept(page, draft, "scenarios/withdrawn.yaml") != before
