"""Every page at a desk and on a telephone, in both languages: nothing cut off, broken or missed."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.browser.looking import SCREENS, whole
from tests.browser.person import Person
from tests.browser.serving import Zone
from tests.browser.windows import Opens
from tests.web.visitor import START

pytestmark = pytest.mark.browser

CLAUSE = "Order 10, article 5"


@dataclass(frozen=True)
class Case:
    """A case whose words are English, so that Chinese on an English page is a text missed."""

    id: str
    task: str


@pytest.fixture(scope="module")
def grading(zone: Zone) -> Case:
    """A major hazard that waits for its second officer."""
    case_id = zone.register(
        enterprise="enterprise02",
        description="Grinder without guard",
        location="Hall 1",
        proposed_level="major",
        criterion=CLAUSE,
    )
    zone.do("inspector1", case_id, level="major", criterion=CLAUSE, reason="Seen on site")
    return Case(case_id, zone.task(case_id))


@pytest.fixture(scope="module")
def rectifying(zone: Zone) -> Case:
    """A general hazard that waits for the enterprise."""
    case_id = zone.register(
        enterprise="enterprise03", description="Exit blocked", location="Hall 2"
    )
    zone.do("inspector1", case_id, level="general", reason="Minor")
    zone.do(
        "inspector1",
        case_id,
        document_kind="notice",
        requirements="Clear the exit",
        due_date="2026-03-03",
        service_method="direct",
        served_at=START.isoformat(),
        recipient="Safety officer",
    )
    return Case(case_id, zone.task(case_id))


def visits(somebody: Person, language: str, *paths: str) -> list[str]:
    """Open pages one after the other and return what is wrong with each, on either screen."""
    found: list[str] = []
    page = somebody.page
    page.set_viewport_size({**SCREENS[language][0]})
    for path in paths:
        page.goto(path)
        folded = page.locator("details[data-fold]:not([open]) > summary")
        while folded.count():
            folded.first.click()  # a phone draws a diagram when somebody asks to see it
        expect(page.locator("[data-diagram-url]:not([data-drawn])")).to_have_count(0)
        found += [f"{path}: {fault}" for fault in whole(page, language)]
    return found


def test_every_page_is_whole(person: Opens, grading: Case, rectifying: Case) -> None:
    """In English, whose words have the least room; `make pages` looks at both languages."""
    nobody = person(None, "en")
    found = visits(nobody, "en", "/sign-in", "/nowhere")
    inspector = person("inspector1", "en")
    found += visits(
        inspector,
        "en",
        "/inbox",
        "/inbox?text=nothing+like+it",
        "/hazards/new",
        "/ledger",
        "/definitions",
        "/definitions/hazard_rectification/1",
        "/notifications",
        f"/tasks/{grading.task}",
        f"/cases/{grading.id}",
        f"/cases/{rectifying.id}",
        f"/tasks/{rectifying.task}",
        f"/cases/{rectifying.id}/acts/comment",
        "/nowhere",
    )
    enterprise = person("enterprise03", "en")
    found += visits(
        enterprise,
        "en",
        "/inbox",
        "/my-cases",
        f"/tasks/{rectifying.task}",
        f"/cases/{rectifying.id}",
    )
    assert "\n".join(found) == ""
