"""Opening: every expiry brings an interview, or a talk where the article asks for no more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from engine import clock
from engine.errors import Incident
from engine.ports import Context, Grant, JsonMap
from workflows.domain import extension_requests as requests
from workflows.domain import interview_entries as entries
from workflows.domain import interview_hosts as hosts
from workflows.domain import notifications
from workflows.domain.deadline import Deadline
from workflows.domain.hazard_case import HazardCase
from workflows.domain.interview import counters, lateness

INTERVIEW = "interview"
TALK = "talk"
_LEADER = "leader_incharge"


def open_interview(
    case: HazardCase,
    token: Mapping[str, Any],  # noqa: ARG001 it bears no number yet
    context: Context,
) -> int:
    """Write the entry of an expiry and date the duty from the expired date's last day.

    Returns:
        Its number; 0 where one and the same lateness has had its interview already.
    """
    expired = case.expired
    if expired is None:
        raise Incident("Expected an expired date, but there is none", "没有逾期记录，不能发起约谈")
    before = lateness.of_the_same(case, expired)
    if lateness.stands(before):
        lateness.taken_up(case, before[-1], expired, context)
        return 0
    counted = counters.counted(case, expired, context)
    kind = INTERVIEW if _is_owed(case, counted) else TALK
    duty = _start_duty(case, expired, context) if kind == INTERVIEW else None
    silent = silent_parts(case)
    entry = {
        "number": len(case.data["interviews"]) + 1,
        "deadline": expired.number,
        "due_date": expired.due_date.isoformat(),
        "resumes": before[-1]["number"] if before else None,
        "duty": duty.number if duty else None,
        "round": case.round,
        "opened_at": context.now.isoformat(),
        "kind": kind,
        "subject": entries.AUTHORITY if silent else entries.ENTERPRISE,
        "silent": silent,
        "counters": counted,
        "recheck_late": _recheck_late(expired),
        **_blank(),
    }
    case.data["interviews"] = [*case.data["interviews"], entry]
    case.data["interviewed"] = False
    _tell(case, entry, duty, context)
    return int(entry["number"])


def keep_matrix(case: HazardCase, token: Mapping[str, Any], context: Context) -> None:
    """Keep the host that the table names, and why; another one may be confirmed."""
    entry = entries.find(case.data, token)
    host, why = hosts.named(token.get("matrix"))
    hosts.grant(case, host)
    entries.change(case.data, entry, matrix_host=host, host=host, why=why)
    kept = {"interview": entry["number"], "host": host, "why": why}
    context.journal.record("interview.matrix", kept)


def silent_parts(case: HazardCase) -> list[str]:
    """Return who has not answered a timely request; nobody while the enterprise has it back."""
    request = case.data["extension_requests"][-1] if case.data["extension_requests"] else {}
    if not requests.timely_pending(case.data) or request.get("status", "pending") != "pending":
        return []
    signed = {one["part"] for one in request.get("signatures") or () if one.get("standing")}
    missing = [part for part in case.basis.rules.words("extension.signers") if part not in signed]
    return missing or ([_LEADER] if request.get("second") and _LEADER not in signed else [])


def _is_owed(case: HazardCase, counted: Mapping[str, Any]) -> bool:
    rules = case.basis.rules
    if case.level in rules.words("interview.levels"):
        return True
    times = counted["overdue_90"] + counted["same_hazard"] + 1
    return bool(times >= rules.whole("interview.general_overdue_count"))


def _start_duty(case: HazardCase, expired: Deadline, context: Context) -> Deadline:
    """The last day of the limit is day 0, whenever the expiry was recorded."""
    last_moment = expired.due_at - timedelta(microseconds=1)
    return case.start("interview", case.begin(last_moment, context.actor.id, context.now))


def _recheck_late(expired: Deadline) -> JsonMap | None:
    """The days that a late recheck cost, after a report in time: nobody blames the enterprise."""
    if expired.resumed_at is None or expired.resumed_at < expired.due_at:
        return None
    last = clock.beijing_date(expired.resumed_at)
    return {"from": (expired.due_date + timedelta(days=1)).isoformat(), "to": last.isoformat()}


def _blank() -> JsonMap:
    return {
        "matrix_host": None,
        "why": None,
        "host": None,
        "proposal": None,
        "confirmation": None,
        "notice": None,
        "no_shows": [],
        "postponements": [],
        "held": None,
        "report_duty": None,
        "talk": None,
        "late": False,
        "late_reason": None,
        "lapsed": None,
        "report": None,
    }


def _tell(case: HazardCase, entry: JsonMap, duty: Deadline | None, context: Context) -> None:
    due = duty.due_date.isoformat() if duty else None
    facts = {name: entry[name] for name in ("number", "kind", "subject", "recheck_late", "resumes")}
    context.journal.record("interview.opened", {**facts, "due_date": due})
    if due is None:
        return
    number = case.data["number"]
    news = notifications.News(
        "interview.opened",
        f"{number} 整改逾期，须于 {due} 24时前约谈",
        f"{number} is overdue: the interview is held by the end of {due}",
    )
    office = case.body("office")
    concerned = [Grant(office, role) for role in ("officer", "head")]
    leader = Grant(case.body("leaders"), "in_charge")
    notifications.tell(case, [*concerned, leader], news, context)
