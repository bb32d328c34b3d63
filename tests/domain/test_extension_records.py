"""What stands in the record decides: altered or missing signatures put nothing in force."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from engine import clock
from engine.errors import Conflict, Incident
from engine.ports import Context, TaskFacts
from engine.work.case_row import read_case
from engine.work.journal import CommandJournal
from tests.domain import extensions as road
from tests.domain.world import World
from workflows.domain import extension_requests as requests
from workflows.domain.extension import deciding, filing
from workflows.domain.hazard_case import HazardCase
from workflows.domain.ledger_tables import NotificationRow

TOKEN = {"request": 1}


@contextmanager
def opened(world: World, case: str, person: str) -> Iterator[tuple[HazardCase, Context]]:
    """Read a case as a command of a person does; nothing is written."""
    with world.bihuan.database.read() as session:
        row = read_case(session, case)
        now, actor = clock.now(), world.actor(person)
        journal = CommandJournal(case, row.agency, now, actor)
        context = Context(now=now, actor=actor, session=session, journal=journal)
        yield world.bihuan.application.load(row.head(), context), context


def _another_hash(signature: dict[str, Any]) -> None:
    signature["content_hash"] = "0" * 64


def _another_date(signature: dict[str, Any]) -> None:
    signature["new_date"] = "2026-03-28"


def _no_longer_standing(signature: dict[str, Any]) -> None:
    signature["standing"] = False


def _the_same_person(signature: dict[str, Any]) -> None:
    signature["by"] = "economy_head"


@pytest.mark.parametrize(
    "alter", [_another_hash, _another_date, _no_longer_standing, _the_same_person]
)
def test_signatures_that_differ_put_nothing_in_force(
    world: World, alter: Callable[[dict[str, Any]], None]
) -> None:
    case_id = road.requested(world)
    road.park(world, case_id)
    with opened(world, case_id, "economy_head") as (case, context):
        request = requests.named(case.data, TOKEN)
        (park,) = request["signatures"]
        own = {**park, "part": "industry_department", "by": "economy_head"}
        park = dict(park)
        alter(park)
        requests.write(case.data, {**request, "signatures": [park, own]})
        with pytest.raises(Incident):
            deciding.decide(case, TOKEN, context)
        assert requests.named(case.data, TOKEN)["status"] == "pending"


def test_one_signature_alone_puts_nothing_in_force(world: World) -> None:
    case_id = road.requested(world)
    road.park(world, case_id)
    with (
        opened(world, case_id, "economy_head") as (case, context),
        pytest.raises(Incident, match="missing"),
    ):
        deciding.decide(case, TOKEN, context)


def test_content_that_was_changed_behind_the_signatures_puts_nothing_in_force(
    world: World,
) -> None:
    case_id = road.requested(world)
    road.park(world, case_id)
    with opened(world, case_id, "economy_head") as (case, context):
        request = requests.named(case.data, TOKEN)
        (park,) = request["signatures"]
        own = {**park, "part": "industry_department", "by": "economy_head"}
        changed = {**request, "reason": "另一理由", "signatures": [park, own]}
        requests.write(case.data, changed)
        with pytest.raises(Incident, match="changed"):
            deciding.decide(case, TOKEN, context)


def test_a_refused_extension_is_not_filed(world: World) -> None:
    case_id = road.requested(world)
    road.park(world, case_id, "refuse")
    assert "file" not in world.open_tasks(case_id)
    facts = ("t", case_id, "extension_request", "file", "extension.file")
    task = TaskFacts(*facts, {}, TOKEN, clock.now())
    with (
        opened(world, case_id, "inspector1") as (case, context),
        pytest.raises(Conflict, match="in force"),
    ):
        filing.filed(case, task, {"decision": "file"}, context)


def test_unfiled_until_the_bureau_has_registered_it(world: World) -> None:
    case_id = road.granted(world)
    assert requests.unfiled(world.document(case_id))
    world.do("inspector1", case_id, "file", decision="file")
    assert not requests.unfiled(world.document(case_id))


def test_both_signatories_and_the_enterprise_are_told(world: World) -> None:
    case = road.granted(world)
    with world.bihuan.database.read() as session:
        rows = session.query(NotificationRow).filter_by(case_id=case).all()
        told = {(row.person, row.kind) for row in rows}
    assert {
        ("park_east_head", "extension.handed_over"),
        ("park_east_deputy", "extension.handed_over"),
        ("economy_head", "extension.handed_over"),
        ("principal1", "extension.effective"),
        ("safety1", "extension.effective"),
    } <= told
