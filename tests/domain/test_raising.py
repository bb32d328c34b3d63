"""Raising a running hazard to major: three persons, one proposal; silence confirms nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.errors import Conflict, Invalid, NotAllowed
from engine.ports import Grant
from engine.store import case_queries, queries
from tests.domain import journeys
from tests.domain.world import World
from workflows.domain import notifications, organisation, raise_proposals, rule_ladders, rule_set
from workflows.domain.deadlines import Basis
from workflows.domain.told import Told, record_of
from workflows.domain.working_days import WorkingCalendar

PROPOSE, WITHDRAW = "level.raise_propose", "level.raise_withdraw"
SECOND, CONFIRM = "second_raise", "decide_raise"
CLAUSE = "令10 第五条(六)"
WHY = {"criterion": CLAUSE, "reason": "联锁已拆除"}
AGREED = {"decision": "agree", "reason": "属实"}
CONFIRMED = {"decision": "agree", **WHY}


def told(world: World, person: str) -> list[str]:
    with world.bihuan.database.read() as session:
        return [one.kind for one in notifications.latest(session, person)]


def candidates(world: World, case: str, element: str) -> set[Grant]:
    with world.bihuan.database.read() as session:
        tasks = queries.case_tasks(session, case, status="open")
        (task,) = (one for one in tasks if one.element == element)
        return set(task.candidates)


def told_of(row: case_queries.HistoryRow) -> Told:
    return record_of(row.act, row.outcome)


def status(world: World, case: str) -> str:
    return str(world.document(case)["raise_proposals"][-1]["status"])


def seconded(world: World, **changes: str) -> str:
    case = journeys.served(world, "larger", **changes)
    world.act("inspector1", case, PROPOSE, **WHY)
    world.do("inspector2", case, SECOND, **AGREED)
    return case


def test_two_officers_propose_and_the_head_of_the_bureau_confirms(world: World) -> None:
    case = journeys.served(world, "larger")
    world.act("inspector1", case, PROPOSE, **WHY)
    assert told(world, "inspector2")[0] == "raise.proposed"
    assert "raise.proposed" not in told(world, "inspector1")
    assert candidates(world, case, SECOND) == {Grant("bureau", "officer")}
    with pytest.raises(NotAllowed, match="did not propose"):
        world.do("inspector1", case, SECOND, **AGREED)
    world.do("inspector2", case, SECOND, **AGREED)
    assert told(world, "bureau_head")[0] == "raise.seconded"
    assert candidates(world, case, CONFIRM) == {Grant("bureau", "head")}
    world.do("bureau_head", case, CONFIRM, **CONFIRMED)
    document = world.document(case)
    assert (document["level"], document["phase"]) == ("major", "ordered")
    step = document["grading"][-1]
    assert (step["act"], step["by"], step["criterion"]) == ("level.raise", "bureau_head", CLAUSE)
    old = next(one for one in document["deadlines"] if one["kind"] == "rectification")
    assert (old["state"], old["changes"][-1]["cause"]) == ("replaced", "upgraded")
    assert set(world.open_tasks(case)) == {"serve_order"}
    assert told(world, "inspector1")[0] == told(world, "inspector2")[0] == "raise.agreed"


def test_the_enterprise_reads_that_the_level_was_raised_not_who_proposed(world: World) -> None:
    case = seconded(world)
    world.do("bureau_head", case, CONFIRM, **CONFIRMED)
    with world.bihuan.database.read() as session:
        written = case_queries.case_history(session, case)
    raised = [row for row in written if row.act == "level.raise"]
    assert [(row.actor, row.data["level"]) for row in raised] == [("bureau_head", "major")]
    inside = {row.act for row in written if told_of(row) is Told.OPINIONS}
    assert {PROPOSE, "raise.second", "raise.decide"} <= inside
    assert told_of(raised[0]) is Told.ALL


def test_an_officer_of_the_finding_body_or_of_the_bureau_seconds(world: World) -> None:
    case = journeys.served(world, "larger", "inspector3", finder_body="industry_economy")
    world.act("inspector3", case, PROPOSE, **WHY)
    assert candidates(world, case, SECOND) == {
        *(Grant("industry_economy", role) for role in ("officer", "head", "deputy")),
        Grant("bureau", "officer"),
    }
    world.do("inspector1", case, SECOND, **AGREED)
    assert CONFIRM in world.open_tasks(case)


@pytest.mark.parametrize("person", ["bureau_head", "office_officer", "principal1", "auditor"])
def test_nobody_else_proposes(world: World, person: str) -> None:
    case = journeys.served(world, "larger")
    with pytest.raises(NotAllowed):
        world.act(person, case, PROPOSE, **WHY)


def test_a_clause_is_named_and_a_paper_is_in_force(world: World) -> None:
    case = world.register()
    with pytest.raises(Conflict, match="paper in force"):
        world.act("inspector1", case, PROPOSE, **WHY)
    case = journeys.served(world, "larger")
    with pytest.raises(Invalid):
        world.act("inspector1", case, PROPOSE, reason="无条款")
    major = journeys.served(world, "major")
    with pytest.raises(Conflict, match="below major"):
        world.act("inspector1", major, PROPOSE, **WHY)


def test_the_act_of_raising_leads_to_larger_alone(world: World) -> None:
    case = journeys.served(world, "general")
    with pytest.raises(Invalid):
        world.act("bureau_head", case, "level.raise", level="major", reason="r")
    world.act("inspector1", case, "level.raise", level="larger", reason="r")
    assert world.document(case)["level"] == "larger"


def test_one_proposal_waits_at_a_time_and_who_made_it_alone_withdraws_it(world: World) -> None:
    case = journeys.served(world, "larger")
    with pytest.raises(Conflict):
        world.act("inspector1", case, WITHDRAW, reason="无")
    world.act("inspector1", case, PROPOSE, **WHY)
    with pytest.raises(Conflict, match="that waits"):
        world.act("inspector2", case, PROPOSE, **WHY)
    world.act("inspector1", case, WITHDRAW, reason="条款有误")
    assert (SECOND in world.open_tasks(case), status(world, case)) == (False, "withdrawn")
    world.act("inspector1", case, PROPOSE, **WHY)
    world.do("inspector2", case, SECOND, **AGREED)
    with pytest.raises(NotAllowed, match="who proposed"):
        world.act("inspector2", case, WITHDRAW, reason="代撤")
    world.act("inspector1", case, WITHDRAW, reason="已拆除")
    assert CONFIRM not in world.open_tasks(case)
    assert told(world, "bureau_head")[0] == told(world, "inspector2")[0] == "raise.withdrawn"


def test_a_refusal_is_told_with_its_reason_and_the_level_stands(world: World) -> None:
    case = journeys.served(world, "larger")
    before = world.open_tasks(case)
    world.act("inspector1", case, PROPOSE, **WHY)
    with pytest.raises(Invalid):
        world.do("inspector2", case, SECOND, decision="refuse")
    world.do("inspector2", case, SECOND, decision="refuse", reason="已有联锁")
    assert (world.open_tasks(case), status(world, case)) == (before, "refused")
    assert told(world, "inspector1")[0] == "raise.refused"
    case = seconded(world)
    world.do("bureau_head", case, CONFIRM, decision="refuse", reason="条款不符")
    assert world.document(case)["level"] == "larger"
    for person in ("inspector1", "inspector2"):
        with world.bihuan.database.read() as session:
            news = notifications.latest(session, person)[0]
        assert (news.kind, "条款不符" in news.text_zh) == ("raise.refused", True)


def test_whoever_proposed_or_seconded_does_not_confirm(world: World) -> None:
    case = seconded(world)
    for person in ("inspector1", "inspector2"):
        with world.bihuan.database.begin() as session:
            organisation.grant(session, person, "bureau", "head")
        with pytest.raises(NotAllowed, match="did not propose"):
            world.do(person, case, CONFIRM, **CONFIRMED)
    acting = replace(world.actor("bureau_head"), acting_for="inspector2")
    task = world.open_tasks(case)[CONFIRM]
    with pytest.raises(NotAllowed, match="did not propose"):
        world.bihuan.runtime.complete_task(acting, task, CONFIRMED)


def test_the_deputy_confirms_at_once_where_the_head_may_not(world: World) -> None:
    case = journeys.served(world, "larger")
    world.act("inspector1", case, PROPOSE, **WHY)
    with world.bihuan.database.begin() as session:
        organisation.grant(session, "bureau_head", "bureau", "officer")
    with pytest.raises(NotAllowed):
        world.act("bureau_head", case, PROPOSE, **WHY)
    world.do("bureau_head", case, SECOND, **AGREED)
    assert Grant("bureau", "deputy") in candidates(world, case, CONFIRM)
    world.do("bureau_deputy", case, CONFIRM, **CONFIRMED)
    assert world.document(case)["level"] == "major"


def test_silence_reminds_widens_and_tells_but_confirms_nothing(world: World) -> None:
    case = seconded(world)
    world.pass_time(days=1, hours=16)
    assert told(world, "bureau_head")[0] == "task.remind"
    assert candidates(world, case, CONFIRM) == {Grant("bureau", "head")}
    world.pass_time(days=1)
    deciders = {Grant("bureau", "head"), Grant("bureau", "deputy")}
    assert candidates(world, case, CONFIRM) == deciders
    world.pass_time(days=2)
    assert "task.leader_and_office" in told(world, "leader")
    assert candidates(world, case, CONFIRM) == deciders
    assert world.document(case)["level"] == "larger"


def test_a_proposal_ends_with_its_paper_and_with_its_case(world: World) -> None:
    case = journeys.served(world, "general")
    world.act("inspector1", case, PROPOSE, **WHY)
    world.act("inspector2", case, "level.raise", level="larger", reason="r")
    assert (set(world.open_tasks(case)), status(world, case)) == ({"serve_order"}, "ended")
    assert told(world, "inspector1")[0] == "raise.ended"
    case = seconded(world)
    world.act("bureau_head", case, "case.transfer", receiver="市监局", reason="特种设备")
    assert (world.open_tasks(case), status(world, case)) == ({}, "ended")


def test_a_lowered_level_leaves_the_proposal(world: World) -> None:
    case = seconded(world)
    lower = {"level": "general", "expert_opinion": "危害较小", "reason": "复核"}
    world.act("bureau_head", case, "level.lower", **lower)
    world.do("bureau_head", case, CONFIRM, **CONFIRMED)
    assert world.document(case)["level"] == "major"


def test_a_proposal_from_before_the_task_waits_for_nobody() -> None:
    old = {"level": "major", "by": "inspector1", "at": "2026-03-02T01:00:00+00:00", "round": 1}
    data = {"raise_proposals": [old]}
    assert raise_proposals.waiting(data) is None
    assert raise_proposals.who_proposed(data) == []


def test_a_case_under_rules_without_the_limit_takes_the_shipped_one() -> None:
    shipped = rule_set.parse(rule_set.shipped_text())
    older = {key: value for key, value in shipped.values.items() if "raise_" not in key}
    basis = Basis(replace(shipped, values=older), WorkingCalendar({}, frozenset(), frozenset()))
    assert rule_ladders.workdays(basis, "raise") == 2
    assert rule_ladders.steps(basis, "raise") == (1, 2, 3)
