"""A deadline as a legal object: its rule, start, calculation, state and every change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from engine import clock
from engine.errors import Conflict
from workflows.domain import instants

KINDS = (
    "serve",
    "rectification",
    "order",
    "sign",
    "filing",
    "interview",
    "interview_report",
    "recheck",
    "final",
)
STATES = ("live", "met", "expired", "held", "relieved", "replaced", "voided")
CAUSES = (
    "served",
    "extension",
    "upgraded",
    "interview_final",
    "calendar_published",
    "voided",
)
"""The only causes that set, move or take away a date."""

KIND_NAMES = {
    "serve": ("文书送达", "service of the paper"),
    "rectification": ("整改期限", "rectification"),
    "order": ("指令书期限", "date of the order"),
    "sign": ("签署", "signature"),
    "filing": ("备案", "filing"),
    "interview": ("约谈", "interview"),
    "interview_report": ("约谈落实报告", "report after the interview"),
    "recheck": ("复查", "recheck"),
    "final": ("最终期限", "final date"),
}


@dataclass(frozen=True)
class Step:
    """One readable step of a calculation."""

    zh: str
    en: str


@dataclass(frozen=True)
class Change:
    """A date set, moved or taken away: the lawful cause, by whom, when, from what to what."""

    cause: str
    actor: str
    at: datetime
    before: date | None
    after: date | None
    note: str = ""


@dataclass(frozen=True)
class Event:
    """A change of state that moved no date: reported, resumed, met, expired."""

    state: str
    actor: str
    at: datetime
    note: str = ""


@dataclass
class Deadline:
    """One date of one case. `due_date` is the last day, `due_at` its 24:00, exclusive.

    `body` names who owes the duty where several bodies owe one of the same kind.
    """

    number: int
    kind: str
    rule_set: str
    rule_version: int
    rule: str
    article: str
    start_event: str
    started_at: datetime
    unit: str
    days: int
    due_date: date
    due_at: datetime
    level: str
    round: int
    set_at: datetime
    printed: bool = False
    body: str = ""
    provisional: bool = False
    state: str = "live"
    resumed_at: datetime | None = None
    met_at: datetime | None = None
    expired_at: datetime | None = None
    recorded_at: datetime | None = None
    explained: list[Step] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    @property
    def running(self) -> bool:
        """Return whether the date is still awaited, its clock running or provisionally held."""
        return self.state in ("live", "held")

    @property
    def reminded_from(self) -> datetime:
        """Return since when reminders count: rungs before this instant are skipped."""
        return max(self.set_at, self.resumed_at or self.set_at)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Deadline:
        """Return the deadline of JSON values."""
        values = dict(data)
        for name in ("started_at", "due_at", "set_at", *_OPTIONAL_INSTANTS):
            values[name] = _instant(values.get(name))
        values["due_date"] = date.fromisoformat(values["due_date"])
        values["explained"] = [Step(**step) for step in values["explained"]]
        values["changes"] = [_change(change) for change in values["changes"]]
        values["events"] = [Event(**(e | {"at": _instant(e["at"])})) for e in values["events"]]
        return cls(**values)


def hold(deadline: Deadline, actor: str, at: datetime, note: str = "") -> None:
    """Stop the clock provisionally: completion was reported."""
    _enter(deadline, "held", actor, at, note, came_from=("live",))


def resume(deadline: Deadline, actor: str, at: datetime, note: str = "") -> None:
    """Let the clock run on as if it had never stopped: the date stays what it was."""
    _enter(deadline, "live", actor, at, note, came_from=("held", "met"))
    deadline.resumed_at = at


def meet(deadline: Deadline, actor: str, met_at: datetime, at: datetime, note: str = "") -> None:
    """Record that the duty was done at `met_at`, which may lie before now."""
    _enter(deadline, "met", actor, at, note, came_from=("live", "held"))
    deadline.met_at = met_at


def meet_in_time(deadline: Deadline, actor: str, met_at: datetime, at: datetime, note: str) -> None:
    """Record a duty as done before its date although it was recorded only after that."""
    if met_at >= deadline.due_at:
        raise Conflict(
            f"Expected a duty done by {deadline.due_date}, but it was done later",
            f"未在 {deadline.due_date} 24时前完成，不能记为按期",
        )
    _enter(deadline, "met", actor, at, note, came_from=("expired",))
    deadline.met_at = met_at
    deadline.expired_at = deadline.recorded_at = None


def expire(deadline: Deadline, actor: str, at: datetime, note: str = "") -> None:
    """Record that the date passed: expired at the date itself, recorded now."""
    if at < deadline.due_at:
        raise Conflict(
            f"Expected {deadline.due_date} to have passed, but it is {instants.said(at)}",
            f"期限 {deadline.due_date} 24时尚未届满",
        )
    _enter(deadline, "expired", actor, at, note, came_from=("live", "held"))
    deadline.expired_at = deadline.due_at
    deadline.recorded_at = at


def end(deadline: Deadline, cause: str, actor: str, at: datetime, note: str = "") -> None:
    """Take a date away: replaced by re-grading upward, or voided with its case."""
    state = "replaced" if cause == "upgraded" else "voided"
    allowed = ("upgraded", "voided")
    if cause not in allowed:
        raise _unlawful(cause, allowed)
    came_from = ("live", "held", "expired")
    _enter(deadline, state, actor, at, note, came_from=came_from)
    deadline.changes.append(Change(cause, actor, at, deadline.due_date, None, note))


def move(deadline: Deadline, after: date, change: Change, step: Step) -> None:
    """Move a running date for a lawful cause; the cause and both dates stay on record."""
    allowed = ("extension", "interview_final", "calendar_published")
    if change.cause not in allowed:
        raise _unlawful(change.cause, allowed)
    if not deadline.running:
        raise _unlawful_state(deadline, "move")
    _set_day(deadline, after, change, step)


def extend(deadline: Deadline, after: date, change: Change, step: Step) -> None:
    """Move an enterprise's date by an extension, counted from the date that stood before.

    A date that had passed while the request was undecided counts as relieved: it runs again
    with its new day. A duty already met stays met, because a failed recheck may resume it.
    """
    if change.cause != "extension":
        raise _unlawful(change.cause, ("extension",))
    if deadline.state == "expired":
        _enter(deadline, "live", change.actor, change.at, change.note, came_from=("expired",))
        deadline.expired_at = deadline.recorded_at = None
    elif deadline.state not in ("live", "held", "met"):
        raise _unlawful_state(deadline, "extend")
    _set_day(deadline, after, change, step)


def undo_extension(deadline: Deadline, before: date, change: Change, step: Step) -> None:
    """Let an extended date fall back, because an objection to the extension was upheld.

    A date that had passed stays expired, since the day that now stands; a running one is left
    to the clock, which finds the day again.
    """
    if change.cause != "voided":
        raise _unlawful(change.cause, ("voided",))
    if deadline.state not in ("live", "held", "met", "expired"):
        raise _unlawful_state(deadline, "undo_extension")
    _set_day(deadline, before, change, step)
    if deadline.state == "expired":
        deadline.expired_at = deadline.due_at


def _set_day(deadline: Deadline, after: date, change: Change, step: Step) -> None:
    deadline.changes.append(change)
    deadline.explained.append(step)
    deadline.due_date = after
    deadline.due_at = clock.end_of_day(after)
    deadline.set_at = change.at


def _enter(
    deadline: Deadline,
    state: str,
    actor: str,
    at: datetime,
    note: str,
    *,
    came_from: tuple[str, ...],
) -> None:
    if deadline.state not in came_from:
        raise _unlawful_state(deadline, state)
    deadline.state = state
    deadline.events.append(Event(state, actor, at, note))


def _unlawful(cause: str, allowed: tuple[str, ...]) -> Conflict:
    return Conflict(
        f"Expected a lawful cause of a date ({', '.join(allowed)}), but it is {cause!r}",
        f"期限变动原因无效：{cause}",
    )


def _unlawful_state(deadline: Deadline, state: str) -> Conflict:
    return Conflict(
        f"Expected a running {deadline.kind} date, but it is {deadline.state} ({state})",
        f"{KIND_NAMES[deadline.kind][0]}已处于 {deadline.state} 状态，不能变为 {state}",
    )


_OPTIONAL_INSTANTS = ("resumed_at", "met_at", "expired_at", "recorded_at")


def _instant(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _change(data: Mapping[str, Any]) -> Change:
    return Change(
        data["cause"],
        data["actor"],
        datetime.fromisoformat(data["at"]),
        _day(data["before"]),
        _day(data["after"]),
        data["note"],
    )
