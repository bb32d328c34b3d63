"""Cases of one enterprise in every stage, each with words that only its readers may meet."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from engine import clock
from tests.api import roads
from tests.api.harness import Zone, ok
from tests.api.test_enforcement_scenarios import check_list, decide
from tests.api.test_extension_scenarios import asked
from tests.domain.pictures import jpeg
from workflows.domain import organisation
from workflows.importing import jobs

CASES = ("late", "fresh", "running", "voiding", "raising")

CASE_WORDS = "甲号炉冷却水无报警"
"""In the description of every case: whoever meets it has read of a case."""

RAISING = {"criterion": roads.CLAUSE, "reason": "连续两次复现"}

OPINION_WORDS = "内部意见勿外传"
"""In a comment among authorities."""

HOST_WORDS = "人选理由勿外传"
"""In the proposal of who holds an interview."""

REFERRAL_WORDS = "移送底稿勿外传"
"""In the check list of a referral."""

KNOWN_TO = {
    CASE_WORDS: "sees",
    OPINION_WORDS: "opinions",
    HOST_WORDS: "opinions",
    REFERRAL_WORDS: "referral_team",
}
"""Who may meet which words, by the sets of the table."""


def build(zone: Zone) -> dict[str, str]:
    """Play the cases and return the ids that the rows of the table name."""
    named: dict[str, str] = {}
    late = roads.served(zone, "major", description=CASE_WORDS)
    zone.advance("P15DT16H")
    decide(zone, late, "referral")
    found = check_list(zone, "inspector1") | {"refusal_note": REFERRAL_WORDS}
    named["referral_file"] = found["refusal_evidence"][0]
    zone.do("inspector1", late, "check_elements", **found)
    zone.do("office", late, "propose_host", host="park_command", reason=HOST_WORDS)
    named["late"] = late
    named["fresh"] = zone.begin(description=CASE_WORDS)
    named["running"] = roads.served(zone, "larger", description=CASE_WORDS)
    ok(zone.act("inspector1", named["running"], "comment", text=OPINION_WORDS))
    ok(zone.act("enterprise01", named["running"], "extension.request", **later(zone)))
    named["voiding"] = roads.served(zone, "larger", description=CASE_WORDS)
    ok(zone.act("bureau_deputy", named["voiding"], "case.void_propose", reason="重复登记"))
    named["raising"] = roads.served(zone, "general", description=CASE_WORDS)
    for case in ("running", "raising"):
        ok(zone.act("inspector1", named[case], "level.raise_propose", **RAISING))
    zone.do("inspector2", named["raising"], "second_raise", decision="agree", reason="属实")
    named["own_file"] = photo(zone, "enterprise01")
    named["import"] = zone.bihuan.database.run(sent_ledger)
    named |= _of(zone, named)
    return named


def later(zone: Zone) -> Mapping[str, Any]:
    """Return what an extension is asked for with."""
    return asked(zone, zone.today(25))


def sent_ledger(session: Session) -> str:
    """Send a ledger to be imported, which nobody has checked yet."""
    officer = organisation.actor_of(session, "inspector1", clock.now())
    return jobs.submit(session, officer, "default", "台账.csv", f"{CASE_WORDS}\n".encode())


def photo(zone: Zone, person: str) -> str:
    """Send a photo that belongs to no case yet."""
    sent = {"file": (io.BytesIO(jpeg(colour="red")), "未用.jpg")}
    return str(ok(zone.client(person).send("POST", "/evidence", data=sent), 201)["id"])


def _of(zone: Zone, named: Mapping[str, str]) -> dict[str, str]:
    """Return a file, a paper and the open tasks of the cases."""
    found: dict[str, str] = {}
    for case in ("late", "fresh", "running"):
        for step in zone.case(named[case])["next"]:
            found[f"{case}.{step['element']}"] = step["task"]
    for case, element in (("voiding", "decide_void"), ("raising", "decide_raise")):
        steps = {step["element"]: step["task"] for step in zone.case(named[case])["next"]}
        found[f"{case}.{element}"] = steps[element]
    found["file"] = zone.case(named["running"])["evidence"][0]["id"]
    papers = ok(zone.client("bureau_head").get(f"/cases/{named['running']}/papers"))["items"]
    found["paper"] = papers[0]["id"]
    return found
