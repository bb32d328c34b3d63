"""Bad input through both doors, page and interface: told at its field in both languages, and
nothing half done. A table says where every other bad input of the product is tried."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from engine.store.base import Base
from tests.security.conftest import Scene
from tests.security.knocking import API
from tests.security.parties import PARTIES
from tests.web.page_checks import Page

ROOT = Path(__file__).resolve().parents[2]
BY_NAME = {party.name: party for party in PARTIES}
GONE = "019cac0f-0000-7000-8000-000000000000"


@dataclass(frozen=True)
class Bad:
    """One submission that must be refused."""

    what: str
    party: str
    door: str
    """`new`, `task:<name>` or `act:<act>:<case>`."""
    data: Mapping[str, Any]
    field: str = ""
    status: int = 422


HAZARD = {
    "description": "砂轮机无防护罩",
    "location": "一号车间",
    "enterprise": "enterprise01",
    "category": "object",
    "found_at": "2026-03-17T09:00:00+08:00",
    "source": "department",
    "finder_body": "bureau",
}
ARRIVAL = {"what": "设备到货", "finish_on": "2026-04-01"}
ASKED: dict[str, Any] = {
    "new_date": "2026-04-12",
    "ground": "procurement",
    "reason": "交货期十五天",
    "evidence": ["own_file"],
    "interim_measures": "停用一号炉",
    "milestones": [ARRIVAL],
}
CONFIRM, SIGN = "task:fresh.confirm_level", "task:running.sign_park"
VOID, AGREED = "task:voiding.decide_void", {"decision": "agree", "reason": "x"}
HOST, ASK = "task:late.confirm_host", "act:extension.request:voiding"
OFFICER, COMMANDER, PRINCIPAL = "finding_officer", "own_park_head", "own_principal"


def level(**more: Any) -> dict[str, Any]:
    return {"level": "larger"} | more


def found(**changes: Any) -> dict[str, Any]:
    return HAZARD | changes


def asks(**changes: Any) -> dict[str, Any]:
    return ASKED | changes


BAD = (
    Bad("unknown key", OFFICER, CONFIRM, level(colour="red"), "colour"),
    Bad("missing key", OFFICER, CONFIRM, {}, "level"),
    Bad("wrong choice", OFFICER, CONFIRM, {"level": "huge"}, "level"),
    Bad("reserved key", OFFICER, CONFIRM, level(case="x"), "case"),
    Bad("path as key", OFFICER, CONFIRM, level() | {"case.level": "x"}, "case.level"),
    Bad("dunder", OFFICER, CONFIRM, level(x__class__="x"), "x__class__"),
    Bad("oversized", OFFICER, CONFIRM, level(reason="长" * 2001), "reason"),
    Bad("control characters", OFFICER, CONFIRM, level(reason="a\x07b"), "reason"),
    Bad("a time to come", OFFICER, "new", found(found_at="2027-01-01T09:00:00+08:00"), "found_at"),
    Bad("30 February", OFFICER, "new", found(found_at="2026-02-30T09:00:00+08:00"), "found_at"),
    Bad("no date", OFFICER, "new", found(found_at="gestern"), "found_at"),
    Bad("no such enterprise", OFFICER, "new", found(enterprise="enterprise99"), "enterprise"),
    Bad("a file that is none", OFFICER, "new", found(photos=[GONE]), "photos"),
    Bad("another's file", OFFICER, "new", found(photos=["own_file"]), "photos"),
    Bad("another's body", OFFICER, "new", found(finder_body="park_west"), "finder_body"),
    Bad("another's task", "own_park_officer", SIGN, {"decision": "agree"}, status=403),
    Bad("a task unseen", "other_park_head", SIGN, {"decision": "agree"}, status=404),
    Bad("a task that is none", COMMANDER, f"task:{GONE}", {"decision": "agree"}, status=404),
    Bad("refused without a reason", COMMANDER, SIGN, {"decision": "refuse"}, "opinion"),
    Bad("returned without a reason", COMMANDER, SIGN, {"decision": "return"}, "opinion"),
    Bad("neither yes nor no", COMMANDER, SIGN, {"decision": "perhaps"}, "decision"),
    Bad("a second request", PRINCIPAL, "act:extension.request:running", ASKED, status=409),
    Bad("beyond the cap", PRINCIPAL, ASK, asks(new_date="2026-07-02"), "new_date"),
    Bad("before the original", PRINCIPAL, ASK, asks(new_date="2026-04-01"), "new_date"),
    Bad("evidence missing", PRINCIPAL, ASK, asks(evidence=[]), "evidence"),
    Bad("a ground that is none", PRINCIPAL, ASK, asks(ground="money"), "ground"),
    Bad("no milestones", PRINCIPAL, ASK, asks(milestones=[]), "milestones"),
    Bad("too many rows", PRINCIPAL, ASK, asks(milestones=[ARRIVAL] * 101), "milestones"),
    Bad("asked by an authority", COMMANDER, ASK, ASKED, status=403),
    Bad("a host who is none", "leader_incharge", HOST, {"host": "mayor"}, "host"),
    Bad("named by nobody entitled", "office_head", HOST, {"host": "park_command"}, status=403),
    Bad("proposer and judge in one", "bureau_deputy", VOID, AGREED, status=403),
    Bad("an act that is none", "bureau_head", "act:case.delete:running", {}, status=404),
)


def named(data: Any, names: Mapping[str, str]) -> Any:
    """Return data with the names of files replaced by their ids."""
    if isinstance(data, Mapping):
        return {key: named(value, names) for key, value in data.items()}
    if isinstance(data, list):
        return [named(one, names) for one in data]
    return names.get(data, data) if isinstance(data, str) else data


def pairs(data: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Return data as a page posts it; its times are Beijing's and carry no zone."""
    for key, value in data.items():
        for at, one in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(one, Mapping):
                yield from pairs(one, f"{prefix}{key}.{at}.")
            else:
                yield prefix + key, str(one).removesuffix(":00+08:00")


def by_page(scene: Scene, bad: Bad, data: Mapping[str, Any], language: str) -> TestResponse:
    kind, _, rest = bad.door.partition(":")
    if kind == "new":
        path = "/hazards/new"
    elif kind == "task":
        path = f"/tasks/{scene.named.get(rest, rest)}/complete"
    else:
        act, _, case = rest.partition(":")
        path = f"/cases/{scene.named[case]}/acts/{act}"
    headers = {"Cookie": scene.door.cookies[bad.party], "Accept-Language": language}
    body: dict[str, list[str]] = {}
    for key, value in pairs(data):
        body.setdefault(key, []).append(value)
    client = scene.door.app.test_client(use_cookies=False)
    return client.post(path, data=body, headers=headers)


def by_interface(scene: Scene, bad: Bad, data: Mapping[str, Any], language: str) -> TestResponse:
    kind, _, rest = bad.door.partition(":")
    body: dict[str, Any] = {"data": data}
    if kind == "new":
        path, body = "cases", {"process": "hazard_rectification", "data": data}
    elif kind == "task":
        path = f"tasks/{scene.named.get(rest, rest)}/complete"
    else:
        act, _, case = rest.partition(":")
        path = f"cases/{scene.named[case]}/acts/{act}"
    headers = {"Authorization": scene.door.tokens[bad.party], "Accept-Language": language}
    client = scene.door.app.test_client(use_cookies=False)
    return client.post(f"{API}v1/{path}", json=body, headers=headers | {"If-Match": "*"})


def rows(scene: Scene) -> dict[str, int]:
    """Count what is kept of cases; a try that was refused may leave no trace."""
    kept = [t for t in Base.metadata.sorted_tables if t.name.startswith(("bpm_", "hz_"))]
    with scene.door.bihuan.database.read() as session:
        return {t.name: session.scalar(select(func.count()).select_from(t)) or 0 for t in kept}


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.what.replace(" ", "_"))
def test_it_is_refused_at_both_doors_alike(scene: Scene, bad: Bad) -> None:
    data, before = named(bad.data, scene.named), rows(scene)
    for language in ("zh", "en"):
        told = by_interface(scene, bad, data, language)
        assert told.status_code == bad.status, told.get_data(as_text=True)
        problem = json.loads(told.get_data())
        said = str(problem.get("errors", problem["detail"]))
        assert said.isascii() == (language == "en"), said
        if bad.field:
            assert any(one.split(".")[0] == bad.field.split(".")[0] for one in problem["errors"])
        page = by_page(scene, bad, data, language)
        assert page.status_code == bad.status, Page(page.text).text
        if bad.field:
            sentences = [one for each in problem["errors"].values() for one in each]
            shown = page.get_data(as_text=True).replace("&#39;", "'").replace("&#34;", '"')
            assert any(one in shown for one in sentences), sentences
    assert rows(scene) == before, "something was done by half"


@cache
def functions_in(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_every_bad_input_is_tried_somewhere() -> None:
    listed = yaml.safe_load((Path(__file__).parent / "bad_input.yaml").read_text("utf-8"))
    here = {bad.what for bad in BAD}
    missing: list[str] = []
    for what, doors in listed.items():
        assert {"page", "interface"} <= doors.keys(), what
        for places in doors.values():
            for place in places if isinstance(places, list) else [places]:
                file, _, test = place.partition("::")
                if place.startswith("here: "):
                    missing += [] if place[6:] in here else [f"{what}: {place}"]
                elif not place.startswith("none: ") and test not in functions_in(file):
                    missing.append(f"{what}: {place}")
    assert missing == []
    assert len(listed) > 40
