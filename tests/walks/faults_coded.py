"""Faults planted in the domain and the runtime: each puts something plausible in a rule's place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import date, timedelta
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest import mock

from engine import clock
from engine.work import case_run, command, rungs
from workflows.domain import (
    application,
    deadline,
    deadlines,
    hazard_case,
    interview_dates,
    raising,
    rechecking,
    regrading,
    serving,
)
from workflows.domain import enforcement_dates as dates
from workflows.domain import extension_requests as requests
from workflows.domain.extension import asking, deciding, effect, lapsing, signing
from workflows.domain.interview import opening

Planting = Callable[[], AbstractContextManager[Any]]


def _instead(place: object, name: str, new: Callable[[Any], Any]) -> Planting:
    """Return what puts something in the place of a function while it is planted."""
    return lambda: mock.patch.object(place, name, new(getattr(place, name)))


def _nothing(_original: Any) -> Callable[..., None]:  # noqa: ANN401 any function
    return lambda *_args, **_more: None


def _answering(value: object) -> Callable[[Any], Callable[..., object]]:
    return lambda _original: lambda *_args, **_more: value


def _from_today(original: Any) -> Callable[..., None]:  # noqa: ANN401 any function
    """Count the extension from the day of the approval."""

    def extend(row: Any, request: dict[str, Any], context: Any) -> None:  # noqa: ANN401
        span = _day(request["new_date"]) - _day(request["original_due"])
        today = clock.beijing_date(context.now)
        original(row, {**request, "new_date": max(today + span, row.due_date).isoformat()}, context)

    return extend


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _consenting(original: Any) -> Callable[..., Any]:  # noqa: ANN401 any function
    """Take silence up to the last rung for the signature of whoever kept silent."""

    def fired(self: Any, case: Any, rung: Any, task: Any, context: Any) -> Any:  # noqa: ANN401
        request = requests.undecided(case.data)
        if request and task and task.act in signing.PARTS and rung.name == "leader_and_office":
            word = {"part": signing.PARTS[task.act][0], "by": task.id, "decision": "agree"}
            word |= {name: request[name] for name in ("new_date", "content_hash", "revision")}
            word |= {"standing": True, "acting_for": None, "order_reply": None}
            requests.write(case.data, {**request, "signatures": [*request["signatures"], word]})
        return original(self, case, rung, task, context)

    return fired


def _from_now(_original: Any) -> Callable[..., Any]:  # noqa: ANN401 any function
    """Date the interview from when the expiry was recorded."""
    return lambda case, _row, context: case.start(
        "interview", case.begin(context.now, context.actor.id, context.now)
    )


def _kept_if_signed(original: Any) -> Callable[..., None]:  # noqa: ANN401 any function
    def end(case: Any, request: Any, status: str, context: Any) -> None:  # noqa: ANN401
        if status != "withdrawn" or not request["signatures"]:
            original(case, request, status, context)

    return end


def _when_recorded(original: Any) -> Callable[..., None]:  # noqa: ANN401 any function
    """Call a date expired when somebody noticed."""

    def expire(row: Any, actor: str, at: Any, note: str = "") -> None:  # noqa: ANN401
        original(row, actor, at, note)
        row.expired_at = at

    return expire


def _restarting(original: Any) -> Callable[..., None]:  # noqa: ANN401 any function
    """Give a failed recheck a new date."""

    def fail(case: Any, recheck: Any, context: Any) -> None:  # noqa: ANN401
        original(case, recheck, context)
        for row in case.of_kind("rectification"):
            if row.state == "live":
                row.due_date += timedelta(days=3)
                row.due_at += timedelta(days=3)

    return fail


def _blind(module: ModuleType, **instead: Any) -> SimpleNamespace:  # noqa: ANN401 any function
    """Return a module with something else in it, for one of those who import it."""
    return SimpleNamespace(**{**vars(module), **instead})


def _one_by_one(_original: Any) -> Callable[..., Any]:  # noqa: ANN401 any function
    """Let each listener go on before the next one hears of it."""

    def signal(self: Any, name: str, thrower: Any) -> Any:  # noqa: ANN401
        told = [i for i in self.live if i is not thrower and name in i.signals]
        for one in told:
            if one.live and name in one.signals:
                self.load(one).deliver_signal(name)
                self._run(one)
        return told

    return signal


def _unsigned(original: Any) -> Callable[..., Any]:  # noqa: ANN401 any function
    """Move the date of an order without asking who issued it."""

    def order(case: Any, request: Any, context: Any) -> Any:  # noqa: ANN401
        found = original(case, request, context)
        if found and found["decision"] is None:
            effect._extend(effect.row_of(case, found["deadline"]), request, context)
        return found

    return order


def _undecided(_original: Any) -> SimpleNamespace:  # noqa: ANN401 a module
    return _blind(requests, undecided=lambda _data: None)


def _still_running(original: Any) -> Callable[..., Any]:  # noqa: ANN401 any function
    """Take the last date, whether it has passed or not."""

    def running(case: Any, context: Any) -> Any:  # noqa: ANN401
        rows = list(case.of_kind("rectification"))
        return rows[-1] if rows else original(case, context)

    return running


def _unending(_original: Any) -> SimpleNamespace:  # noqa: ANN401 a module
    return _blind(deadline, end=lambda *_: None)


def _all_awaited(_original: Any) -> Callable[..., Any]:  # noqa: ANN401 any function
    """Let the final date run while a timely request is undecided."""

    def awaited(self: Any) -> Any:  # noqa: ANN401
        found = [d for d in self.of_kind("rectification", "order", "final") if d.state == "live"]
        return sorted(found, key=lambda row: row.due_at)

    return awaited


CODED: Mapping[str, Planting] = {
    "a late approval counts from the approval": _instead(effect, "_extend", _from_today),
    "silence consents": _instead(application.HazardApplication, "rung_fired", _consenting),
    "the interview is dated from now": _instead(opening, "_start_duty", _from_now),
    "an approval after day 3 ends the interview": _instead(
        interview_dates, "_came_late", _answering(False)
    ),
    "a withdrawal after the first signature is not kept": _instead(
        deciding, "_end", _kept_if_signed
    ),
    "an expiry is dated when it is recorded": _instead(deadline, "expire", _when_recorded),
    "a failed recheck restarts the clock": _instead(rechecking, "_fail", _restarting),
    "the final date runs while a request is undecided": _instead(
        hazard_case.HazardCase, "awaited", _all_awaited
    ),
    "enforcement does not wait for the request": _instead(
        dates,
        "due",
        lambda original: lambda data, *more: original({**data, "extension_requests": []}, *more),
    ),
    "two requests at once": _instead(asking, "requests", _undecided),
    "a request after expiry": _instead(asking, "_running_date", _still_running),
    "a third extension": _instead(asking, "_check_count", _nothing),
    "an upheld objection leaves the date": _instead(effect, "_fall_back", _nothing),
    "an order's date moves without its issuer": _instead(effect, "_order", _unsigned),
    "a passed recheck leaves the issuer to answer": _instead(lapsing, "_end_answers", _nothing),
    "the level is lowered after expiry": _instead(regrading, "check_before_expiry", _nothing),
    "raising keeps the old dates": _instead(regrading, "acts", _unending),
    "a proposal to raise outlives its paper": _instead(raising, "lapse", _nothing),
    "raising keeps side processes": _instead(case_run.CaseRun, "_end_side_processes", _nothing),
    "a level lowered and raised again brings new time": _instead(
        serving, "_already_printed", _answering(None)
    ),
    "a major hazard's interview waits for working days": _instead(
        deadlines, "_roll_rule", _answering("clock.roll.authority")
    ),
    "acts do not catch up first": _instead(command, "_is_behind", _answering(False)),
    "the end of the case cancels nothing": _instead(case_run.CaseRun, "cancel", _nothing),
    "a listener goes on before the next one hears": _instead(
        case_run.CaseRun, "signal", _one_by_one
    ),
    "a repeated request is done again": _instead(command, "remember", _nothing),
    "no rung is ever fired": _instead(rungs, "_fire", _nothing),
}
