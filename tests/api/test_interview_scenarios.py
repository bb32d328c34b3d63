"""Interviews told to the interface and read back from it, on both databases."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from engine import clock
from tests.api import roads
from tests.api.harness import Zone, ok, refused

WORDS = dict.fromkeys(
    ("recorder", "attendees", "circulated", "explanation", "commitment"), "见约谈纪要"
)


def open_steps(zone: Zone, case: str) -> set[str]:
    return {step["element"] for step in zone.case(case)["next"]}


def until(zone: Zone, text: str) -> None:
    """Let time pass to a Beijing instant."""
    wanted = datetime.fromisoformat(text).replace(tzinfo=clock.BEIJING)
    minutes = int((wanted - clock.now()) / timedelta(minutes=1))
    days, rest = divmod(minutes, 24 * 60)
    zone.advance(f"P{days}DT{rest // 60}H{rest % 60}M")


def overdue(zone: Zone, level: str, due: str, served: str | None = None) -> str:
    """Return a case one minute after its date."""
    if served is not None:
        until(zone, served)
    case = roads.graded(zone, level)
    more = {"reason": "需调运"} if level == "general" else {}
    roads.serve(zone, case, level, due_date=due, **more)
    until(zone, f"{date.fromisoformat(due) + timedelta(days=1)}T00:01")
    return case


def instant(text: str) -> str:
    return datetime.fromisoformat(text).replace(tzinfo=clock.BEIJING).isoformat()


def named(zone: Zone, case: str, host: str = "park_command") -> None:
    zone.do("office", case, "propose_host", host=host, reason="按判定表")
    zone.do("leader_incharge", case, "confirm_host", host=host)


def notice(meet_at: str, **changes: Any) -> dict[str, Any]:
    data = {"invitee_role": "actual_investor", "way": "on_site", "place": "管委会三楼"}
    return data | {"meet_at": instant(meet_at)} | changes


def minutes(held_at: str, final: str | None, **changes: Any) -> dict[str, Any]:
    data = {"outcome": "held", "came": "invitee", "signature": "signed", **WORDS}
    dates = {"held_at": instant(held_at)} | ({"final_date": final} if final else {})
    return data | dates | changes


def ready(zone: Zone) -> str:
    """Return an overdue larger hazard whose interview is to be held at 10:00 of day 3, at 11:00."""
    case = overdue(zone, "larger", "2026-03-17")
    until(zone, "2026-03-18T09:00")
    named(zone, case)
    zone.do("office", case, "schedule", **notice("2026-03-20T10:00"))
    until(zone, "2026-03-20T11:00")
    return case


def test_held_on_day_three_reported_and_done_by_the_final_date(zone: Zone) -> None:
    case = ready(zone)
    zone.do("park_east", case, "hold", **minutes("2026-03-20T10:00", "2026-03-27"))
    found = zone.case(case)
    assert (found["state"], "interview_late" in found["flags"]) == ("interviewed", False)
    assert zone.deadline(case, "interview", "met") == date(2026, 3, 20)
    assert zone.deadline(case, "final", "live") == date(2026, 3, 27)
    assert zone.deadline(case, "interview_report", "live") == date(2026, 3, 27)
    zone.do("enterprise01", case, "report", text="设备已到货")
    assert zone.deadline(case, "interview_report", "met") == date(2026, 3, 27)
    roads.reported(zone, case)
    roads.rechecked(zone, case, "larger")
    roads.struck_off(zone, case, "larger")
    assert zone.case(case)["state"] == "struck_off"
    wanted = ["deadline.expired", "interview.opened", "interview.matrix", "interview.propose"]
    wanted += ["interview.confirm", "interview.schedule", "interview.held", "interview.report"]
    assert [act for act in zone.acts_done(case) if act in wanted] == wanted


@pytest.mark.parametrize(
    ("level", "held_by"), [("larger", date(2026, 10, 8)), ("major", date(2026, 10, 3))]
)
def test_across_the_national_day_rest(zone: Zone, level: str, held_by: date) -> None:
    case = overdue(zone, level, "2026-09-30", "2026-09-18T09:00")
    assert zone.deadline(case, "interview", "live") == held_by


def test_a_friday_before_a_weekend_is_due_on_monday(zone: Zone) -> None:
    case = overdue(zone, "larger", "2026-06-12", "2026-06-01T09:00")
    assert zone.deadline(case, "interview", "live") == date(2026, 6, 15)


def test_not_held_it_stays_owed_and_shows_as_late(zone: Zone) -> None:
    case = overdue(zone, "larger", "2026-03-17")
    until(zone, "2026-03-20T23:59")
    assert "interview_late" not in zone.case(case)["flags"]
    until(zone, "2026-03-21T00:01")
    found = zone.case(case)
    assert (found["state"], "interview_late" in found["flags"]) == ("overdue", True)
    assert zone.deadline(case, "interview", "expired") == date(2026, 3, 20)
    assert "schedule" in open_steps(zone, case)
    assert "interview.late" in zone.acts_done(case)
    zone.do("office", case, "schedule", **notice("2026-03-21T09:00", late_reason="航班延误"))
    until(zone, "2026-03-21T10:00")
    zone.do("park_east", case, "hold", **minutes("2026-03-21T09:00", "2026-03-25"))
    assert "interview_late" not in zone.case(case)["flags"]
    assert zone.deadline(case, "interview", "expired") == date(2026, 3, 20)


def test_a_substitute_is_a_no_show_and_the_principal_leader_is_next(zone: Zone) -> None:
    case = ready(zone)
    substitute = minutes("2026-03-20T10:00", "2026-03-27", came="substitute")
    refused(zone.try_("park_east", case, "hold", **substitute), 422, "came")
    absence = {"absence_reason": "派副总经理到场", "substitute_came": True}
    zone.do("park_east", case, "hold", outcome="no_show", **absence)
    assert "interview.no_show" in zone.acts_done(case)
    zone.do("office", case, "schedule", **notice("2026-03-20T15:00"))
    until(zone, "2026-03-20T16:00")
    again = minutes("2026-03-20T15:00", "2026-03-27")
    refused(zone.try_("park_east", case, "hold", **again), 403)
    zone.do("leader_principal", case, "hold", **again)
    assert zone.deadline(case, "interview", "met") == date(2026, 3, 20)


def test_postponed_for_illness_the_date_of_the_duty_stands(zone: Zone) -> None:
    case = ready(zone)
    data = {"outcome": "postponed", "ground": "illness", "new_mode": "video"}
    late = {"to": instant("2026-03-23T10:01"), "proof": [zone.photo("park_east")]}
    refused(zone.try_("park_east", case, "hold", **data, **late), 422, "to")
    bare = {"to": instant("2026-03-22T10:00")}
    refused(zone.try_("park_east", case, "hold", **data, **bare), 422, "proof")
    proof = {"proof": [zone.photo("park_east")]}
    zone.do("park_east", case, "hold", **data, **bare, **proof)
    assert zone.deadline(case, "interview", "live") == date(2026, 3, 20)
    until(zone, "2026-03-22T11:00")
    assert "interview_late" in zone.case(case)["flags"]
    zone.do("park_east", case, "hold", **minutes("2026-03-22T10:00", "2026-03-27"))
    assert zone.case(case)["state"] == "interviewed"


def test_a_second_expiry_brings_a_second_interview_by_the_principal_leader(zone: Zone) -> None:
    case = ready(zone)
    zone.do("park_east", case, "hold", **minutes("2026-03-20T10:00", "2026-03-24"))
    until(zone, "2026-03-25T00:01")
    assert zone.case(case)["state"] == "overdue"
    assert zone.deadline(case, "final", "expired") == date(2026, 3, 24)
    assert zone.deadline(case, "interview", "live") == date(2026, 3, 27)
    until(zone, "2026-03-26T00:02")
    zone.do("office", case, "schedule", **notice("2026-03-26T09:00"))
    until(zone, "2026-03-26T10:00")
    again = minutes("2026-03-26T09:00", "2026-03-30")
    refused(zone.try_("leader_incharge", case, "hold", **again), 403)
    zone.do("leader_principal", case, "hold", **again)
    assert zone.case(case)["state"] == "interviewed"


def test_nobody_else_is_entitled_and_nothing_is_held_ahead_or_before_the_notice(
    zone: Zone,
) -> None:
    case = ready(zone)
    data = minutes("2026-03-20T10:00", "2026-03-27")
    for person in ("park_east_deputy", "leader_incharge", "office", "enterprise01"):
        refused(zone.try_(person, case, "hold", **data), 403)
    refused(zone.try_("park_west", case, "hold", **data), 404)
    ahead = data | {"held_at": instant("2026-03-20T11:30")}
    refused(zone.try_("park_east", case, "hold", **ahead), 422, "held_at")
    before = data | {"held_at": instant("2026-03-17T23:00")}
    refused(zone.try_("park_east", case, "hold", **before), 422, "held_at")
    assert zone.case(case)["state"] == "overdue"


def test_before_the_expiry_there_is_no_interview_to_hold(zone: Zone) -> None:
    case = roads.graded(zone, "larger")
    roads.serve(zone, case, "larger", due_date="2026-03-17")
    until(zone, "2026-03-17T23:59")
    assert open_steps(zone, case) == {"rectify"}
    until(zone, "2026-03-18T00:00")
    assert "propose_host" in open_steps(zone, case)


def test_a_general_hazard_is_talked_about_and_the_third_is_an_interview(zone: Zone) -> None:
    cases = [overdue(zone, "general", due) for due in ("2026-03-03", "2026-03-05", "2026-03-09")]
    kinds = [open_steps(zone, case) & {"talk", "propose_host"} for case in cases]
    assert kinds == [{"talk"}, {"talk"}, {"propose_host"}]
    record = {"spoken_to": "厂长", "record": "当日完成"}
    talked_at = clock.beijing(clock.now()).isoformat()
    zone.do("park_east_officer", cases[0], "talk", talked_at=talked_at, **record)
    assert "talk" not in open_steps(zone, cases[0])
    assert zone.deadline(cases[2], "interview", "live") == date(2026, 3, 12)


def test_the_table_stands_when_nobody_confirms_within_a_day(zone: Zone) -> None:
    case = overdue(zone, "major", "2026-03-17")
    zone.do("office", case, "propose_host", host="leader_principal", reason="影响大")
    until(zone, "2026-03-19T00:00")
    assert "confirm_host" not in open_steps(zone, case)
    acts = zone.acts_done(case)
    assert "interview.by_matrix" in acts
    late = notice("2026-03-21T09:00")
    refused(zone.try_("office", case, "schedule", **late), 422, "late_reason")
    zone.do("office", case, "schedule", **notice("2026-03-20T09:00"))
    until(zone, "2026-03-20T10:00")
    zone.do("leader_incharge", case, "hold", **minutes("2026-03-20T09:00", "2026-03-24"))
    assert zone.deadline(case, "interview", "met") == date(2026, 3, 20)


def test_a_recheck_failed_on_day_nineteen_makes_the_interview_due_at_once(zone: Zone) -> None:
    case = roads.graded(zone, "larger")
    roads.serve(zone, case, "larger", due_date="2026-03-17")
    until(zone, "2026-03-16T10:00")
    roads.reported(zone, case)
    until(zone, "2026-03-21T10:00")
    roads.rechecked(zone, case, "larger", "fail")
    found = zone.case(case)
    assert {"overdue", "interview_late"} <= set(found["flags"])
    assert zone.deadline(case, "interview", "expired") == date(2026, 3, 20)
    rows = ok(zone.client("bureau_head").get(f"/cases/{case}/history"))["items"]
    (late,) = [row for row in rows if row["act"] == "interview.late"]
    assert late["data"]["reason"] == "recheck_late"
    (opened,) = [row for row in rows if row["act"] == "interview.opened"]
    assert opened["data"]["recheck_late"] == {"from": "2026-03-18", "to": "2026-03-21"}


def asked(zone: Zone) -> str:
    """Return an overdue case with a timely request that one body has not signed."""
    case = roads.graded(zone, "larger")
    roads.serve(zone, case, "larger", due_date="2026-03-17")
    until(zone, "2026-03-10T09:00")
    data = {
        "new_date": "2026-03-27",
        "ground": "procurement",
        "reason": "装置交货期十五天",
        "evidence": [zone.photo("enterprise01")],
        "interim_measures": "停用一号炉",
        "milestones": [{"what": "到货", "finish_on": "2026-03-20"}],
    }
    ok(zone.act("enterprise01", case, "extension.request", **data))
    zone.do("park_east", case, "sign_park", decision="agree")
    until(zone, "2026-03-18T00:01")
    return case


def test_a_late_approval_ends_an_interview_not_yet_held(zone: Zone) -> None:
    case = asked(zone)
    assert zone.case(case)["state"] == "overdue_pending"
    assert "propose_host" in open_steps(zone, case)
    zone.do("industry_economy", case, "sign_department", decision="agree")
    assert "propose_host" not in open_steps(zone, case)
    assert zone.deadline(case, "interview", "voided") == date(2026, 3, 20)
    assert zone.deadline(case, "rectification", "live") == date(2026, 3, 27)
    assert "interview.lapsed" in zone.acts_done(case)


def test_the_silence_of_the_authority_is_the_first_subject(zone: Zone) -> None:
    case = asked(zone)
    until(zone, "2026-03-18T09:00")
    named(zone, case)
    zone.do("office", case, "schedule", **notice("2026-03-20T09:00"))
    until(zone, "2026-03-20T10:00")
    bare = minutes("2026-03-20T09:00", None)
    field = "decision_industry_department"
    refused(zone.try_("park_east", case, "hold", **bare), 422, field)
    zone.do("park_east", case, "hold", **bare, **{field: "2026-03-23"})
    rows = ok(zone.client("bureau_head").get(f"/cases/{case}/history"))["items"]
    (held,) = [row for row in rows if row["act"] == "interview.held"]
    assert held["data"]["decision_dates"] == {"industry_department": "2026-03-23"}
    assert held["data"]["final_date"] is None
    assert held["data"]["signer_conflict"] is True
