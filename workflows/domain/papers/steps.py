"""Which papers follow which step: after a task is done, after an operation has run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.ports import Context, Operation
from workflows.domain.hazard_case import HazardCase
from workflows.domain.papers import of_extension, of_interview, of_listing

Follow = Callable[[HazardCase, Mapping[str, Any], Context], None]

AFTER_TASKS: dict[str, Follow] = {
    "extension.issuer_reply": of_extension.application,
    "extension.file": of_extension.filing,
    "listing.progress": of_listing.progress,
    "interview.schedule": of_interview.notice,
    "interview.hold": of_interview.minutes,
    "interview.fix_final": of_interview.minutes,
    "interview.report": of_interview.report,
}
AFTER_OPERATIONS: dict[str, Follow] = {
    "extension.open": of_extension.application,
    "extension.decide": of_extension.decision,
    **dict.fromkeys(
        ("order.cancelled", "case.struck_off", "case.voided", "case.transferred", "case.shut_down"),
        of_extension.undecided,
    ),
    "extension.lapse": of_extension.undecided,
    "extension.undo": of_extension.undone,
    "extension.withdrawn": of_extension.undecided,
    "listing.published": of_listing.notice,
}


def after_task(case: HazardCase, act: str, token: Mapping[str, Any], context: Context) -> None:
    """Issue the paper that follows a task, if one does."""
    follow = AFTER_TASKS.get(act)
    if follow is not None:
        follow(case, token, context)


def with_paper(name: str, operation: Operation) -> Operation:
    """Return an operation that issues its paper when it has run."""
    follow = AFTER_OPERATIONS.get(name)
    if follow is None:
        return operation

    def run(case: Any, token: Mapping[str, Any], context: Context) -> Any:  # noqa: ANN401
        result = operation(case, token, context)
        follow(case, token, context)
        return result

    return run
