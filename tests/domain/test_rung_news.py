"""What a ladder says: until when there is time, which task waits, and which body owes it."""

from __future__ import annotations

from engine.store import queries
from tests.domain import enforcements, extensions
from tests.domain.world import World
from webapp.presentation.rung_labels import RUNGS
from workflows.domain import notifications


def told(world: World, person: str, kind: str) -> list[tuple[str, str]]:
    """Return what a person was told of a kind in both languages."""
    with world.bihuan.database.read() as session:
        found = notifications.latest(session, person)
    return [(one.text_zh, one.text) for one in found if one.kind == kind]


def test_the_reminder_before_the_limit_says_until_when_there_is_time(world: World) -> None:
    extensions.requested(world)
    world.pass_time(days=2)
    ((said_zh, said),) = told(world, "economy_head", "task.remind")
    assert said_zh.endswith("今天到期，须于 2026-03-04 24:00 前办理")
    assert said.endswith("due today, 2026-03-04, until 24:00")


def test_the_record_of_a_reminder_does_not_claim_that_the_limit_is_over() -> None:
    assert not any("已到" in said or "reached" in said for said in RUNGS["remind"])


def test_the_reminder_at_the_limit_says_that_it_is_reached(world: World) -> None:
    case = world.register()
    world.pass_time(days=2)
    found = told(world, "inspector1", "task.remind")
    assert case
    assert next(one for one, _ in found if "“核定等级”" in one).endswith("办理时限已到，请尽快办理")


def test_what_deputy_leader_and_office_hear_names_task_and_body(world: World) -> None:
    extensions.requested(world)
    world.pass_time(days=5)
    ((late_zh, late),) = told(world, "park_east_deputy", "task.deputy")
    assert "“园区指挥部签署”（示例park_east）" in late_zh
    assert "late, the deputy is told" in late
    for person in ("leader", "office_officer"):
        lines = told(world, person, "task.leader_and_office")
        assert len(set(lines)) == 2, "one for each silent body, and they differ"
        assert any("（示例park_east）" in zh for zh, _ in lines)


def second_waits_for_the_leader(world: World) -> str:
    """Return a case whose second extension waits for the leader in charge alone."""
    case = extensions.granted(world)
    world.do("inspector1", case, "file", decision="file")
    world.act("principal1", case, "extension.request", **extensions.second(world))
    extensions.park(world, case)
    extensions.department(world, case)
    return case


def test_what_the_leader_does_not_sign_is_told_above_him(world: World) -> None:
    case = second_waits_for_the_leader(world)
    world.pass_time(days=5)
    assert "sign_leader" in world.open_tasks(case)
    for person in ("principal_leader", "office_officer"):
        found = told(world, person, "task.principal_and_office")
        assert [one for one in found if "“分管领导同意”" in one[0]] == found != []
        assert found[0][0].endswith("超过办理时限，已报区主要领导和区安办督办")
        assert found[0][1].endswith("late, the principal leader and the safety office are told")
    about_it = [one for one, _ in told(world, "leader", "task.leader_and_office") if "同意" in one]
    assert about_it == []
    assert told(world, "leader", "task.deputy") == []
    assert len([one for one, _ in told(world, "leader", "task.remind") if "同意" in one]) == 1
    with world.bihuan.database.read() as session:
        history = queries.case_history(session, case)
    own = [
        row.data["rung"] for row in history if row.element == "sign_leader" and "rung" in row.data
    ]
    assert own == ["remind", "principal_and_office"]


def test_an_objection_that_the_leader_leaves_lying_is_told_above_him(world: World) -> None:
    case = extensions.granted(world)
    world.do("inspector1", case, "file", decision="object", reason="理由不足")
    world.pass_time(days=5)
    assert any(
        "“裁定备案异议”" in zh
        for zh, _ in told(world, "principal_leader", "task.principal_and_office")
    )
    assert not any("异议" in zh for zh, _ in told(world, "leader", "task.leader_and_office"))


def test_what_only_the_team_of_a_referral_knows_is_not_named_to_others(world: World) -> None:
    case = enforcements.expired(world, "major")
    enforcements.decide(world, case, "referral")
    world.pass_time(days=20)
    for person in ("leader", "office_officer"):
        said = " ".join(zh for zh, _ in told(world, person, "task.leader_and_office"))
        assert "要件" not in said
        assert "移送" not in said
