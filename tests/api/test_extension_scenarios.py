"""Extensions from request to filing, told to the interface on a virtual clock and read back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from werkzeug.test import TestResponse

from engine import clock
from tests.api import roads
from tests.api.harness import Zone, ok, refused
from workflows.domain import organisation

DUE = date(2026, 3, 17)
END = clock.end_of_day(DUE)


def elements(zone: Zone, case: str) -> set[str]:
    return {step["element"] for step in zone.case(case)["next"]}


def asked(zone: Zone, new_date: str = "2026-03-27", **changes: Any) -> dict[str, Any]:
    return {
        "new_date": new_date,
        "ground": "procurement",
        "reason": "报警装置交货期十五天",
        "evidence": [zone.photo("enterprise01")],
        "interim_measures": "停用一号炉并派人值守",
        "milestones": [{"what": "设备到货", "finish_on": zone.today()}],
    } | changes


def second(zone: Zone, new_date: str, **changes: Any) -> dict[str, Any]:
    needed = {
        "expert_opinion": "安装须停炉，同意延期",
        "milestone_number": 1,
        "milestone_proof": [zone.photo("enterprise01")],
    }
    return asked(zone, new_date, **(needed | changes))


def try_request(zone: Zone, case: str, **data: Any) -> TestResponse:
    return zone.act("enterprise01", case, "extension.request", **(data or asked(zone)))


def requested(zone: Zone, **changes: Any) -> str:
    case = roads.served(zone, "larger", **changes)
    ok(try_request(zone, case))
    return case


def park(zone: Zone, case: str, decision: str = "agree", person: str = "park_east") -> None:
    zone.do(person, case, "sign_park", **word(decision))


def department(
    zone: Zone, case: str, decision: str = "agree", person: str = "industry_economy", **more: Any
) -> None:
    zone.do(person, case, "sign_department", **word(decision), **more)


def word(decision: str) -> dict[str, Any]:
    return {"decision": decision} | ({} if decision == "agree" else {"opinion": "须补证据"})


def granted(zone: Zone) -> str:
    case = requested(zone)
    park(zone, case)
    department(zone, case)
    return case


def until(zone: Zone, **beyond: float) -> None:
    """Move the clock to the end of the date and so far beyond."""
    span = END + timedelta(**beyond) - clock.now()
    minutes = int(span.total_seconds() // 60)
    zone.advance(f"PT{minutes}M")


def date_stands(zone: Zone, case: str, state: str = "live") -> bool:
    return zone.deadline(case, "rectification", state) == DUE


def test_granted_by_two_signatures_and_filed(zone: Zone) -> None:
    case = requested(zone)
    assert {"sign_park", "sign_department", "rectify"} <= elements(zone, case)
    assert "extension_pending" in zone.case(case)["flags"]
    department(zone, case)
    assert date_stands(zone, case)
    park(zone, case)
    assert zone.deadline(case, "rectification", "live") == date(2026, 3, 27)
    assert "extension_pending" not in zone.case(case)["flags"]
    assert "file" in elements(zone, case)
    zone.do("bureau_clerk", case, "file", decision="file")
    assert zone.deadline(case, "filing", "met") == date(2026, 3, 3)
    done = zone.acts_done(case)
    wanted = ["extension.request", "extension.effective", "extension.filed", "extension.file"]
    assert [act for act in done if act in wanted] == wanted


@pytest.mark.parametrize("sign", [park, department])
def test_refused_by_either(zone: Zone, sign: Any) -> None:
    case = requested(zone)
    sign(zone, case, "refuse")
    assert not {"sign_park", "sign_department"} & elements(zone, case)
    assert date_stands(zone, case)
    assert "extension.refused" in zone.acts_done(case)


def test_returned_and_sent_again_in_time(zone: Zone) -> None:
    case = requested(zone)
    park(zone, case)
    department(zone, case, "return")
    assert "resubmit" in elements(zone, case)
    zone.advance("P1D")
    zone.do("enterprise01", case, "resubmit", **asked(zone, "2026-03-25"))
    assert {"sign_park", "sign_department"} <= elements(zone, case)
    park(zone, case)
    department(zone, case)
    assert zone.deadline(case, "rectification", "live") == date(2026, 3, 25)


def test_returned_and_sent_again_too_late(zone: Zone) -> None:
    case = requested(zone)
    park(zone, case, "return")
    zone.advance("P2D")
    assert "resubmit" not in elements(zone, case)
    assert "extension.lapsed" in zone.acts_done(case)
    ok(try_request(zone, case))
    assert "sign_park" in elements(zone, case)


def test_withdrawn_after_the_first_signature(zone: Zone) -> None:
    case = requested(zone)
    park(zone, case)
    refused(zone.act("park_east", case, "extension.withdraw", reason="x"), 403)
    ok(zone.act("enterprise01", case, "extension.withdraw", reason="设备提前到货"))
    assert "sign_department" not in elements(zone, case)
    assert date_stands(zone, case)


@pytest.mark.parametrize("one", [True, False], ids=["one", "both"])
def test_silence_climbs_to_the_top_of_the_ladder_and_never_consents(
    zone: Zone, *, one: bool
) -> None:
    case = requested(zone)
    if one:
        park(zone, case)
    silent = {"sign_department"} if one else {"sign_park", "sign_department"}
    zone.advance("P7D")
    assert elements(zone, case) & {"sign_park", "sign_department"} == silent
    rungs = [act for act in zone.acts_done(case) if act == "rung.fired"]
    assert len(rungs) >= 3 * len(silent)
    for person in ("leader_incharge", "leader_principal", "office_head"):
        refused(zone.try_(person, case, "sign_department", decision="agree"), 403)
    until(zone, hours=1)
    assert zone.case(case)["state"] == "overdue_pending"
    department(zone, case, person="industry_economy_deputy")
    if not one:
        park(zone, case, person="park_east_deputy")
    assert zone.case(case)["state"] == "rectifying"


def test_after_expiry_inadmissible(zone: Zone) -> None:
    case = roads.served(zone, "larger")
    until(zone)
    refused(try_request(zone, case), 409)
    offered = {one["name"] for one in zone.case(case, "enterprise01")["acts"]}
    assert "extension.request" not in offered


def test_a_second_with_the_leader_and_no_third(zone: Zone) -> None:
    case = granted(zone)
    refused(try_request(zone, case, **asked(zone, "2026-04-20")), 422, "expert_opinion")
    too_far = second(zone, "2026-04-27")
    refused(try_request(zone, case, **too_far), 422, "new_date")
    ok(try_request(zone, case, **second(zone, "2026-04-26")))
    park(zone, case)
    department(zone, case)
    assert zone.deadline(case, "rectification", "live") == date(2026, 3, 27)
    zone.do("leader_incharge", case, "sign_leader", decision="agree")
    assert zone.deadline(case, "rectification", "live") == date(2026, 4, 26)
    told = refused(try_request(zone, case, **second(zone, "2026-05-01")), 409)
    assert "committee" in told["detail"]


def ordered(zone: Zone, finder: str, person: str) -> str:
    case = zone.begin(person, finder_body=finder)
    zone.do(person, case, "confirm_level", level="larger", reason=None)
    zone.do(person, case, "serve_order", **roads.paper(zone, "larger", document_kind="order"))
    return case


def test_an_order_waits_for_its_issuer(zone: Zone) -> None:
    case = ordered(zone, "bureau", "inspector1")
    ok(try_request(zone, case))
    park(zone, case)
    department(zone, case)
    assert zone.deadline(case, "rectification", "live") == date(2026, 3, 27)
    assert zone.deadline(case, "order", "live") == DUE
    zone.do("bureau_head", case, "issuer_reply", decision="agree", opinion="同意")
    assert zone.deadline(case, "order", "live") == date(2026, 3, 27)


def test_a_signatory_that_issued_the_order_answers_at_once(zone: Zone) -> None:
    manager, command = of_the_department(zone, "industry_environment")
    officer = "industry_environment_officer"
    case = zone.begin(officer, enterprise=manager, finder_body="industry_environment")
    zone.do(officer, case, "confirm_level", level="larger", reason=None)
    zone.do(officer, case, "serve_order", **roads.paper(zone, "larger", document_kind="order"))
    data = asked(zone, evidence=[zone.photo(manager)])
    ok(zone.act(manager, case, "extension.request", **data))
    signed = zone.try_("industry_environment", case, "sign_department", decision="agree")
    refused(signed, 422, "order_reply")
    answer = {"decision": "agree", "order_reply": "agree"}
    zone.do("industry_environment", case, "sign_department", **answer)
    zone.do(command, case, "sign_park", decision="agree")
    assert zone.deadline(case, "order", "live") == date(2026, 3, 27)
    assert "issuer_reply" not in elements(zone, case)


def of_the_department(zone: Zone, body: str) -> tuple[str, str]:
    """Return an enterprise of a department and the command that signs for it."""
    with zone.bihuan.database.read() as session:
        found = organisation.enterprises(session)
    return next((one.id, one.command) for one in found if one.industry_department == body)


@pytest.mark.parametrize("how", ["approved", "refused", "withdrawn"])
def test_expiry_with_a_pending_request(zone: Zone, how: str) -> None:
    case = requested(zone)
    park(zone, case)
    until(zone, hours=2)
    assert zone.case(case)["state"] == "overdue_pending"
    if how == "approved":
        department(zone, case)
        assert zone.case(case)["state"] == "rectifying"
        assert zone.deadline(case, "rectification", "live") == date(2026, 3, 27)
        return
    if how == "refused":
        department(zone, case, "refuse")
    else:
        ok(zone.act("enterprise01", case, "extension.withdraw", reason="x"))
    assert zone.case(case)["state"] == "overdue"
    assert date_stands(zone, case, "expired")


def test_an_objection_upheld_lets_the_original_date_stand_again(zone: Zone) -> None:
    case = granted(zone)
    zone.do("bureau_clerk", case, "file", decision="object", reason="属资金原因")
    zone.do("leader_incharge", case, "objection", decision="uphold", reason="不属客观因素")
    assert date_stands(zone, case)
    assert "extension.undone" in zone.acts_done(case)


def test_one_person_may_not_sign_for_both_bodies_over_the_interface(zone: Zone) -> None:
    with zone.bihuan.database.begin() as session:
        organisation.grant(session, "park_east", "industry_economy", "head")
    case = requested(zone)
    park(zone, case)
    refused(zone.try_("park_east", case, "sign_department", decision="agree"), 403)


def test_a_stale_page_of_a_signature_is_told(zone: Zone) -> None:
    case = requested(zone)
    task = zone.task(case, "sign_department")
    client = zone.client("industry_economy")
    seen = client.get(f"/tasks/{task}").headers["ETag"]
    park(zone, case, "return")
    answer = client.post(f"/tasks/{task}/complete", {"data": word("agree")}, {"If-Match": seen})
    assert answer.status_code in (404, 409, 412)
    assert date_stands(zone, case)
