"""A task never waits for a person who may not do it, nor for an order that is gone."""

from __future__ import annotations

from sqlalchemy import select

from engine.store.tables import Instance, Task, TaskCandidate
from tests.domain import journeys
from tests.domain.world import World
from workflows.domain import organisation


def _candidates(world: World, task: str) -> set[tuple[str, str]]:
    with world.bihuan.database.read() as session:
        rows = session.execute(
            select(TaskCandidate.body, TaskCandidate.role).where(TaskCandidate.task_id == task)
        )
        return {(row.body, row.role) for row in rows}


def test_the_deputy_strikes_off_what_the_head_verified_alone(world: World) -> None:
    with world.bihuan.database.begin() as session:
        organisation.grant(session, "expert1", "bureau", "deputy")
    case = journeys.served(world, "general")
    journeys.reported(world, case)
    world.do("bureau_head", case, "recheck", method="desk", result="pass", items=[])
    task = world.open_tasks(case)["strike_finder"]
    assert _candidates(world, task) == {("bureau", "head"), ("bureau", "deputy")}
    world.do("expert1", case, "strike_finder", decision="agree")
    assert world.document(case)["phase"] == "struck_off"


def test_the_deputy_waits_for_the_ladder_while_the_head_may_act(world: World) -> None:
    case = journeys.served(world, "general")
    journeys.reported(world, case)
    journeys.rechecked(world, case, "general")
    assert _candidates(world, world.open_tasks(case)["strike_finder"]) == {("bureau", "head")}


def test_raising_the_level_lets_the_duty_of_an_expiry_stand(world: World) -> None:
    case = journeys.served(world, "larger")
    world.pass_time(days=8)
    assert "propose_host" in world.open_tasks(case)
    journeys.raised(world, case)
    assert {"serve_order", "propose_host"} <= set(world.open_tasks(case))
    dates = {d["kind"]: d for d in world.document(case)["deadlines"]}
    assert dates["rectification"]["state"] == "replaced"
    assert (dates["interview"]["state"], dates["interview"]["due_date"]) == ("live", "2026-03-12")
    with world.bihuan.database.read() as session:
        assert not session.scalars(select(Instance.id).where(Instance.status == "cancelled")).all()


def test_two_duties_of_one_hazard_are_two_tasks_with_two_dates(world: World) -> None:
    case = journeys.served(world, "larger")
    world.pass_time(days=8)
    journeys.raised(world, case)
    journeys.serve(world, case, "major")
    world.pass_time(days=16)
    first, second = world.document(case)["interviews"]
    assert (first["matrix_host"], second["matrix_host"]) == ("park_command", "leader_principal")
    assert (first["late"], second["late"]) == (True, False)
    assert {"schedule", "propose_host"} < set(world.open_tasks(case))
    with world.bihuan.database.read() as session:
        elements = ("schedule", "propose_host")
        query = select(Task.element).where(Task.element.in_(elements), Task.status == "open")
        assert list(session.scalars(query.order_by(Task.due_at))) == ["schedule", "propose_host"]
    world.do("office_officer", case, "propose_host", host="leader_incharge", reason="首次")
    first, second = world.document(case)["interviews"]
    assert first["proposal"] is None
    assert second["proposal"]["host"] == "leader_incharge"


def test_the_limit_of_serving_after_a_raise_says_since_when_it_counts(world: World) -> None:
    case = journeys.served(world, "larger")
    world.pass_time(days=1)
    journeys.raised(world, case)
    first, second = (d for d in world.document(case)["deadlines"] if d["kind"] == "serve")
    told = "".join(step["zh"] + step["en"] for step in second["explained"])
    assert "发现" not in told
    assert "finding" not in told
    assert "自升级决定起1个工作日" in told
    assert second["start_event"] == "level_raised"
    assert "自发现起2个工作日" in first["explained"][1]["zh"]
