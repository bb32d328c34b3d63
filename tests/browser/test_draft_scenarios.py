"""The scenarios of a draft in a browser: played, drawn on the diagram, edited as a table."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

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
    expect(summary).to_have_text(re.compile("1 / 1，不符 0"), timeout=60_000)
    expect(page.locator(".tests-row.step-passed").first).to_be_visible()
    expect(page.locator("[data-part=canvas] .visited").first).to_be_attached()
    expect(page.locator("[data-part=missed] li").first).to_contain_text("decide_void")
    before = kept(page, draft, "scenarios/withdrawn.yaml")

    facts = page.locator(".tests-row textarea").last
    facts.fill("open: [nowhere]")
    page.locator("h1").click()
    expect(page.locator(".tests-row.step-passed")).to_have_count(0)
    page.wait_for_timeout(2000)
    assert kept(page, draft, "scenarios/withdrawn.yaml") != before
    page.locator("[data-act=run-one]").click()
    expect(summary).to_have_text(re.compile("不符 1"), timeout=60_000)
    expect(page.locator(".tests-row.step-failed .field-error")).to_contain_text(
        "待办任务应为 nowhere"
    )
