"""A form longer than the screen: it says that more follows, and leads there."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.person import DESKTOP, PHONE, Screen
from tests.browser.serving import Zone
from tests.browser.windows import Opens
from tests.web.visitor import register

pytestmark = pytest.mark.browser

MORE = "下面还有要填的"


def opened(person: Opens, zone: Zone, screen: Screen = DESKTOP) -> Page:
    """Open the form of serving the paper, whose last fields lie below the screen."""
    register(zone.product)
    inspector = person("inspector1", screen=screen)
    page = inspector.page
    page.goto("/inbox?act=level.confirm")
    page.get_by_role("link", name="核定等级").first.click()
    inspector.submit()
    expect(page.get_by_role("heading", level=1)).to_have_text("送达整改文书")
    return page


def test_a_form_says_that_fields_follow_below(person: Opens, zone: Zone) -> None:
    page = opened(person, zone)
    page.emulate_media(reduced_motion="reduce")
    sign, last = page.get_by_role("button", name=MORE), page.get_by_label("补充说明")
    expect(last).not_to_be_in_viewport(ratio=0.9)
    expect(sign).to_be_visible()
    for _ in range(5):
        if not sign.is_visible():
            break
        sign.click()
        page.wait_for_timeout(300)  # the sign looks again once the form has been scrolled
    expect(sign).to_be_hidden()
    expect(last).to_be_in_viewport(ratio=0.9)


def test_a_phone_scrolls_the_page_instead(person: Opens, zone: Zone) -> None:
    page = opened(person, zone, screen=PHONE)
    expect(page.get_by_role("button", name=MORE)).to_be_hidden()
