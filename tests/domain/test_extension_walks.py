"""Random walks around extensions: whatever people ask, sign, return or leave, invariants hold."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from engine.errors import Conflict, Invalid, NotAllowed
from engine.store.tables import IncidentRow, TaskCandidate
from tests.domain import extensions as road
from tests.domain import journeys
from tests.domain.answers import ANSWERS
from tests.domain.world import PERSONS, World
from workflows.domain.case_schema import CaseSchema
from workflows.domain.levels import EXITS

STEPS = 60
SIGNING = ("sign_park", "sign_department", "sign_leader")
FILING = ("file", "amend", "objection", "issuer_reply")
DECISIONS = {
    **dict.fromkeys(SIGNING, ("agree",) * 5 + ("refuse", "return")),
    "file": ("file", "file", "return", "object"),
    "objection": ("uphold", "dismiss"),
    "issuer_reply": ("agree", "refuse"),
    "amend": ("amend",),
}


@pytest.mark.parametrize("seed", range(6))
def test_extensions_hold_on_every_road(world: World, seed: int) -> None:
    rng = Random(seed)  # noqa: S311 a road, not a secret
    case = road.running(world, document_kind=rng.choice(["notice", "order"]))
    for _ in range(STEPS):
        with contextlib.suppress(NotAllowed, Conflict, Invalid):
            _step(rng, world, case)
        _check(world, case)


def _step(rng: Random, world: World, case: str) -> None:
    chance = rng.random()
    tasks = world.open_tasks(case)
    own = sorted({*tasks} & {*SIGNING, *FILING, "resubmit"})
    others = sorted({*tasks} & {*ANSWERS})
    if chance < 0.3:
        world.pass_time(hours=rng.choice([1, 5, 20, 50, 120]))
    elif chance < 0.5:
        _ask(rng, world, case)
    elif chance < 0.52:
        world.act("safety1", case, "extension.withdraw", reason="r")
    elif chance < 0.54:
        _raise(world, case)
    elif own or (others and chance > 0.9):
        element = rng.choice(own or others)
        person = rng.choice(_able(world, tasks[element]))
        world.do(person, case, element, **_answer(rng, world, case, element, person))


def _raise(world: World, case: str) -> None:
    journeys.raised(world, case)


def _ask(rng: Random, world: World, case: str) -> None:
    world.act("principal1", case, "extension.request", **_asked(rng, world, case))


def _asked(rng: Random, world: World, case: str) -> dict[str, Any]:
    standing = [d for d in world.document(case)["deadlines"] if d["kind"] == "rectification"]
    last = date.fromisoformat(standing[-1]["due_date"]) if standing else road.DUE
    new_date = last + timedelta(days=rng.randint(0, 32))
    data = road.second(world) if rng.random() < 0.5 else road.asked(world)
    return data | {"new_date": new_date.isoformat()}


def _answer(rng: Random, world: World, case: str, element: str, person: str) -> Mapping[str, Any]:
    if element == "resubmit":
        return _asked(rng, world, case)
    if element not in DECISIONS:
        return ANSWERS[element](rng, world, case, person)
    decision = rng.choice(DECISIONS[element])
    explained = {"amend": "correction", "file": "reason", "objection": "reason"}
    if decision in ("agree", "file") and element != "issuer_reply":
        return {"decision": decision}
    said = {explained.get(element, "opinion"): "o"}
    return said if element == "amend" else {"decision": decision} | said


def _able(world: World, task: str) -> list[str]:
    with world.bihuan.database.read() as session:
        rows = session.execute(
            select(TaskCandidate.body, TaskCandidate.role).where(TaskCandidate.task_id == task)
        )
        wanted = {(row.body, row.role) for row in rows}
    found = [person for person, body, role in PERSONS if (body, role) in wanted]
    assert found, "every open task has somebody who may do it"
    return found


def _check(world: World, case: str) -> None:
    document, tasks = world.document(case), world.open_tasks(case)
    assert not CaseSchema().validate(dict(document))
    with world.bihuan.database.read() as session:
        assert not session.scalars(select(IncidentRow.message)).all()
    requests = document["extension_requests"]
    undecided = [one for one in requests if one["status"] in ("pending", "returned")]
    assert len(undecided) <= 1
    signing = {*tasks} & {*SIGNING}
    assert bool(signing) == any(one["status"] == "pending" for one in undecided)
    assert ("resubmit" in tasks) == any(one["status"] == "returned" for one in undecided)
    owed = [d for d in document["deadlines"] if d["kind"] == "sign" and d["state"] == "live"]
    assert len(owed) == len(signing)
    dates = [d for d in document["deadlines"] if d["kind"] == "rectification"]
    assert sum(d["state"] in ("live", "held") for d in dates) <= 1
    if document["phase"] in EXITS:
        assert not undecided
    for one in requests:
        _check_effect(one)


def _check_effect(request: Mapping[str, Any]) -> None:
    """No effect without both bodies, two persons, one date and one content."""
    if request["effective_at"] is None:
        return
    signed = [one for one in request["signatures"] if one["standing"]]
    needed = {"park_command", "industry_department"}
    assert {one["part"] for one in signed} == needed | (
        {"leader_incharge"} if request["second"] else set()
    )
    assert len({one["by"] for one in signed}) == len(signed)
    assert {one["content_hash"] for one in signed} == {request["content_hash"]}
    assert {one["decision"] for one in signed} == {"agree"}
