"""Voiding a wrong entry: two persons, one proposal at a time, and silence that decides nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.errors import Conflict, Invalid, NotAllowed
from engine.ports import Grant
from engine.store import queries
from tests.domain import journeys
from tests.domain.world import World
from workflows.domain import notifications, organisation, rule_ladders, rule_set, void_proposals
from workflows.domain.deadlines import Basis
from workflows.domain.working_days import WorkingCalendar

PROPOSE, WITHDRAW, TASK = "case.void_propose", "case.void_withdraw", "decide_void"


def told(world: World, person: str) -> list[str]:
    with world.bihuan.database.read() as session:
        return [one.kind for one in notifications.latest(session, person)]


def candidates(world: World, case: str) -> set[Grant]:
    with world.bihuan.database.read() as session:
        (task,) = (
            one for one in queries.case_tasks(session, case, status="open") if one.element == TASK
        )
        return set(task.candidates)


def holding(world: World, person: str, body: str, role: str) -> None:
    with world.bihuan.database.begin() as session:
        organisation.grant(session, person, body, role)


def of_the_department(world: World) -> str:
    return world.register("inspector3", finder_body="industry_economy")


def test_the_head_of_the_finding_body_proposes_and_the_head_of_the_bureau_decides(
    world: World,
) -> None:
    case = of_the_department(world)
    with pytest.raises(NotAllowed, match="head of the finding body"):
        world.act("inspector3", case, PROPOSE, reason="误报")
    with pytest.raises(NotAllowed, match="head of the finding body"):
        world.act("bureau_deputy", case, PROPOSE, reason="误报")
    world.act("economy_head", case, PROPOSE, reason="误报")
    with world.bihuan.database.read() as session:
        news = notifications.latest(session, "bureau_head")[0]
    assert (news.kind, news.text.isascii()) == ("void.proposed", True)
    assert candidates(world, case) == {Grant("bureau", "head")}
    world.do("bureau_head", case, TASK, decision="agree", reason="属实")
    document = world.document(case)
    assert (document["phase"], document["exit"]["by"]) == ("voided", "bureau_head")
    assert document["exit"]["reason"] == "属实"
    assert document["void_proposal"]["status"] == "agreed"
    assert "void.agreed" in told(world, "economy_head")
    assert world.open_tasks(case) == {}


def test_the_deputy_proposes_what_the_bureau_found_as_its_head_decides(world: World) -> None:
    case = journeys.served(world, "larger")
    with pytest.raises(NotAllowed, match="who decides"):
        world.act("bureau_head", case, PROPOSE, reason="误报")
    with pytest.raises(NotAllowed, match="head of the finding body"):
        world.act("inspector1", case, PROPOSE, reason="误报")
    world.act("bureau_deputy", case, PROPOSE, reason="误报")
    assert TASK in world.open_tasks(case)


def test_a_deputy_proposes_only_while_no_head_may(world: World) -> None:
    case = of_the_department(world)
    holding(world, "inspector3", "industry_economy", "deputy")
    with pytest.raises(NotAllowed, match="head of the finding body"):
        world.act("inspector3", case, PROPOSE, reason="误报")
    holding(world, "economy_head", "bureau", "head")
    with pytest.raises(NotAllowed, match="who decides"):
        world.act("economy_head", case, PROPOSE, reason="误报")
    world.act("inspector3", case, PROPOSE, reason="误报")
    assert TASK in world.open_tasks(case)


def test_one_proposal_waits_at_a_time_and_its_proposer_alone_withdraws_it(world: World) -> None:
    case = of_the_department(world)
    with pytest.raises(Conflict):
        world.act("economy_head", case, WITHDRAW, reason="无")
    world.act("economy_head", case, PROPOSE, reason="误报")
    with pytest.raises(Conflict, match="waits for its decision"):
        world.act("economy_head", case, PROPOSE, reason="再提")
    with pytest.raises(NotAllowed, match="who proposed"):
        world.act("bureau_head", case, WITHDRAW, reason="代撤")
    world.act("economy_head", case, WITHDRAW, reason="核实属隐患")
    assert TASK not in world.open_tasks(case)
    assert world.document(case)["void_proposal"]["status"] == "withdrawn"
    assert told(world, "bureau_head")[0] == "void.withdrawn"
    world.act("economy_head", case, PROPOSE, reason="再提")
    assert TASK in world.open_tasks(case)


def test_a_refusal_is_told_with_its_reason_and_the_case_goes_on(world: World) -> None:
    case = of_the_department(world)
    before = set(world.open_tasks(case))
    world.act("economy_head", case, PROPOSE, reason="误报")
    with pytest.raises(Invalid):
        world.do("bureau_head", case, TASK, decision="refuse")
    world.do("bureau_head", case, TASK, decision="refuse", reason="确有隐患")
    assert set(world.open_tasks(case)) == before
    document = world.document(case)
    assert (document["phase"], document["exit"]) == ("registered", None)
    with world.bihuan.database.read() as session:
        news = notifications.latest(session, "economy_head")[0]
    assert (news.kind, "确有隐患" in news.text_zh) == ("void.refused", True)


def test_whoever_proposed_does_not_decide_though_he_came_to_be_head(world: World) -> None:
    case = of_the_department(world)
    world.act("economy_head", case, PROPOSE, reason="误报")
    holding(world, "economy_head", "bureau", "head")
    with pytest.raises(NotAllowed, match="second person"):
        world.do("economy_head", case, TASK, decision="agree", reason="属实")
    world.do("bureau_head", case, TASK, decision="agree", reason="属实")
    assert world.document(case)["phase"] == "voided"


def test_a_substitute_does_not_decide_what_the_absent_proposed(world: World) -> None:
    case = of_the_department(world)
    world.act("economy_head", case, PROPOSE, reason="误报")
    task = world.open_tasks(case)[TASK]
    acting = replace(world.actor("bureau_head"), acting_for="economy_head")
    data = {"decision": "agree", "reason": "属实"}
    with pytest.raises(NotAllowed, match="second person"):
        world.bihuan.runtime.complete_task(acting, task, data)


def test_silence_reminds_widens_and_tells_but_consents_to_nothing(world: World) -> None:
    case = of_the_department(world)
    world.act("economy_head", case, PROPOSE, reason="误报")
    world.pass_time(days=1, hours=16)
    assert told(world, "bureau_head")[0] == "task.remind"
    assert candidates(world, case) == {Grant("bureau", "head")}
    world.pass_time(days=1)
    assert candidates(world, case) == {Grant("bureau", "head"), Grant("bureau", "deputy")}
    world.pass_time(days=30)
    assert "task.leader_and_office" in told(world, "leader")
    assert Grant("office", "officer") not in candidates(world, case)
    assert world.document(case)["phase"] == "registered"
    world.do("bureau_deputy", case, TASK, decision="agree", reason="属实")
    assert world.document(case)["phase"] == "voided"


def test_a_proposal_ends_with_a_case_that_leaves_otherwise(world: World) -> None:
    case = of_the_department(world)
    world.act("economy_head", case, PROPOSE, reason="误报")
    world.act("bureau_head", case, "case.transfer", receiver="市监局", reason="特种设备")
    assert world.open_tasks(case) == {}
    assert world.document(case)["void_proposal"]["status"] == "ended"


def test_a_closed_case_is_called_so_in_words(world: World) -> None:
    case = of_the_department(world)
    photo = world.photo("bureau_head")
    world.act("bureau_head", case, "case.shut_down", photos=[photo], reason="已拆除")
    with pytest.raises(Conflict, match=r"it is shut down$") as refused:
        world.act("bureau_head", case, "case.transfer", receiver="x", reason="y")
    assert refused.value.message_zh == "案件已办结（关停销号），不能再办理该事项"


def test_a_proposal_from_before_the_task_waits_for_nobody() -> None:
    old = {"by": "inspector1", "at": "2026-03-02T01:00:00+00:00", "reason": "误报"}
    data = {"void_proposal": old}
    assert void_proposals.waiting(data) is None
    assert void_proposals.who_proposed(data) == []


def test_a_case_under_rules_without_the_limit_takes_the_shipped_one() -> None:
    shipped = rule_set.parse(rule_set.shipped_text())
    older = {key: value for key, value in shipped.values.items() if "void_" not in key}
    basis = Basis(replace(shipped, values=older), WorkingCalendar({}, frozenset(), frozenset()))
    assert rule_ladders.workdays(basis, "void") == 2
    assert rule_ladders.steps(basis, "void") == (1, 2, 3)
