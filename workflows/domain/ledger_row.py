"""The ledger row of a case, written in the same transaction as the case itself."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from engine.ports import Context, JsonMap
from engine.store.base import table
from workflows.domain import instants, ledger_keys
from workflows.domain import interview_entries as interview
from workflows.domain.deadline import Deadline
from workflows.domain.hazard_case import HazardCase
from workflows.domain.ledger_tables import DeadlineChangeRow, DeadlineRow, HazardRow
from workflows.domain.org_facts import ABOVE_SCALE

_ADD = insert(table(HazardRow))

DEADLINE_COLUMNS = (
    "kind",
    "state",
    "rule_set",
    "rule_version",
    "rule",
    "article",
    "start_event",
    "started_at",
    "unit",
    "days",
    "due_date",
    "due_at",
    "round",
    "provisional",
    "met_at",
    "expired_at",
    "recorded_at",
)


def write(case: HazardCase, context: Context) -> None:
    """Write the row of a case with its deadlines and their changes."""
    session = context.session
    values = _shown(case) | {"updated_at": context.now}
    row = None if case.is_new else session.get(HazardRow, case.id)
    if row is None:
        # Written as it is, past the mapper: nothing reads it as an object in this command.
        session.execute(_ADD, {"case_id": case.id, **values, **ledger_keys.of(values)})
    else:
        # What is derived from texts takes a while to make, so it is made only when they change.
        if any(getattr(row, name) != values[name] for name in ledger_keys.TEXTS):
            values |= ledger_keys.of(values)
        for name, value in values.items():
            setattr(row, name, value)
    session.flush()
    for deadline in case.changed_deadlines():
        _write_deadline(session, case.id, deadline)


def columns(case: HazardCase) -> dict[str, Any]:
    """Return what the row of a case holds, all but when it was written."""
    shown = _shown(case)
    return {**shown, **ledger_keys.of(shown)}


def _shown(case: HazardCase) -> dict[str, Any]:
    return {**_identity(case), **_finding(case), **_supervision(case), **_progress(case)}


def _identity(case: HazardCase) -> dict[str, Any]:
    enterprise = case.data["enterprise"]
    return {
        "agency": case.agency,
        "number": case.data["number"],
        "enterprise": enterprise["id"],
        "enterprise_name_zh": enterprise["name_zh"],
        "enterprise_name": enterprise["name"],
        "industry": enterprise["industry"],
        "park": enterprise["park"],
        "town": enterprise["town"],
        "industry_department": enterprise["industry_department"],
        "address": enterprise["address"],
        "above_scale": enterprise["size_class"] == ABOVE_SCALE,
        "sort_key": enterprise["sort_key"],
    }


def _finding(case: HazardCase) -> dict[str, Any]:
    data = case.data
    return {
        "location": data["location"][:500],
        "origin": data["source"],
        "entry_mode": data["entry_mode"],
        "found_at": case.found_at,
        "finder_body": case.body("finder"),
        "registered_by": data["registered_by"],
        "registered_at": instants.stored(data["registered_at"]),
        "description": data["description"],
        "category": data["category"],
        "subcategory": data["subcategory"][:100],
        "level": data["level"],
        "criterion": data["criterion"][:500],
        "imminent": data["imminent"],
        "photos": len(data["photos"]),
        "duplicate_of": data["duplicate_of"],
        "fingerprint": data["fingerprint"],
    }


def _supervision(case: HazardCase) -> dict[str, Any]:
    data = case.data
    order, plan = data["order"] or {}, data["plan"] or {}
    return {
        "funds_wan": _funds(plan, data["reports"]),
        "planned_date": _day(plan.get("finish_date")),
        "responsible_person": str(plan.get("responsible") or "")[:100],
        "supervising_body": case.body("issuer"),
        "supervising_person": str(order.get("served_by") or ""),
        "order_kind": order.get("kind"),
        "served_at": instants.optional(order.get("served_at")),
        "extensions": data["extensions"],
        "extension_pending": data["extension_pending"],
        "listing_grade": data["listing"]["grade"],
        "experts": "".join(f" {person} " for person in data["experts"])[:500],
    }


def _progress(case: HazardCase) -> dict[str, Any]:
    data = case.data
    current = _current(case)
    left = data["exit"] if case.closed else None
    return {
        "current_due_date": current.due_date if current else None,
        "current_due_at": current.due_at if current else None,
        "overdue_since": case.overdue_since,
        "interview_late": interview.is_late(data),
        "done_at": instants.optional(data["done_at"]),
        "recheck_result": data["rechecks"][-1]["verdict"] if data["rechecks"] else None,
        "struck_off_at": _left_at(left, "struck_off"),
        "exit": left["kind"] if left else None,
        "state": case.state,
        "round": case.round,
    }


def _current(case: HazardCase) -> Deadline | None:
    """The date that counts now: awaited, else the last of the paper in force."""
    found = list(case.of_kind("rectification", "final"))
    running = [deadline for deadline in found if deadline.running]
    return running[-1] if running else found[-1] if found else None


def _funds(plan: JsonMap, reports: list[JsonMap]) -> Decimal | None:
    spent = [report["cost"] for report in reports if report["cost"] is not None]
    found = spent[-1] if spent else plan.get("funds")
    return None if found is None else Decimal(str(found))


def _day(text: str | None) -> Any:  # noqa: ANN401 a date or nothing
    return instants.entered_day(text, "finish_date") if text else None


def _left_at(left: JsonMap | None, kind: str) -> Any:  # noqa: ANN401 an instant or nothing
    return instants.stored(left["at"]) if left and left["kind"] == kind else None


def _write_deadline(session: Session, case_id: str, deadline: Deadline) -> None:
    row = session.get(DeadlineRow, (case_id, deadline.number))
    values = {name: getattr(deadline, name) for name in DEADLINE_COLUMNS}
    if row is None:
        session.add(DeadlineRow(case_id=case_id, number=deadline.number, **values))
    else:
        for name, value in values.items():
            setattr(row, name, value)
    for seq, change in enumerate(deadline.changes, 1):
        if session.get(DeadlineChangeRow, (case_id, deadline.number, seq)) is None:
            kept = asdict(change)
            kept["before_date"], kept["after_date"] = kept.pop("before"), kept.pop("after")
            session.add(DeadlineChangeRow(case_id=case_id, number=deadline.number, seq=seq, **kept))
