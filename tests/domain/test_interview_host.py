"""The host: one of three by the table, confirmed or standing by silence; nobody else."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engine import clock
from engine.errors import Conflict, Invalid, NotAllowed
from engine.ports import TaskFacts
from engine.store import many_cases, queries
from engine.store.tables import RungRow, TaskCandidate
from tests.domain import extensions, journeys
from tests.domain import interviews as road
from tests.domain.world import World
from workflows.domain import interview_hosts, organisation, separation
from workflows.domain.hazard_case import HazardCase


def _linked_with_a_fatality(world: World) -> str:
    case = world.register()
    world.do("inspector1", case, "confirm_level", level="larger", criterion=None, reason=None)
    journeys.serve(world, case, "larger", due_date=road.DUE)
    world.act("inspector2", case, "fatality.link", happened_on="2026-03-02", accident="一人死亡")
    road.expire(world, road.DUE)
    return case


def _refused_the_paper(world: World) -> str:
    more = {"service_method": "refused_witnessed", "witnesses": "甲、乙"}
    return road.overdue(world, **more)


def _extended_and_expired(world: World) -> str:
    case = extensions.granted(world)
    road.expire(world, "2026-03-27")
    return case


def test_the_table_names_the_host_from_level_and_earlier_overdue(world: World) -> None:
    first = road.overdue(world, due="2026-03-04")
    assert road.entry(world, first)["matrix_host"] == "park_command"
    assert road.entry(world, first)["why"] == "larger"
    again = road.overdue(world, due="2026-03-06")
    assert road.entry(world, again)["counters"]["overdue_90"] == 1
    assert road.entry(world, again)["matrix_host"] == "leader_incharge"
    major = road.overdue(world, "major", "2026-03-09")
    assert road.entry(world, major)["matrix_host"] == "leader_incharge"
    assert road.entry(world, major)["why"] == "major"


def test_a_case_of_the_first_table_keeps_the_host_without_a_reason() -> None:
    assert interview_hosts.named("park_command") == ("park_command", None)
    answer = {"host": "leader_principal", "why": "refusal"}
    assert interview_hosts.named(answer) == ("leader_principal", "refusal")


@pytest.mark.parametrize(
    ("begin", "counter"),
    [
        (_linked_with_a_fatality, "fatality"),
        (_refused_the_paper, "refusals"),
        (_extended_and_expired, "extension_expired"),
    ],
)
def test_what_weighs_more_goes_to_the_principal_leader(
    world: World, begin: Any, counter: str
) -> None:
    case = begin(world)
    found = road.entry(world, case, len(world.document(case)["interviews"]))
    assert found["counters"][counter]
    assert found["matrix_host"] == "leader_principal"


def test_a_refusal_to_sign_and_a_no_show_follow_the_enterprise(world: World) -> None:
    case = road.ready(world)
    world.do("park_east_head", case, "hold", outcome="no_show", absence_reason="未到")
    road.noticed(world, case, "2026-03-12T09:00")
    road.until(world, "2026-03-12T10:00")
    minutes = {"signature": "refused", "refusal": "对事实有异议"}
    road.held(world, case, "2026-03-16", "principal_leader", "2026-03-12T09:00", **minutes)
    other = road.overdue(world, due="2026-03-14")
    found = road.entry(world, other)
    assert (found["counters"]["no_shows"], found["counters"]["refusals"]) == (1, 1)
    assert found["matrix_host"] == "leader_principal"


def test_a_fatality_is_linked_by_the_bureau_and_once(world: World) -> None:
    case = _linked_with_a_fatality(world)
    data = {"happened_on": "2026-03-02", "accident": "x"}
    with pytest.raises(NotAllowed, match="emergency bureau"):
        world.act("economy_head", case, "fatality.link", **data)
    with pytest.raises(Conflict, match="accident linked"):
        world.act("inspector2", case, "fatality.link", **data)


def test_the_office_proposes_and_the_leader_confirms_another_with_a_reason(world: World) -> None:
    case = road.overdue(world)
    with pytest.raises(NotAllowed):
        world.do("leader", case, "propose_host", host="park_command", reason="x")
    world.do("office_officer", case, "propose_host", host="park_command", reason="首次")
    with pytest.raises(NotAllowed):
        world.do("principal_leader", case, "confirm_host", host="park_command")
    with pytest.raises(Invalid) as raised:
        world.do("leader", case, "confirm_host", host="leader_incharge")
    assert raised.value.errors[0].field == "reason"
    world.do("leader", case, "confirm_host", host="leader_incharge", reason="影响大")
    found = road.entry(world, case)
    assert (found["host"], found["matrix_host"]) == ("leader_incharge", "park_command")
    assert found["confirmation"]["by"] == "leader"


def test_whoever_proposed_the_host_does_not_confirm_him(world: World) -> None:
    with world.bihuan.database.begin() as session:
        organisation.grant(session, "leader", "office", "head")
    case = road.overdue(world)
    world.do("leader", case, "propose_host", host="park_command", reason="首次")
    with pytest.raises(NotAllowed, match="another person to confirm"):
        world.do("leader", case, "confirm_host", host="park_command")


@pytest.mark.parametrize("proposed", [False, True])
def test_after_a_day_of_silence_the_table_stands(world: World, proposed: bool) -> None:
    case = road.overdue(world)
    if proposed:
        world.do("office_officer", case, "propose_host", host="leader_principal", reason="x")
    road.until(world, "2026-03-10T23:59:59")
    assert road.entry(world, case)["confirmation"] is None
    road.until(world, "2026-03-11T00:00")
    found = road.entry(world, case)
    assert (found["host"], found["confirmation"]["by"]) == ("park_command", "system")
    assert "schedule" in world.open_tasks(case)
    assert not {"propose_host", "confirm_host"} & set(world.open_tasks(case))


@pytest.mark.parametrize(
    "person", ["park_east_deputy", "leader", "principal_leader", "office_officer", "park_west_head"]
)
def test_nobody_but_the_host_holds_it(world: World, person: str) -> None:
    case = road.ready(world)
    with pytest.raises(NotAllowed):
        road.held(world, case, person=person)
    assert road.entry(world, case)["held"] is None


def test_nobody_of_the_enterprise_holds_its_interview(world: World) -> None:
    with world.bihuan.database.begin() as session:
        organisation.grant(session, "principal1", "park_east", "head")
    case = road.ready(world)
    with pytest.raises(NotAllowed, match="outside the enterprise"):
        road.held(world, case, person="principal1")


def test_time_adds_no_deputy_and_no_office_to_the_host(world: World) -> None:
    case = road.ready(world)
    world.pass_time(days=20)
    task = world.open_tasks(case)["hold"]
    with world.bihuan.database.read() as session:
        query = select(TaskCandidate.body, TaskCandidate.role)
        found = session.execute(query.where(TaskCandidate.task_id == task)).all()
    assert [tuple(one) for one in found] == [("park_east", "head")]


def test_the_host_is_reminded_a_day_before_the_date(world: World) -> None:
    case = road.overdue(world)
    road.until(world, "2026-03-10T09:00")
    road.named(world, case)
    road.noticed(world, case, "2026-03-12T10:00")
    road.until(world, "2026-03-11T23:59:59")
    assert "task.remind" not in road.news(world, "park_east_head")
    road.until(world, "2026-03-12T00:00")
    assert "task.remind" in road.news(world, "park_east_head")


def test_outside_the_parks_the_head_of_the_town_holds_it(world: World) -> None:
    case = world.register(enterprise="enterprise02")
    world.do("inspector1", case, "confirm_level", level="larger", criterion=None, reason=None)
    journeys.serve(world, case, "larger", due_date=road.DUE)
    road.expire(world, road.DUE)
    road.named(world, case)
    road.noticed(world, case, "2026-03-11T10:00")
    road.until(world, "2026-03-11T11:00")
    road.held(world, case, person="town_head")
    assert road.entry(world, case)["held"]["by"] == "town_head"


def test_the_matrix_is_asked_a_day_from_the_opening_even_after_downtime(world: World) -> None:
    case = world.register()
    world.do("inspector1", case, "confirm_level", level="larger", criterion=None, reason=None)
    journeys.serve(world, case, "larger", due_date=road.DUE)
    road.until(world, "2026-03-11T15:00")
    opened = clock.now()
    road.until(world, "2026-03-12T15:00")
    found = road.entry(world, case)
    assert found["confirmation"]["by"] == "system"
    assert found["opened_at"] == opened.isoformat()
    assert clock.now() - opened == timedelta(days=1)


def test_a_proposer_is_barred_from_his_interview_though_a_later_one_was_opened(
    world: World,
) -> None:
    with world.bihuan.database.begin() as session:
        organisation.grant(session, "leader", "office", "head")
    case = road.overdue(world)
    world.do("leader", case, "propose_host", host="park_command", reason="首次")
    document = dict(world.document(case))
    (first,) = document["interviews"]
    document["interviews"] = [first, {**first, "number": 2, "proposal": None}]
    with world.bihuan.database.read() as session:
        row = queries.task(session, world.open_tasks(case)["confirm_host"])
    task = TaskFacts(
        row.id, case, row.process, row.element, row.act, row.properties, row.token, row.opened_at
    )
    known = HazardCase(case, "default", document, lambda _: pytest.fail("no date is computed"))
    assert "leader" in {bar.person for bar in separation.bars(known, task)}


def _limits(world: World, case: str) -> dict[str, datetime | None]:
    with world.bihuan.database.read() as session:
        return {t.element: t.due_at for t in many_cases.open_tasks(session, [case])[case]}


def test_a_nomination_ends_a_day_from_the_minute_of_the_opening(world: World) -> None:
    case = road.overdue(world)
    assert _limits(world, case)["propose_host"] == road.at("2026-03-11T00:00")
    world.do("office_officer", case, "propose_host", host="leader_principal", reason="x")
    assert _limits(world, case)["confirm_host"] == road.at("2026-03-11T00:00")


def test_a_nomination_opened_late_ends_with_the_day_of_the_interview(world: World) -> None:
    case = world.register()
    world.do("inspector1", case, "confirm_level", level="larger", criterion=None, reason=None)
    journeys.serve(world, case, "larger", due_date=road.DUE)
    road.until(world, "2026-03-12T15:00:07")
    assert _limits(world, case)["propose_host"] == road.at("2026-03-13T00:00")


def test_nobody_is_urged_for_what_the_table_settles_by_itself(world: World) -> None:
    case = road.overdue(world)
    task = world.open_tasks(case)["propose_host"]
    with world.bihuan.database.read() as session:
        found = session.scalars(select(RungRow.name).where(RungRow.task_id == task)).all()
    assert not found


def test_the_notice_is_due_on_day_one_after_the_expiry(world: World) -> None:
    case = road.overdue(world)
    road.named(world, case)
    with world.bihuan.database.read() as session:
        task = queries.task(session, world.open_tasks(case)["schedule"])
    assert task.due_at == road.at("2026-03-11T00:00")
