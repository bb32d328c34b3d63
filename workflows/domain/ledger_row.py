"""The ledger row of a case, written in the same transaction as the case itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import Update, bindparam, insert, update
from sqlalchemy.orm import Session

from engine.ports import Context, JsonMap
from engine.store.base import Base, table
from workflows.domain import instants, ledger_keys
from workflows.domain import interview_entries as interview
from workflows.domain.deadline import Deadline
from workflows.domain.hazard_case import HazardCase
from workflows.domain.ledger_tables import DeadlineChangeRow, DeadlineRow, HazardRow
from workflows.domain.org_facts import ABOVE_SCALE

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


_ADD = insert(table(HazardRow))
_ADD_DEADLINE = insert(table(DeadlineRow))
_ADD_CHANGE = insert(table(DeadlineChangeRow))


def write(case: HazardCase, context: Context) -> None:
    """Write what a command changed in the row of a case, in its deadlines and their changes.

    What stood before is told by the document that the command began with, for the row was
    written with it: it need not be read again. `case.ledger` is None where there is no row yet.
    """
    session = context.session
    values, before = shown(case), case.ledger
    written = {"updated_at": context.now}
    if before is None:
        _add(session, case.id, values | written)
    else:
        # What is derived from texts takes a while to make, so it is made only when they change.
        changed = {name: value for name, value in values.items() if before[name] != value}
        if not changed.keys().isdisjoint(ledger_keys.TEXTS):
            changed |= ledger_keys.of(values)
        if not _update(session, HazardRow, {"case_id": case.id}, changed | written):
            _add(session, case.id, values | written)
    _write_deadlines(session, case)
    case.ledger = values


def write_anew(session: Session, case: HazardCase, now: datetime) -> None:
    """Write every column of the row of a case, and its dates where none is there any more."""
    values = shown(case) | {"updated_at": now}
    whole = values | ledger_keys.of(values)
    if not _update(session, HazardRow, {"case_id": case.id}, whole):
        _add(session, case.id, values)
    changes: list[dict[str, Any]] = []
    for deadline in case.deadlines:
        key = {"case_id": case.id, "number": deadline.number}
        values = {name: getattr(deadline, name) for name in DEADLINE_COLUMNS}
        session.connection().execute(_ADD_DEADLINE, key | values)
        changes += _changes(key, deadline, 0)
    if changes:
        session.connection().execute(_ADD_CHANGE, changes)


def _add(session: Session, case_id: str, values: Mapping[str, Any]) -> None:
    session.connection().execute(_ADD, {"case_id": case_id, **values, **ledger_keys.of(values)})


def _update(
    session: Session, kind: type[Base], key: Mapping[str, Any], values: Mapping[str, Any]
) -> bool:
    """Update the row of a key past the mapper; return whether there is one."""
    statement = _of_columns(kind, tuple(key), tuple(values))
    given = {f"key_{name}": value for name, value in key.items()}
    return session.connection().execute(statement, {**given, **values}).rowcount > 0


@lru_cache(maxsize=1024)
def _of_columns(kind: type[Base], key: tuple[str, ...], names: tuple[str, ...]) -> Update:
    """Return the statement that updates some columns; commands change the same ones again."""
    rows = table(kind)
    found = update(rows).values({name: bindparam(name) for name in names})
    return found.where(*(rows.c[name] == bindparam(f"key_{name}") for name in key))


def columns(case: HazardCase) -> dict[str, Any]:
    """Return what the row of a case holds, all but when it was written."""
    said = shown(case)
    return {**said, **ledger_keys.of(said)}


def shown(case: HazardCase) -> dict[str, Any]:
    """Return what the row of a case says in words and dates, without the keys made of them."""
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


def _write_deadlines(session: Session, case: HazardCase) -> None:
    changes: list[dict[str, Any]] = []
    for deadline, now, before in case.store_deadlines():
        key = {"case_id": case.id, "number": deadline.number}
        values = {name: getattr(deadline, name) for name in DEADLINE_COLUMNS}
        if before is None or not _update_deadline(session, key, values, now, before):
            session.connection().execute(_ADD_DEADLINE, key | values)
        changes += _changes(key, deadline, 0 if before is None else len(before["changes"]))
    if changes:
        session.connection().execute(_ADD_CHANGE, changes)


def _update_deadline(
    session: Session, key: JsonMap, values: JsonMap, now: JsonMap, before: JsonMap
) -> bool:
    """Update what differs; what a row does not show may have changed alone."""
    differs = {name: values[name] for name in values if now[name] != before.get(name)}
    return not differs or _update(session, DeadlineRow, key, differs)


def _changes(key: Mapping[str, Any], deadline: Deadline, known: int) -> Iterator[dict[str, Any]]:
    """Yield the rows of the changes that came after those known; none is ever edited."""
    for seq, change in enumerate(deadline.changes[known:], known + 1):
        yield {
            **key,
            "seq": seq,
            "cause": change.cause,
            "actor": change.actor,
            "at": change.at,
            "before_date": change.before,
            "after_date": change.after,
            "note": change.note,
        }
