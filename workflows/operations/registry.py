"""Every operation that a diagram may name, with what it answers; written by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from engine.ports import Context, Grant, Operation
from workflows.domain import (
    expiry,
    generic_operations,
    listing,
    listing_progress,
    listing_publication,
    listing_withdrawal,
    notifications,
    raising,
    rechecking,
    rectifying,
    regrading,
    striking_off,
)
from workflows.domain.enforcement import registered as enforcement
from workflows.domain.extension import registered as extension
from workflows.domain.generic_parameters import PARAMETERS
from workflows.domain.hazard_case import HazardCase
from workflows.domain.interview import registry as interview
from workflows.domain.papers import steps as papers


def report_to_park(case: HazardCase, context: Context) -> None:
    """Tell the park command at once of a major hazard (article 16)."""
    number = case.data["number"]
    news = notifications.News(
        "major.reported", f"{number} 重大隐患已确认并送达", f"{number}: a major hazard is confirmed"
    )
    command = case.body("park_command")
    notifications.tell(case, [Grant(command, "head"), Grant(command, "deputy")], news, context)
    case.data["reported_to_park_at"] = context.now.isoformat()
    context.journal.record("major.reported_to_park", {"body": command})


OUTLIVING = frozenset({"listed_supervision", "overdue_interview", "enforcement", "void_request"})
"""Side processes that outlive the paper they began with: a listing stands until it is taken
down, the duty that an expiry brought about until it is done, and a proposal to void until it is
decided."""


def cancel_order(case: HazardCase, context: Context) -> None:
    """Close the old paper; what hung on it ends, save listings and duties that have arisen."""
    raising.lapse(case, context)
    regrading.replace_order(case, context)
    context.end_side_processes("order.cancelled", keep=OUTLIVING)


def _leave(exit_name: str) -> Callable[[HazardCase, Context], None]:
    return partial(_leave_by, exit_name)


def _leave_by(exit_name: str, case: HazardCase, context: Context) -> None:
    striking_off.leave(case, exit_name, context)


def _operation(step: Callable[[HazardCase, Context], object]) -> Operation:
    """Return a step as an operation: everything it needs is in the case, not in the token."""

    def run(case: Any, token: Mapping[str, Any], context: Context) -> Any:  # noqa: ANN401, ARG001
        return step(case, context)

    return run


_STEPS: dict[str, Operation] = {
    "deadline.expire": _operation(expiry.expire),
    **interview.OPERATIONS,
    **extension.OPERATIONS,
    "listing.raise": _operation(listing.raised),
    "listing.published": _operation(listing_publication.published),
    "listing.next_report": _operation(listing_progress.next_report),
    "listing.missed": _operation(listing_progress.missed),
    "listing.withdrawn": _operation(listing_withdrawal.withdrawn),
    "major.report_to_park": _operation(report_to_park),
    "plan.lapse": _operation(rectifying.lapsed),
    "recheck.conclude": _operation(rechecking.conclude),
    "order.cancelled": _operation(cancel_order),
    "case.struck_off": _operation(striking_off.struck_off),
    "case.voided": _operation(_leave("voided")),
    "case.transferred": _operation(_leave("transferred")),
    "case.shut_down": _operation(_leave("shut_down")),
    **enforcement.OPERATIONS,
    **generic_operations.OPERATIONS,
}

OPERATIONS: dict[str, Operation] = {
    name: papers.with_paper(name, step) for name, step in _STEPS.items()
}

RESULT_TYPES: dict[str, str | None] = {
    "deadline.expire": "string",
    **interview.RESULT_TYPES,
    **extension.RESULT_TYPES,
    "listing.raise": None,
    "listing.published": None,
    "listing.next_report": "string",
    "listing.missed": None,
    "listing.withdrawn": None,
    "major.report_to_park": None,
    "plan.lapse": None,
    "recheck.conclude": "string",
    "order.cancelled": None,
    "case.struck_off": None,
    "case.voided": None,
    "case.transferred": None,
    "case.shut_down": None,
    **enforcement.RESULT_TYPES,
    **{name: info.result for name, info in PARAMETERS.items()},
}
"""FEEL type of each answer; None where an operation answers nothing."""
