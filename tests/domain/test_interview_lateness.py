"""Which extension ends which duty; one lateness has one interview and is one expiry."""

from __future__ import annotations

from engine import clock
from tests.domain import enforcements, extensions, journeys
from tests.domain import interviews as road
from tests.domain.test_papers import papers, values
from tests.domain.world import World
from workflows.domain import enforcement_dates, interview_entries, ledger_flags
from workflows.domain.deadline import Deadline

NEW_DUE = "2026-03-26"
"""Of the paper served on 2026-03-11 after the level was raised."""


def raised(world: World, case: str) -> None:
    """Raise an overdue hazard on 2026-03-11 and serve its new paper."""
    journeys.raised(world, case)
    served_at = clock.now().isoformat()
    journeys.serve(world, case, "major", due_date=NEW_DUE, served_at=served_at)


def extended(world: World, case: str) -> None:
    extensions.request(world, case, new_date="2026-04-05")
    extensions.park(world, case)
    extensions.department(world, case)


def undone(world: World, case: str) -> None:
    world.do("inspector1", case, "file", decision="object", reason="理由不足")
    world.do("leader", case, "objection", decision="uphold", reason="不属客观因素")


def overdue_with_request(world: World, days: int = 10) -> str:
    """Return a hazard just overdue whose request still waits for the department."""
    case = extensions.requested(world, days)
    extensions.park(world, case)
    road.expire(world, "2026-03-17")
    return case


def test_a_duty_of_the_former_paper_outlives_an_extension_of_the_new_one(world: World) -> None:
    case = road.overdue(world)
    road.until(world, "2026-03-10T09:00")
    road.named(world, case, "leader_incharge")
    road.noticed(world, case, "2026-03-12T10:00")
    road.until(world, "2026-03-11T09:00")
    raised(world, case)
    before = road.entry(world, case)
    extended(world, case)
    assert extensions.last(world, case)["status"] == "effective"
    assert road.entry(world, case) == before
    assert {"hold", "decide"} <= set(world.open_tasks(case))
    assert road.rows(world, case, "interview") == [("live", "2026-03-12")]
    road.until(world, "2026-03-12T11:00")
    road.held(world, case, None, "leader", "2026-03-12T10:00")
    assert road.rows(world, case, "interview") == [("met", "2026-03-12")]


def test_the_task_of_a_kept_duty_is_the_same_one(world: World) -> None:
    case = road.overdue(world)
    road.until(world, "2026-03-11T09:00")
    raised(world, case)
    (before,) = extensions.tasks(world, case, "schedule")
    extended(world, case)
    assert extensions.tasks(world, case, "schedule") == [before]


def test_enforcement_of_the_former_paper_stands_too(world: World) -> None:
    case = road.overdue(world)
    road.until(world, "2026-03-11T09:00")
    raised(world, case)
    extended(world, case)
    assert enforcements.entry(world, case)["lapsed"] is None
    enforcements.decide(world, case, "penalty")
    assert "penalty" in world.open_tasks(case)


def test_undone_after_it_lapsed_the_interview_is_resumed_as_the_first(world: World) -> None:
    case = overdue_with_request(world)
    extensions.department(world, case)
    road.until(world, "2026-03-18T10:00")
    undone(world, case)
    first, second = road.entry(world, case), road.entry(world, case, 2)
    assert (first["lapsed"]["cause"], second["resumes"]) == ("deadline.moved", 1)
    assert second["counters"]["same_hazard"] == 0
    assert second["matrix_host"] == first["matrix_host"]
    assert road.rows(world, case, "interview") == [("voided", "2026-03-20"), ("live", "2026-03-20")]
    assert enforcements.entry(world, case)["mandatory"] is False


def test_resumed_after_day_3_it_is_late_without_blame(world: World) -> None:
    case = overdue_with_request(world)
    extensions.department(world, case)
    world.do("inspector1", case, "file", decision="object", reason="理由不足")
    road.until(world, "2026-03-22T09:00")
    world.do("leader", case, "objection", decision="uphold", reason="不属客观因素")
    resumed = road.entry(world, case, 2)
    assert (resumed["late"], resumed["late_reason"]) == (True, "resumed")


def held_before_consent(world: World, final: str) -> str:
    """Return a hazard interviewed on 2026-03-20 whose extension came on 2026-03-21.

    The enterprise had its request back meanwhile, so that the minutes fixed a final date.
    """
    case = overdue_with_request(world)
    road.until(world, "2026-03-18T09:00")
    road.named(world, case)
    road.noticed(world, case, "2026-03-20T09:00")
    road.until(world, "2026-03-20T10:00")
    extensions.department(world, case, "return")
    road.held(world, case, final, held_at="2026-03-20T09:00")
    world.do("principal1", case, "resubmit", **extensions.asked(world, 10))
    extensions.park(world, case)
    road.until(world, "2026-03-21T09:00")
    extensions.department(world, case)
    return case


def test_one_lateness_is_interviewed_once(world: World) -> None:
    case = held_before_consent(world, "2026-03-26")
    assert road.rows(world, case, "final") == [("voided", "2026-03-26")]
    undone(world, case)
    document = world.document(case)
    assert len(document["interviews"]) == 1
    assert document["interviewed"] is True
    assert "interview.not_again" in extensions.history(world, case)
    assert road.rows(world, case, "interview") == [("met", "2026-03-20")]
    assert road.rows(world, case, "final") == [("voided", "2026-03-26"), ("live", "2026-03-26")]
    assert not {"propose_host", "schedule", "hold"} & set(world.open_tasks(case))


def test_a_final_date_that_passed_meanwhile_does_not_come_back(world: World) -> None:
    case = held_before_consent(world, "2026-03-24")
    world.do("inspector1", case, "file", decision="object", reason="理由不足")
    road.until(world, "2026-03-25T09:00")
    world.do("leader", case, "objection", decision="uphold", reason="不属客观因素")
    assert road.rows(world, case, "final") == [("voided", "2026-03-24")]
    assert len(world.document(case)["interviews"]) == 1


def test_the_extended_date_brings_an_interview_of_its_own(world: World) -> None:
    case = held_before_consent(world, "2026-03-26")
    road.expire(world, "2026-03-27")
    second = road.entry(world, case, 2)
    assert (second["resumes"], second["counters"]["extension_expired"]) == (None, True)


def test_an_expiry_dated_back_can_still_be_decided(world: World) -> None:
    case = extensions.granted(world)
    world.do("inspector1", case, "file", decision="object", reason="理由不足")
    road.expire(world, "2026-03-27")
    opened = road.entry(world, case)
    world.do("leader", case, "objection", decision="uphold", reason="不属客观因素")
    assert road.entry(world, case) == opened
    dates = [Deadline.from_json(one) for one in world.document(case)["deadlines"]]
    (passed,) = enforcement_dates.standing(enforcements.entry(world, case), dates)
    assert passed.due_date.isoformat() == "2026-03-17"
    enforcements.decide(world, case, "penalty")
    assert enforcements.entry(world, case)["decision"]["pursue"] is True


def _told_late(world: World, case: str) -> tuple[bool, bool]:
    """Return whether the case says that an interview is late, and whether the ledger does."""
    with world.bihuan.database.read() as session:
        flags = ledger_flags.flags_of(session, [case])[case]
    return interview_entries.is_late(world.document(case)), ledger_flags.INTERVIEW_LATE in flags


def test_the_ledger_says_of_a_late_interview_what_the_case_says(world: World) -> None:
    case = overdue_with_request(world)
    assert _told_late(world, case) == (False, False)
    extensions.department(world, case)
    assert road.entry(world, case)["lapsed"]["cause"] == "deadline.moved"
    assert _told_late(world, case) == (False, False)
    road.until(world, "2026-03-28T09:00")
    assert _told_late(world, case) == (False, False)
    road.until(world, "2026-04-02T09:00")
    assert _told_late(world, case) == (True, True)
    road.noticed(world, case, "2026-04-02T10:00", late_reason="航班延误")
    road.until(world, "2026-04-02T11:00")
    road.held(world, case, "2026-04-08", "principal_leader", "2026-04-02T10:00")
    assert _told_late(world, case) == (False, False)


def late_when_extended(world: World) -> str:
    """Return a hazard whose extension came on 2026-03-21, a day after day 3 without interview."""
    case = overdue_with_request(world)
    road.until(world, "2026-03-21T09:00")
    extensions.department(world, case)
    return case


def test_an_approval_after_day_3_leaves_a_late_interview_owed(world: World) -> None:
    case = late_when_extended(world)
    entry = road.entry(world, case)
    assert (entry["lapsed"], entry["late"]) == (None, True)
    assert entry["silent"] == ["industry_department"]
    assert _told_late(world, case) == (True, True)
    assert extensions.state(world, case) == "rectifying"
    assert road.rows(world, case, "interview") == [("expired", "2026-03-20")]
    road.noticed(world, case, "2026-03-22T10:00", late_reason="航班延误")
    (notice,) = papers(world, case, "D14")
    _silence, passed, since = values(notice)["cause"]
    assert passed["zh"].endswith("未在 2026-03-17 前完成整改")
    assert "2026-03-27" in since["zh"]
    road.until(world, "2026-03-22T11:00")
    road.held(world, case, None, held_at="2026-03-22T10:00")
    assert _told_late(world, case) == (False, False)
    assert road.rows(world, case, "final") == []
    assert "report" in world.open_tasks(case)


def test_the_last_moment_of_day_3_still_ends_it(world: World) -> None:
    case = overdue_with_request(world)
    road.until(world, "2026-03-20T23:59")
    extensions.department(world, case)
    assert road.entry(world, case)["lapsed"]["cause"] == "deadline.moved"


def test_the_first_moment_after_day_3_ends_it_no_more(world: World) -> None:
    case = overdue_with_request(world)
    road.until(world, "2026-03-21T00:00")
    extensions.department(world, case)
    assert (road.entry(world, case)["lapsed"], road.entry(world, case)["late"]) == (None, True)


def test_two_interviews_are_owed_when_the_extended_date_passes_too(world: World) -> None:
    case = late_when_extended(world)
    road.expire(world, "2026-03-27")
    assert [one["lapsed"] for one in world.document(case)["interviews"]] == [None, None]
    assert road.rows(world, case, "interview") == [
        ("expired", "2026-03-20"),
        ("live", "2026-03-30"),
    ]
    assert {"schedule", "propose_host"} <= set(world.open_tasks(case))


def test_undone_while_late_it_is_the_same_interview(world: World) -> None:
    case = late_when_extended(world)
    undone(world, case)
    assert len(world.document(case)["interviews"]) == 1
    assert "interview.not_again" in extensions.history(world, case)
    assert extensions.state(world, case) == "overdue"
