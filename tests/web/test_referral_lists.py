"""No list tells a stranger to a referral that there is one: beside a twin without, all is alike."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine import clock
from tests.api import harness, roads
from tests.api.harness import Zone, ok, refused
from tests.api.test_enforcement_scenarios import checked, decide
from tests.web.test_extension_page import page
from tests.web.visitor import Visitor
from workflows.domain import notifications

STRANGERS = ("enterprise01", "park_east")
"""The enterprise itself, and the park command that signs its extensions."""

WORDS = ("移送", "公安", "公收", "四要素", "referral", "refusal.", "police", "check_elements")
SECRET = "公收88号"


def referred(zone: Zone, case: str) -> None:
    """Go the whole way: decided, checked twice, given to the police."""
    decide(zone, case, "referral")
    checked(zone, case)
    zone.do("bureau_head", case, "refer", refer="yes")
    handed = clock.beijing(clock.now()).isoformat()
    receipt = {"police": "公安分局", "receipt_number": SECRET, "handed_over_at": handed}
    zone.do("inspector2", case, "hand_over", **receipt)


@pytest.fixture(scope="module")
def zone(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zone]:
    """One zone for all, who only read."""
    folder = tmp_path_factory.mktemp("twins")
    shutil.copy(built, folder / "zone.db")
    with harness.zone(f"sqlite:///{folder / 'zone.db'}", folder) as opened:
        yield opened


@pytest.fixture(scope="module")
def twins(zone: Zone) -> tuple[str, str]:
    """Two hazards alike; the second was referred."""
    elsewhere = "熔炼车间二号炉"
    cases = roads.served(zone, "major"), roads.served(zone, "major", location=elsewhere)
    zone.advance("P15DT16H")
    referred(zone, cases[1])
    return cases


def alike(value: Any, cases: tuple[str, str], zone: Zone) -> str:
    """Return an answer about one of the twins without what tells any two cases apart."""
    said = json.dumps(value, ensure_ascii=False, sort_keys=True)
    for case in cases:
        said = said.replace(case, "CASE").replace(zone.case(case)["number"], "NUMBER")
    return said.replace("二号炉", "一号炉")


def without_ids(item: dict[str, Any]) -> dict[str, Any]:
    """Return an item of a list without the ids of its steps."""
    steps = [{**one, "task": None} for one in item["next"]]
    return {**item, "next": sorted(steps, key=lambda one: str(one["element"]))}


def news(zone: Zone, person: str, case: str) -> list[tuple[str, str]]:
    with zone.bihuan.database.read() as session:
        found = notifications.latest(session, person, 200)
    return sorted((one.kind, one.text) for one in found if one.case_id == case)


@pytest.mark.parametrize("person", STRANGERS)
def test_lists_and_search_tell_a_referred_case_like_its_twin(
    zone: Zone, twins: tuple[str, str], person: str
) -> None:
    found = ok(zone.client(person).get("/cases", limit=100))["items"]
    by_id = {one["id"]: without_ids(one) for one in found}
    plain, secret = (alike(by_id[case], twins, zone) for case in twins)
    assert plain == secret
    for word in (SECRET, "移送", "公安", "refusal"):
        assert ok(zone.client(person).get("/cases", text=word))["items"] == []
    papers = [ok(zone.client(person).get(f"/cases/{case}/papers"))["items"] for case in twins]
    assert [one["kind"] for one in papers[0]] == [one["kind"] for one in papers[1]]
    assert news(zone, person, twins[1]) == [
        (kind, said.replace(zone.case(twins[0])["number"], zone.case(twins[1])["number"]))
        for kind, said in news(zone, person, twins[0])
    ]


@pytest.mark.parametrize("person", STRANGERS)
def test_nothing_a_stranger_is_sent_names_a_referral(
    zone: Zone, twins: tuple[str, str], person: str
) -> None:
    client = zone.client(person)
    answers = [
        client.get("/cases", limit=100),
        client.get("/tasks", limit=100),
        client.get("/interviews"),
        *(client.get(f"/cases/{twins[1]}{more}") for more in ("", "/history", "/papers")),
    ]
    sent = [json.dumps(ok(one), ensure_ascii=False) for one in answers]
    listed = "/my-cases" if person == "enterprise01" else "/ledger"
    pages = ("/inbox", "/interviews", "/notifications", listed, f"/cases/{twins[1]}")
    sent += [page(zone, person, path).html for path in pages]
    assert [[word for word in WORDS if word in said] for said in sent] == [[] for _ in sent]


def test_another_park_sees_neither_of_the_twins(zone: Zone, twins: tuple[str, str]) -> None:
    client = zone.client("park_west")
    assert not {one["id"] for one in ok(client.get("/cases", limit=100))["items"]} & set(twins)
    assert ok(client.get("/cases", text=zone.case(twins[1])["number"]))["items"] == []
    for more in ("", "/history", "/papers"):
        refused(client.get(f"/cases/{twins[1]}{more}"), 404)
    assert news(zone, "park_west", twins[1]) == []
    assert zone.case(twins[1])["number"] not in page(zone, "park_west", "/ledger").html


def test_whoever_decides_does_read_of_it(zone: Zone, twins: tuple[str, str]) -> None:
    rows = ok(zone.client("bureau_head").get(f"/cases/{twins[1]}/history"))["items"]
    assert "refusal.hand_over" in {row["act"] for row in rows}


@pytest.mark.parametrize("person", STRANGERS)
def test_the_exported_ledger_tells_the_twins_alike(
    zone: Zone, twins: tuple[str, str], person: str
) -> None:
    visitor = Visitor(zone.app)
    assert visitor.sign_in(person).status_code == 303
    lines = visitor.get("/ledger/export.csv").get_data(as_text=True).splitlines()
    assert not [word for word in WORDS if word in "".join(lines)]
    numbers = [zone.case(case)["number"] for case in twins]
    plain, secret = (next(one for one in lines if number in one) for number in numbers)
    plain, secret = plain.replace(numbers[0], ""), secret.replace(numbers[1], "")
    assert plain == secret.replace("二号炉", "一号炉")
