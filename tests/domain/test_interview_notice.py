"""The notice of an interview: whom it invites, to what time, and when it was given."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from engine.errors import Invalid
from engine.store.tables import Case
from tests.domain import interviews as road
from tests.domain.test_papers import papers, values
from tests.domain.world import World
from workflows.domain import rule_set, rule_uses
from workflows.domain.org_tables import EnterpriseRow


def noticing_refused(world: World, field: str, **changes: Any) -> None:
    case = road.overdue(world)
    road.until(world, "2026-03-10T09:00")
    road.named(world, case)
    with pytest.raises(Invalid) as raised:
        road.noticed(world, case, **({"meet_at": "2026-03-11T10:00"} | changes))
    assert [one.field for one in raised.value.errors] == [field]


def test_the_actual_investor_is_invited_by_the_name_of_master_data(world: World) -> None:
    case = road.overdue(world)
    road.until(world, "2026-03-10T09:00")
    road.named(world, case)
    actor = world.actor("office_officer")
    task = world.open_tasks(case)["schedule"]
    assert world.bihuan.runtime.task_form(actor, task).values["invitee_role"] == "actual_investor"
    road.noticed(world, case, "2026-03-11T10:00")
    notice = road.entry(world, case)["notice"]
    assert (notice["invitee_name"], notice["invitee_role"]) == ("示例乙", "actual_investor")
    assert "interview.notice" in road.news(world, "principal1")


def test_the_legal_representative_is_invited_with_a_reason_where_they_differ(world: World) -> None:
    noticing_refused(world, "invitee_reason", invitee_role="legal_representative")
    (case,) = _open_cases(world)
    more = {"invitee_role": "legal_representative", "invitee_reason": "实际投资人被羁押"}
    road.noticed(world, case, "2026-03-11T10:00", **more)
    assert road.entry(world, case)["notice"]["invitee_name"] == "示例甲"


def test_one_person_in_both_posts_needs_no_reason(world: World) -> None:
    with world.bihuan.database.begin() as session:
        session.get_one(EnterpriseRow, "enterprise01").actual_investor = "示例甲"
    case = road.overdue(world)
    road.until(world, "2026-03-10T09:00")
    road.named(world, case)
    road.noticed(world, case, "2026-03-11T10:00", invitee_role="legal_representative")
    assert road.entry(world, case)["notice"]["invitee_name"] == "示例甲"


def test_nobody_is_invited_whom_master_data_does_not_name(world: World) -> None:
    with world.bihuan.database.begin() as session:
        session.get_one(EnterpriseRow, "enterprise01").actual_investor = ""
    noticing_refused(world, "invitee_role")


def test_the_time_comes_after_the_notice(world: World) -> None:
    noticing_refused(world, "meet_at", meet_at="2026-03-10T09:00")


def test_a_time_after_day_three_says_why(world: World) -> None:
    noticing_refused(world, "late_reason", meet_at="2026-03-13T00:00")
    (case,) = _open_cases(world)
    road.noticed(world, case, "2026-03-13T00:00", late_reason="航班延误")
    assert road.entry(world, case)["notice"]["late_reason"] == "航班延误"
    assert road.rows(world, case, "interview") == [("live", "2026-03-12")]


def test_a_notice_that_is_late_itself_says_why_too(world: World) -> None:
    case = road.overdue(world)
    road.until(world, "2026-03-14T09:00")
    with pytest.raises(Invalid) as raised:
        road.noticed(world, case, "2026-03-16T10:00")
    assert [one.field for one in raised.value.errors] == ["late_reason"]


def test_a_late_interview_lies_within_a_week_of_its_notice(world: World) -> None:
    case = road.overdue(world)
    road.until(world, "2026-03-14T09:00")
    with pytest.raises(Invalid) as raised:
        road.noticed(world, case, "2026-03-22T00:00", late_reason="航班延误")
    (error,) = raised.value.errors
    assert error.field == "meet_at"
    assert "2026-03-21" in error.message
    assert "7 天" in error.message_zh
    road.noticed(world, case, "2026-03-21T23:00", late_reason="航班延误")
    assert road.entry(world, case)["notice"]["late_reason"] == "航班延误"


def test_a_version_adopted_before_holds_a_late_interview_to_the_same_week() -> None:
    shipped = rule_set.parse(rule_set.shipped_text())
    known = {key: one for key, one in shipped.values.items() if key != "interview.late_days"}
    older = replace(shipped, values=known)
    assert rule_uses.holding(older, "interview.late_days").whole("interview.late_days") == 7


def test_an_interview_held_on_a_notice_by_telephone_is_recorded_as_it_was(world: World) -> None:
    case = road.overdue(world)
    road.until(world, "2026-03-13T09:00")
    given = road.at("2026-03-11T15:00").isoformat()
    road.noticed(world, case, "2026-03-12T10:00", given_at=given)
    notice = road.entry(world, case)["notice"]
    assert notice["at"] == "2026-03-11T07:00:00+00:00"
    assert notice["recorded_at"] == "2026-03-13T01:00:00+00:00"
    (paper,) = papers(world, case, "D14")
    assert values(paper)["given_at"] == "2026-03-11 15:00"
    with pytest.raises(Invalid) as raised:
        road.held(world, case, held_at="2026-03-11T14:59")
    assert [one.field for one in raised.value.errors] == ["held_at"]
    road.held(world, case, held_at="2026-03-12T10:00")
    assert road.rows(world, case, "interview") == [("met", "2026-03-12")]
    assert road.entry(world, case)["late"] is False


@pytest.mark.parametrize("given", ["2026-03-09T23:59", "2026-03-10T09:01"])
def test_a_notice_is_given_neither_before_the_expiry_nor_ahead(world: World, given: str) -> None:
    noticing_refused(world, "given_at", given_at=road.at(given).isoformat())


def test_a_notice_after_a_no_show_is_given_after_it(world: World) -> None:
    case = road.ready(world)
    world.do("park_east_head", case, "hold", outcome="no_show", absence_reason="未到")
    before = road.at("2026-03-11T09:59").isoformat()
    with pytest.raises(Invalid) as raised:
        road.noticed(world, case, "2026-03-12T09:00", given_at=before)
    assert [one.field for one in raised.value.errors] == ["given_at"]


def test_a_time_before_the_notice_by_telephone_is_refused(world: World) -> None:
    given = road.at("2026-03-10T08:00").isoformat()
    noticing_refused(world, "meet_at", given_at=given, meet_at="2026-03-10T08:00")


def _open_cases(world: World) -> list[str]:
    with world.bihuan.database.read() as session:
        return list(session.scalars(select(Case.id)))
