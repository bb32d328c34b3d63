"""Every page of the administration at a desk and on a telephone, in both languages."""

from __future__ import annotations

import pytest

from tests.browser.test_pages import visits
from tests.browser.windows import Opens

pytestmark = pytest.mark.browser

OFFICE = "/administration"


def test_every_page_of_the_administration_is_whole(person: Opens) -> None:
    """In English, whose words have the least room; `make pages` looks at both languages."""
    found = visits(
        person("admin", "en"),
        "en",
        OFFICE,
        f"{OFFICE}/bodies",
        f"{OFFICE}/bodies?text=nothing+like+it",
        f"{OFFICE}/persons",
        f"{OFFICE}/persons/park_east",
        f"{OFFICE}/accounts",
        f"{OFFICE}/enterprises",
        f"{OFFICE}/calendar",
        f"{OFFICE}/calendar/2026",
        f"{OFFICE}/calendar/2027",
        f"{OFFICE}/calendar/notice",
        f"{OFFICE}/rules",
        f"{OFFICE}/rules/GY-2022-15/1",
        f"{OFFICE}/rules/adopt",
        f"{OFFICE}/record",
        f"{OFFICE}/do/body.add",
        f"{OFFICE}/do/person.add",
        f"{OFFICE}/do/enterprise.edit?subject=enterprise01",
        "/account/password",
    )
    assert "\n".join(found) == ""
