"""What an extension does to dates: it moves them, and an upheld objection moves them back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.errors import Incident
from engine.ports import Context, JsonMap
from workflows.domain import deadline as acts
from workflows.domain import enforcement_entries as enforcements
from workflows.domain import extension_requests as requests
from workflows.domain import listing_withdrawal
from workflows.domain.deadline import Change, Deadline, Step
from workflows.domain.extension import lapsing, telling
from workflows.domain.hazard_case import HazardCase

_MOVABLE = ("live", "held", "met", "expired")


def take(case: HazardCase, request: JsonMap, context: Context) -> None:
    """Put an extension in force: the date named, counted from the date that stood before."""
    row = row_of(case, request["deadline"])
    if row.due_date.isoformat() != request["original_due"]:
        raise Incident(
            f"Expected the date {request['original_due']} to stand, but it is {row.due_date}",
            "原整改期限已变动，延期不能生效",
        )
    late = context.now >= row.due_at
    _extend(row, request, context)
    if late:
        _take_overdue_back(case, context)
    effective = {
        **request,
        "status": "effective",
        "decided_at": context.now.isoformat(),
        "effective_at": context.now.isoformat(),
        "late_approval": late,
        "order": _order(case, request, context),
        "filing": _to_file(case, context),
    }
    requests.write(case.data, effective)
    context.journal.record(
        "extension.effective",
        {
            "number": request["number"],
            "original_due": request["original_due"],
            "new_date": request["new_date"],
            "late_approval": late,
        },
    )
    telling.enterprise(case, "effective", effective, context)


def move_order(case: HazardCase, request: JsonMap, context: Context) -> None:
    """Move the date of the order as its issuer has agreed."""
    _extend(row_of(case, request["order"]["deadline"]), request, context)


def undo(case: HazardCase, token: Mapping[str, Any], context: Context) -> None:
    """Let the date fall back to the original because the objection to the filing was upheld.

    The clock of the root then finds the original date: if it has passed, the case is overdue
    since that date. What was reported done meanwhile stays reported in good time.
    """
    request = requests.named(case.data, token)
    _fall_back(
        row_of(case, request["deadline"]), date.fromisoformat(request["original_due"]), context
    )
    told = {"number": request["number"], "due_date": request["original_due"]}
    order = request["order"]
    if order is not None and order["decision"] == "agree":
        before = date.fromisoformat(order["original_due"])
        _fall_back(row_of(case, order["deadline"]), before, context)
        told["order_due_date"] = order["original_due"]
    owed = row_of(case, request["filing"]["deadline"])
    if owed.running:
        acts.end(owed, "voided", context.actor.id, context.now, "备案异议成立")
    undone = {**request, "status": "ended", "undone_at": context.now.isoformat()}
    requests.write(case.data, undone)
    lapsing.when_undone(case, context)
    enforcements.weigh_anew(case)
    context.journal.record("extension.undone", told)
    listing_withdrawal.undone(case, context)
    telling.enterprise(case, "undone", undone, context)


def _to_file(case: HazardCase, context: Context) -> JsonMap:
    """Hand the extension over to the bureau, which owes the filing from now."""
    owed = case.start("filing", case.begin(context.now, context.actor.id, context.now))
    return {
        "deadline": owed.number,
        "handed_over_at": context.now.isoformat(),
        "register_number": None,
        "registered_by": None,
        "at": None,
        "returns": [],
        "objection": None,
    }


def _order(case: HazardCase, request: JsonMap, context: Context) -> JsonMap | None:
    """Return whose answer the order's date needs; a signatory's own answer moves it at once."""
    asked = date.fromisoformat(request["new_date"])
    found = [d for d in case.of_kind("order") if d.state in _MOVABLE and d.due_date < asked]
    if not found:
        return None
    row = found[-1]
    reply = _reply_with_the_signatures(case, request, context)
    order = {
        "deadline": row.number,
        "original_due": row.due_date.isoformat(),
        "answered_by": reply.get("by"),
        "at": reply.get("at"),
        "decision": reply.get("order_reply"),
        "opinion": reply.get("order_opinion"),
        "by_signature": bool(reply),
        "lapsed": None,
    }
    if order["decision"] == "agree":
        _extend(row, request, context)
    return order


def _reply_with_the_signatures(case: HazardCase, request: JsonMap, context: Context) -> JsonMap:
    """Return the issuer's answer, if a signatory gave it, or if the rules ask for none."""
    if not case.basis.rules.flag("extension.order_needs_issuer_reply"):
        return {"by": context.actor.id, "at": context.now.isoformat(), "order_reply": "agree"}
    signed = [one for one in requests.signatures(request) if one["part"] == request["issuer"]]
    return signed[-1] if signed else {}


def _extend(row: Deadline, request: JsonMap, context: Context) -> None:
    before, after = row.due_date, date.fromisoformat(request["new_date"])
    note = f"第{request['number']}号延期申请"
    change = Change("extension", context.actor.id, context.now, before, after, note)
    step = Step(
        f"延期生效，自原期限 {before} 起算，改为 {after}",
        f"Extension in force: counted from {before}, the date is {after}",
    )
    acts.extend(row, after, change, step)


def _fall_back(row: Deadline, before: date, context: Context) -> None:
    if row.state not in _MOVABLE:
        return
    note = "备案异议成立，延期撤销"
    change = Change("voided", context.actor.id, context.now, row.due_date, before, note)
    step = Step(
        f"备案异议成立，延期撤销，恢复为 {before}",
        f"Objection upheld, the extension is undone: {before} stands again",
    )
    acts.undo_extension(row, before, change, step)


def _take_overdue_back(case: HazardCase, context: Context) -> None:
    """A final date set by an interview gives way to the date of the extension."""
    note = "延期生效，最终期限不再适用"
    for row in case.of_kind("final"):
        if row.running or row.state == "expired":
            acts.end(row, "voided", context.actor.id, context.now, note)
    case.data["interviewed"] = False


def row_of(case: HazardCase, number: int) -> Deadline:
    """Return a deadline by its number; raise Incident if there is none."""
    row = next((one for one in case.deadlines if one.number == number), None)
    if row is None:
        raise Incident(
            f"Expected a deadline {number}, but there is none", f"没有第 {number} 号期限"
        )
    return row
