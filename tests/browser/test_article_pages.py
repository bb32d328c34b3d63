"""Extension, interview, enforcement: the pages of a case that is late, at a desk and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Browser

from engine import clock
from tests.api import harness, roads
from tests.api.harness import Zone, ok
from tests.api.test_extension_scenarios import asked, department, until
from tests.browser.person import DESKTOP, Person
from tests.browser.serving import listening
from tests.browser.test_pages import visits

pytestmark = pytest.mark.browser

OWN = {"description": "Grinder without guard", "location": "Hall 1"}
ASKED = {
    "reason": "Parts arrive late",
    "interim_measures": "Grinder locked",
}


@dataclass(frozen=True)
class Late:
    """A zone whose cases are late, at its address."""

    address: str
    returned: str
    silent: str
    interviewed: str
    signing: str


@pytest.fixture(scope="module")
def late(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Late]:
    """Cases with a request returned, one not signed, and one on which enforcement is decided."""
    folder = tmp_path_factory.mktemp("late")
    with harness.zone(f"sqlite:///{folder / 'zone.db'}", folder) as zone:
        returned, silent, interviewed = (served(zone) for _ in range(3))
        until(zone, hours=-60)
        for case in (returned, silent):
            milestones = [{"what": "Parts arrive", "finish_on": zone.today()}]
            data = asked(zone, milestones=milestones, **ASKED)
            ok(zone.act("enterprise01", case, "extension.request", **data))
        until(zone, hours=-10)
        department(zone, returned, "return")
        signing = zone.task(silent, "sign_park")
        until(zone, hours=10)
        zone.do("office", interviewed, "propose_host", host="park_command", reason="First time")
        noticed(zone, interviewed)
        decided = {"pursue": "yes", "reason": "Not done", "penalty": True, "referral": True}
        zone.do("bureau_head", interviewed, "decide", **decided)
        with listening(zone.app) as address:
            yield Late(address, returned, silent, interviewed, signing)


def served(zone: Zone) -> str:
    case = roads.graded(zone, "larger", **OWN)
    words = {"requirements": "Fit a guard", "interim_measures": "Lock it", "recipient": "Officer"}
    roads.serve(zone, case, "larger", **words)
    return case


def noticed(zone: Zone, case: str) -> None:
    zone.do("leader_incharge", case, "confirm_host", host="park_command")
    zone.do(
        "office",
        case,
        "schedule",
        invitee_role="legal_representative",
        invitee_reason="Investor abroad",
        meet_at=clock.beijing(clock.now() + timedelta(hours=20)).isoformat(),
        place="Hall 3",
        way="on_site",
        materials="Plan",
    )


def look(late: Late, browser: Browser, username: str, language: str) -> tuple[list[str], list[str]]:
    """Return what is wrong with the pages of somebody, and what the browser complained of."""
    context = browser.new_context(
        base_url=late.address, locale="zh-CN", timezone_id="Asia/Shanghai", viewport={**DESKTOP}
    )
    somebody = Person(context, username, language)
    cases = [f"/cases/{case}" for case in (late.returned, late.silent, late.interviewed)]
    paths = [*cases, "/interviews", "/interviews?step=report", "/ledger", f"/tasks/{late.signing}"]
    found = visits(somebody, language, *paths[: 3 if username == "enterprise01" else None])
    context.close()
    return found, somebody.complaints


@pytest.mark.parametrize(("username", "language"), [("bureau_head", "en"), ("enterprise01", "zh")])
def test_the_pages_of_late_cases_are_whole(
    late: Late, browser: Browser, username: str, language: str
) -> None:
    found, complaints = look(late, browser, username, language)
    assert "\n".join(found) == ""
    assert complaints == []
