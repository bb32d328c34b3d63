"""Random walks through the loop: whatever people do, the invariants hold after every command."""

from __future__ import annotations

import contextlib
from random import Random

import pytest
from sqlalchemy import select

from engine.errors import Conflict, Invalid, NotAllowed
from engine.store.tables import IncidentRow, TaskCandidate
from tests.domain.answers import ANSWERS, CLAUSE
from tests.domain.world import PERSONS, World
from workflows.domain import ledger
from workflows.domain.case_schema import CaseSchema
from workflows.domain.levels import EXITS, STATE_NAMES

STEPS = 45
UPWARD = {"level": "major", "criterion": CLAUSE, "reason": "r"}


@pytest.mark.parametrize("seed", range(8))
def test_invariants_hold_on_every_road(world: World, seed: int) -> None:
    rng = Random(seed)  # noqa: S311 a road, not a secret
    case = world.register(criterion=rng.choice([CLAUSE, None]))
    for _ in range(STEPS):
        with contextlib.suppress(NotAllowed, Conflict, Invalid):
            _step(rng, world, case)
        _check(world, case)


def _step(rng: Random, world: World, case: str) -> None:
    tasks = world.open_tasks(case)
    chance = rng.random()
    if chance < 0.1 or not tasks:
        world.pass_time(hours=rng.choice([3, 20, 50, 100, 250]))
    elif chance < 0.16:
        person = rng.choice(["inspector1", "inspector2"])
        world.act(person, case, "level.raise_propose", **UPWARD)
    elif chance < 0.2:
        world.act("bureau_head", case, "level.raise", **UPWARD)
    else:
        element = rng.choice(sorted(tasks))
        person = rng.choice(_able(world, tasks[element]))
        world.do(person, case, element, **ANSWERS[element](rng, world, case, person))


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
    document = world.document(case)
    assert not CaseSchema().validate(dict(document))
    with world.bihuan.database.read() as session:
        assert not session.scalars(select(IncidentRow.message)).all()
        row = ledger.row(session, world.actor("auditor"), case)
    assert row.state in STATE_NAMES
    assert row.state in EXITS or world.open_tasks(case)
    dates = [d for d in document["deadlines"] if d["kind"] == "rectification"]
    assert sum(d["state"] in ("live", "held") for d in dates) <= 1
    assert all(d["expired_at"] in (None, d["due_at"]) for d in document["deadlines"])
    if row.state == "struck_off":
        assert document["rechecks"][-1]["verdict"] == "pass"
        assert document["rechecks"][-1]["lead"] not in {r["by"] for r in document["reports"]}
