"""Separation of duties, ladders, reminders, and what silence brings about."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from engine.errors import Conflict, Invalid, NotAllowed
from engine.store.tables import Task, TaskCandidate
from tests.domain import journeys, notices
from tests.domain.world import World
from workflows.cli.root import main
from workflows.domain import notifications, organisation, resettling, rule_store
from workflows.domain.working_days import SpecialDay


def test_the_proposer_neither_seconds_nor_confirms(world: World) -> None:
    with world.bihuan.database.begin() as session:
        organisation.grant(session, "inspector1", "bureau", "head")
    case = world.register(criterion="令10 第五条(六)")
    world.do(
        "inspector1", case, "propose_major", level="major", criterion="令10 五(六)", reason="x"
    )
    with pytest.raises(NotAllowed, match="another officer"):
        world.do("inspector1", case, "second_proposal", decision="agree")
    world.do("inspector2", case, "second_proposal", decision="agree")
    with pytest.raises(NotAllowed, match="did not propose"):
        world.do("inspector1", case, "confirm_major", decision="agree", criterion="令10 五(六)")


def test_the_finder_does_not_verify_alone(world: World) -> None:
    case = journeys.served(world, "general")
    journeys.reported(world, case)
    with pytest.raises(NotAllowed, match="other than the finder"):
        world.do("inspector1", case, "recheck", method="desk", result="pass", items=[])


def test_two_officers_are_two_persons(world: World) -> None:
    case = journeys.served(world, "larger")
    journeys.reported(world, case)
    items, photos = [{"item": "a", "state": "done"}], [world.photo("inspector1")]
    data = {"method": "visit", "result": "pass", "items": items, "photos": photos}
    world.do("inspector1", case, "recheck", **data)
    with pytest.raises(NotAllowed, match="another officer"):
        world.do("inspector1", case, "recheck_second", decision="agree")


def test_the_sole_verifier_does_not_strike_off(world: World) -> None:
    case = journeys.served(world, "general")
    journeys.reported(world, case)
    world.do("bureau_head", case, "recheck", method="desk", result="pass", items=[])
    with pytest.raises(NotAllowed, match="sole verifier"):
        world.do("bureau_head", case, "strike_finder", decision="agree")


def test_nobody_of_the_enterprise_verifies_it(world: World) -> None:
    with world.bihuan.database.begin() as session:
        organisation.grant(session, "safety1", "bureau", "officer")
    case = journeys.served(world, "general")
    journeys.reported(world, case, "principal1")
    with pytest.raises(NotAllowed, match="outside the enterprise"):
        world.do("safety1", case, "recheck", method="desk", result="pass", items=[])


def test_each_body_strikes_off_by_another_person(world: World) -> None:
    with world.bihuan.database.begin() as session:
        organisation.grant(session, "economy_head", "park_east", "head")
    case = journeys.served(world, "larger")
    journeys.reported(world, case)
    journeys.rechecked(world, case, "larger")
    world.do("economy_head", case, "strike_department", decision="agree")
    with pytest.raises(NotAllowed, match="different person"):
        world.do("economy_head", case, "strike_park", decision="agree")


def test_a_pass_with_an_item_not_done_is_refused(world: World) -> None:
    case = journeys.served(world, "larger")
    journeys.reported(world, case)
    items = [{"item": "a", "state": "partly"}]
    with pytest.raises(Exception, match="every item to be done"):
        world.do("inspector2", case, "recheck", method="visit", result="pass", items=items)


def test_after_two_failures_the_report_does_not_stop_the_clock(world: World) -> None:
    case = journeys.served(world, "larger")
    for _ in range(2):
        journeys.reported(world, case)
        journeys.rechecked(world, case, "larger", "fail")
    journeys.reported(world, case)
    assert [r["stops_clock"] for r in world.document(case)["reports"]] == [True, True, False]
    world.pass_time(days=9)
    journeys.rechecked(world, case, "larger")
    dates = {d["kind"]: d["state"] for d in world.document(case)["deadlines"]}
    assert dates["rectification"] == "expired"


def test_reminders_reach_the_enterprise_seven_four_and_one_day_before(world: World) -> None:
    journeys.served(world, "major")
    told = []
    for _ in range(15):
        world.pass_time(days=1)
        with world.bihuan.database.read() as session:
            told.append(
                sum(n.kind == "deadline.reminder" for n in notifications.latest(session, "safety1"))
            )
    assert told[-1] == 3
    assert told.index(1) < told.index(2) < told.index(3)


def test_silence_escalates_and_widens_but_hands_no_consent_on(world: World) -> None:
    case = journeys.served(world, "larger")
    journeys.reported(world, case)
    journeys.rechecked(world, case, "larger")
    world.do("economy_head", case, "strike_department", decision="agree")
    world.pass_time(days=10)
    with world.bihuan.database.read() as session:
        task = world.open_tasks(case)["strike_park"]
        rows = session.execute(
            select(TaskCandidate.body, TaskCandidate.role).where(TaskCandidate.task_id == task)
        )
        assert {tuple(row) for row in rows} == {("park_east", "head"), ("park_east", "deputy")}
        kinds = [n.kind for n in notifications.latest(session, "leader")]
        assert "task.leader_and_office" in kinds
        assert notifications.unread(session, "leader") == len(kinds)
        status = session.scalar(select(Task.status).where(Task.id == task))
    assert status == "open"


def test_urging_once_a_day_tells_who_is_next(world: World) -> None:
    case = journeys.served(world, "larger")
    with pytest.raises(NotAllowed):
        world.act("principal1", case, "urge", text="快")
    world.act("office_officer", case, "urge", text="请抓紧")
    with pytest.raises(Conflict, match="no urging yet today"):
        world.act("leader", case, "urge", text="请抓紧")
    with world.bihuan.database.read() as session:
        assert notifications.latest(session, "principal1")[0].kind == "urge"


def test_watchers_hear_of_comments(world: World) -> None:
    case = journeys.served(world, "larger")
    world.act("leader", case, "watch")
    with pytest.raises(Conflict):
        world.act("leader", case, "watch")
    world.act("principal1", case, "comment", text="材料已订")
    with world.bihuan.database.read() as session:
        assert [n.kind for n in notifications.latest(session, "leader")] == ["comment"]


def test_acts_are_offered_to_whom_they_are_open(world: World) -> None:
    case = journeys.served(world, "larger")
    offered = {
        person: {act.name for act in world.bihuan.runtime.offered_acts(world.actor(person), case)}
        for person in ("bureau_head", "principal1", "park_west_head", "inspector1")
    }
    assert offered["principal1"] == {"comment", "watch", "extension.request"}
    assert offered["park_west_head"] == set()
    assert {"level.lower", "case.transfer", "case.shut_down"} <= offered["bureau_head"]
    assert "level.raise_propose" in offered["inspector1"]


def test_grants_end_with_their_day(world: World) -> None:
    with world.bihuan.database.begin() as session:
        grant = organisation.grant(session, "auditor", "office", "clerk")
        organisation.end_grant(session, grant, date(2026, 3, 2))
    assert world.actor("auditor").holds("office")
    world.pass_time(days=1)
    assert not world.actor("auditor").holds("office")


def test_a_desk_check_does_for_a_general_hazard_only(world: World) -> None:
    case = journeys.served(world, "larger")
    journeys.reported(world, case)
    with pytest.raises(Invalid) as refused:
        world.do("inspector2", case, "recheck", method="desk", result="pass", items=[])
    assert refused.value.errors[0].field == "method"


def test_a_published_calendar_moves_provisional_dates_with_its_cause(world: World) -> None:
    world.time.set(datetime(2027, 2, 3, 2, 0, tzinfo=UTC))
    case = journeys.served(world, "larger")
    journeys.reported(world, case)
    rest = [date(2027, 2, 5) + timedelta(days=n) for n in range(9)]
    days = [SpecialDay(day, "holiday", "春节", "notice") for day in rest]
    with world.bihuan.database.begin() as session:
        years = rule_store.import_year(session, days)
    with pytest.raises(NotAllowed):
        world.act("bureau_head", case, "calendar.published")
    assert resettling.settle_all(world.bihuan.runtime, years) == 1
    assert resettling.settle_all(world.bihuan.runtime, years) == 0
    recheck = world.document(case)["deadlines"][-1]
    assert (recheck["due_date"], recheck["provisional"]) == ("2027-02-16", False)
    assert recheck["changes"][-1]["cause"] == "calendar_published"


def test_the_calendar_command_settles_what_was_provisional(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.time.set(datetime(2027, 2, 3, 2, 0, tzinfo=UTC))
    case = journeys.served(world, "larger")
    journeys.reported(world, case)
    notice = tmp_path / "2027.csv"
    rest = (date(2027, 2, 5) + timedelta(days=n) for n in range(9))
    notice.write_text(notices.text(notices.whole(*notices.rest(*rest))))
    monkeypatch.setattr("workflows.cli.opening.founded", lambda: world.bihuan)
    shown = CliRunner().invoke(main, ["calendar", "import", str(notice), "--json"])
    document = json.loads(shown.stdout)
    assert (document["years"], document["days"], document["moved"]) == ([2027], 18, 1)
    assert document["effects"][0]["joined"] is False
    assert world.document(case)["deadlines"][-1]["due_date"] == "2027-02-16"
    again = CliRunner().invoke(main, ["calendar", "import", str(notice), "--json"])
    assert json.loads(again.stdout)["moved"] == 0


@pytest.mark.parametrize(
    ("act", "data"),
    [
        ("case.transfer", {"reason": "r", "receiver": "x"}),
        ("case.shut_down", {"reason": "r", "photos": []}),
        ("level.lower", {"level": "general", "reason": "r", "expert_opinion": "o"}),
    ],
)
def test_nobody_ends_or_eases_a_case_of_the_own_enterprise(
    world: World, act: str, data: dict[str, object]
) -> None:
    with world.bihuan.database.begin() as session:
        organisation.grant(session, "bureau_head", "enterprise01", "principal")
    case = journeys.served(world, "larger")
    with pytest.raises(NotAllowed, match="outside the enterprise"):
        world.act("bureau_head", case, act, **data)
    world.act("bureau_head", case, "comment", text="x")
