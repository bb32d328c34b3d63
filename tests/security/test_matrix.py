"""Every route, act and task by every role and scope, held against one readable table."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping

from flask import Flask
from werkzeug.test import TestResponse

from tests.security import parties, table
from tests.security.conftest import Scene
from tests.security.knocking import Request
from tests.security.parties import PARTIES
from tests.security.stages import KNOWN_TO
from workflows.domain.acts import ACTS
from workflows.domain.org_facts import ROLES

MODIFYING = {"HEAD", "OPTIONS"}
COUNTED: Counter[str] = Counter()
MET: Counter[str] = Counter()


def routes(app: Flask) -> set[str]:
    return {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - MODIFYING
    }


def path_of(route: str, values: Mapping[str, object], named: Mapping[str, str]) -> str:
    path = route.partition(" ")[2]
    for name, value in values.items():
        shown = str(named.get(str(value), value))
        for written in (f"<{name}>", f"<int:{name}>", f"<path:{name}>"):
            path = path.replace(written, shown)
    assert "<" not in path, f"{route}: the row names no value for {path}"
    return path


def differences(scene: Scene, asked: Request, told: Mapping[str, str], label: str) -> Iterator[str]:
    for party in PARTIES:
        if party.name in told:
            COUNTED[label] += 1
            response = scene.door.knock(party, asked)
            found = table.heard(response)
            if found != told[party.name]:
                yield f"{label} as {party.name}: expected {told[party.name]}, was {found}"
            for words in met(response, scene) - allowed(party.name, scene):
                yield f"{label} as {party.name}: met the words {words}"


def guarded(scene: Scene) -> dict[str, str]:
    """Return words with the set that may meet them; the numbers of the cases are such words."""
    return {**KNOWN_TO, **dict.fromkeys(scene.numbers, "sees")}


def met(response: TestResponse, scene: Scene) -> set[str]:
    """Return which of the guarded words an answer holds; programs get them escaped."""
    text = response.get_data().decode(errors="replace")
    if response.is_json:
        text = json.dumps(response.get_json(), ensure_ascii=False)
    found = {words for words in guarded(scene) if words in text}
    MET.update(found)
    return found


def allowed(party: str, scene: Scene) -> set[str]:
    known = guarded(scene).items()
    return {words for words, known_to in known if party in table.members(known_to)}


def test_every_route_has_a_row_and_every_row_a_route(scene: Scene) -> None:
    listed = {row.route for row in table.rows()}
    assert routes(scene.door.app) - listed == set(), "routes that no row says who may call"
    assert listed - routes(scene.door.app) == set()


def test_every_role_and_every_act_is_there(scene: Scene) -> None:
    with scene.door.bihuan.database.read() as session:
        assert parties.roles_held(session) == set(ROLES)
        assert parties.stands_in(session)
    assert {row["act"] for row in table.table()["acts"]} == set(ACTS)
    opened = {name for name in scene.named if "." in name}
    assert {row["task"] for row in table.table()["tasks"]} == opened


def test_every_route_answers_each_party_as_the_table_says(scene: Scene) -> None:
    found: list[str] = []
    for row in table.rows():
        method, path = row.route.split(" ")[0], path_of(row.route, row.named, scene.named)
        label = f"{row.route} {dict(row.named) or ''}".strip()
        found += differences(scene, Request(method, path, row.body), row.answers, label)
    assert not found, "\n".join(found)
    assert sum(COUNTED.values()) > 2000
    assert set(MET) == set(guarded(scene)), "words that nobody met prove nothing"


def test_every_act_is_open_to_whom_the_table_says(scene: Scene) -> None:
    found: list[str] = []
    for row in table.table()["acts"]:
        path = f"/api/v1/cases/{scene.named[row['case']]}/acts/{row['act']}"
        told = table.answers(row, barred="sees", unseen="rest")
        found += differences(scene, Request("POST", path, {"data": {}}), told, row["act"])
    assert not found, "\n".join(found)


def test_every_task_is_open_to_whom_the_table_says(scene: Scene) -> None:
    found: list[str] = []
    for row in table.table()["tasks"]:
        path = f"/api/v1/tasks/{scene.named[row['task']]}/complete"
        told = table.answers(row, barred=row["knows"], unseen="rest")
        found += differences(scene, Request("POST", path, {"data": {}}), told, row["task"])
    assert not found, "\n".join(found)
