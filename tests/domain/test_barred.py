"""Who is kept from a task does not find it among his own; lists and completion agree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from engine import clock
from engine.errors import Invalid, NotAllowed
from engine.store import queries
from engine.store.queries import TaskRow
from tests.copied import Copies
from tests.domain import journeys
from tests.domain.world import PERSONS, World, new_world
from workflows.domain import organisation

MAJOR = {"level": "major", "criterion": "令10 第五条(六)", "reason": "无压力报警"}


@pytest.fixture
def world(copied: Copies, tmp_path: Path) -> Iterator[World]:
    with new_world(copied, tmp_path) as opened:
        yield opened


def _listed(world: World, person: str) -> list[str]:
    """Return the elements in a person's inbox, which the count has to agree with."""
    actor = world.actor(person)
    with world.bihuan.database.read() as session:
        page = queries.inbox(session, actor)
        assert page.total == len(page.items) == queries.count_inbox(session, actor)
        return sorted(task.element for task in page.items)


def _task(world: World, case: str, element: str) -> TaskRow:
    with world.bihuan.database.read() as session:
        return queries.task(session, world.open_tasks(case)[element])


def _may(world: World, case: str, element: str, person: str) -> bool:
    return _task(world, case, element).is_for(world.actor(person))


def _office_registers(world: World, **changes: str) -> str:
    """Register for the bureau as the office, then let one officer grade and serve."""
    case = world.register("office_officer", **changes)
    world.do("inspector1", case, "confirm_level", level="general", criterion=None, reason=None)
    journeys.serve(world, case, "general", "inspector1")
    journeys.reported(world, case)
    return case


def test_the_proposer_is_not_offered_the_review(world: World) -> None:
    case = world.register(criterion=MAJOR["criterion"])
    done = world.do("inspector1", case, "propose_major", **MAJOR)
    assert done.next_task_id is None
    assert _listed(world, "inspector1") == []
    assert _listed(world, "inspector2") == ["second_proposal"]
    task = _task(world, case, "second_proposal")
    assert not task.is_for(world.actor("inspector1"))
    bar = task.bar_against(world.actor("inspector1"))
    assert bar is not None
    assert bar.reason_zh == "您提出了这一等级，须由另一人办理"
    assert bar.reason == "You proposed this level, so another person has to do this"
    with pytest.raises(NotAllowed, match="made the proposal"):
        world.bihuan.runtime.claim_task(world.actor("inspector1"), task.id)
    with pytest.raises(NotAllowed, match="made the proposal"):
        world.bihuan.runtime.delegate_task(world.actor("inspector1"), task.id, "inspector2", "x")
    with pytest.raises(Invalid, match="may not: You proposed"):
        world.bihuan.runtime.delegate_task(world.actor("inspector2"), task.id, "inspector1", "x")
    world.bihuan.runtime.claim_task(world.actor("inspector2"), task.id)
    world.do("inspector2", case, "second_proposal", decision="agree")


def test_who_joins_the_enterprise_afterwards_is_barred_at_once(world: World) -> None:
    world.register()
    assert _listed(world, "inspector2") == ["confirm_level"]
    with world.bihuan.database.begin() as session:
        organisation.grant(session, "inspector2", "enterprise01", "safety_officer")
    assert _listed(world, "inspector2") == []
    assert _listed(world, "inspector1") == ["confirm_level"]


def test_whoever_agreed_for_one_body_does_not_have_the_other(world: World) -> None:
    with world.bihuan.database.begin() as session:
        organisation.grant(session, "economy_head", "park_east", "head")
    case = journeys.served(world, "larger")
    journeys.reported(world, case)
    journeys.rechecked(world, case, "larger")
    assert _listed(world, "economy_head") == ["strike_department"]
    done = world.do("economy_head", case, "strike_department", decision="agree")
    assert done.next_task_id is None
    assert _listed(world, "economy_head") == []
    assert _listed(world, "park_east_head") == ["strike_park"]


def _lists_say_who_may_claim(world: World, case: str) -> None:
    runtime = world.bihuan.runtime
    for element, task in world.open_tasks(case).items():
        for person in dict.fromkeys(name for name, _, _ in PERSONS):
            actor = world.actor(person)
            try:
                runtime.claim_task(actor, task)
            except NotAllowed:
                assert element not in _listed(world, person)
            else:
                assert element in _listed(world, person)
                runtime.release_task(actor, task)


@pytest.mark.parametrize("level", ["general", "major"])
def test_what_is_listed_is_what_may_be_claimed(world: World, level: str) -> None:
    case = journeys.served(world, level)
    if level == "major":
        journeys.planned(world, case)
    journeys.reported(world, case)
    _lists_say_who_may_claim(world, case)
    journeys.rechecked(world, case, level)
    _lists_say_who_may_claim(world, case)


def test_the_named_finder_does_not_verify_alone(world: World) -> None:
    case = _office_registers(world, finder_name="示例inspector1")
    assert world.document(case)["found_by"] == ["inspector1"]
    assert world.document(case)["finder_name"] == "示例inspector1"
    assert not _may(world, case, "recheck", "inspector1")
    with pytest.raises(NotAllowed, match="other than the finder"):
        world.do("inspector1", case, "recheck", method="desk", result="pass", items=[])
    assert _may(world, case, "recheck", "inspector2")


def test_where_nobody_is_named_nobody_does_it_all_alone(world: World) -> None:
    case = _office_registers(world)
    assert world.document(case)["found_by"] is None
    assert not _may(world, case, "recheck", "inspector1")
    with pytest.raises(NotAllowed, match="graded and served"):
        world.do("inspector1", case, "recheck", method="desk", result="pass", items=[])
    world.do("inspector2", case, "recheck", method="desk", result="pass", items=[])


def test_a_finder_without_an_account_bars_nobody_else(world: World) -> None:
    case = _office_registers(world, finder_name="示例网格员")
    assert world.document(case)["found_by"] == []
    assert _may(world, case, "recheck", "inspector1")


def test_whoever_registered_for_another_body_counts_as_finder(world: World) -> None:
    with world.bihuan.database.begin() as session:
        tomorrow = clock.beijing_date(clock.now()) + timedelta(days=1)
        organisation.grant(session, "office_officer", "bureau", "officer", tomorrow)
    case = _office_registers(world, finder_name="示例网格员")
    world.pass_time(days=1)
    assert world.actor("office_officer").holds("bureau", "officer")
    assert not _may(world, case, "recheck", "office_officer")


def test_a_transferred_lead_names_nobody(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        world.register("office_officer", source="report_transferred", finder_name="示例某")
    assert refused.value.errors[0].field == "finder_name"
