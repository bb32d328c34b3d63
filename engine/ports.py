"""What an application must give the engine: the only place where the two meet.

The engine owns cases, instances, tasks, timers and history. The application owns the
meaning: what a case document holds, which acts are lawful, who may do a task, when a
date falls. Every call happens inside the one transaction of a command; nothing here
commits, asks the machine for the time, or knows of a web request.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.orm import Session

from engine.operations import Call, Sending

JsonMap = dict[str, Any]


@dataclass(frozen=True)
class Grant:
    """A role that a person holds in a body, for example `officer` of `bureau`."""

    body: str
    role: str


@dataclass(frozen=True)
class Actor:
    """Who is asking: a person with the grants in force now; `acting_for` names the absent."""

    id: str
    name: str
    grants: tuple[Grant, ...] = ()
    acting_for: str | None = None
    language: str = "zh"

    def holds(self, body: str, role: str | None = None) -> bool:
        """Return whether the actor has a role (any role if None) in a body."""
        return any(g.body == body and role in (None, g.role) for g in self.grants)


SYSTEM = Actor(id="system", name="系统")
"""The actor of timers: a date that fell due, never a person."""


@dataclass(frozen=True)
class TaskFacts:
    """What the application may know of a human task when it is asked about it."""

    id: str
    case_id: str
    process: str
    element: str
    act: str
    properties: Mapping[str, str]
    token: Mapping[str, Any]
    opened_at: datetime


@dataclass(frozen=True)
class Bar:
    """Who may not do a task though a candidate, and why: one person, or everybody of a body."""

    reason_zh: str
    reason: str
    person: str = ""
    body: str = ""

    def holds_off(self, actor: Actor) -> bool:
        """Return whether the bar is against a person."""
        if self.person:
            return self.person == actor.id
        return bool(self.body) and actor.holds(self.body)


def bar_against(bars: Iterable[Bar], actor: Actor) -> Bar | None:
    """Return the first bar that keeps a person from a task, if there is one."""
    return next((bar for bar in bars if bar.holds_off(actor)), None)


@dataclass(frozen=True)
class Routing:
    """Who may do a task and by when: candidates in order, the date of the service limit.

    `bars` name who is kept from it by what the case records, so that lists need not ask again.
    """

    candidates: tuple[Grant, ...]
    assignee: str | None = None
    due_at: datetime | None = None
    priority: int = 50
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True)
class Rung:
    """One step of an escalation ladder or one reminder: told at an instant, never deciding."""

    name: str
    fire_at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)


class Journal(Protocol):
    """Where a command writes what happened; kept in the same transaction."""

    def record(
        self,
        act: str,
        data: Mapping[str, Any] | None = None,
        *,
        element: str | None = None,
        process: str | None = None,
        personal: Mapping[str, Any] | None = None,
    ) -> None:
        """Append one row to the chained history; `personal` enters only as a salted digest."""
        ...

    def send(self, channel: str, recipient: str, payload: Mapping[str, Any]) -> None:
        """Put one message into the outbox; it leaves after the commit."""
        ...


@dataclass(frozen=True)
class Ending:
    """The side processes of a case that are to end, by what stays, and why."""

    keep: frozenset[str]
    reason: str


@dataclass
class Context:
    """What every port call is given: instant, actor, session, journal; an operation's call."""

    now: datetime
    actor: Actor
    session: Session
    journal: Journal
    endings: list[Ending] = field(default_factory=list)
    climbing_anew: bool = False
    call: Call | None = None
    sending: Sending = field(default_factory=Sending)

    def climb_anew(self) -> None:
        """Ask that every open task climbs its ladder as it is now; what was told stays told."""
        self.climbing_anew = True

    def end_side_processes(self, reason: str, *, keep: Iterable[str] = ()) -> None:
        """Ask that every side process but some ends, before messages thrown now arrive.

        What stays is named, not what goes, so that a process added later is not forgotten.
        The root process and the one that performs the operation always stay.
        """
        self.endings.append(Ending(frozenset(keep), reason))


@dataclass(frozen=True)
class CaseHead:
    """The engine's part of a case: its row, without the meaning of the document."""

    id: str
    agency: str
    process: str
    document: JsonMap
    document_version: int
    open: bool


class Aggregate(Protocol):
    """The application's living case within one command, made by `Application.load`."""

    @property
    def document(self) -> JsonMap:
        """The case document as it is to be stored (JSON values only)."""
        ...

    def view(self) -> Mapping[str, Any]:
        """What expressions read as `case`: FEEL values, dates included."""
        ...

    def due(self, name: str, token: Mapping[str, Any]) -> datetime | None:
        """The instant that the timer `due("name")` waits for; None while there is none."""
        ...


@dataclass(frozen=True)
class Act:
    """A lawful act on a running case that is not a task, such as voiding it.

    `message` acts are caught by a waiting process or start one; plain acts move no token.
    """

    name: str
    title_zh: str
    title: str
    form: str | None = None
    plain: bool = False


@dataclass(frozen=True)
class Completion:
    """What a completed task or act leaves: small token flags and the outcome for history.

    `recorded` is what history keeps of a task besides the answers.
    """

    flags: Mapping[str, Any] = field(default_factory=dict)
    outcome: str | None = None
    recorded: Mapping[str, Any] = field(default_factory=dict)


class Operation(Protocol):
    """A service task's operation: changes the aggregate, may return one small value."""

    def __call__(self, case: Any, token: Mapping[str, Any], context: Context) -> Any:  # noqa: ANN401
        """Do it."""
        ...


class Application(Protocol):
    """The application behind the engine."""

    @property
    def acts(self) -> Mapping[str, Act]:
        """Every act that is not a task, by name."""
        ...

    @property
    def operations(self) -> Mapping[str, Operation]:
        """Every operation that a diagram may name."""
        ...

    def functions(self, case: Any, context: Context) -> Mapping[str, Any]:  # noqa: ANN401
        """FEEL functions beyond the built-in ones, bound to the case (`due` is the engine's)."""
        ...

    def open(self, head: CaseHead, data: Mapping[str, Any], context: Context) -> Any:  # noqa: ANN401
        """Begin a case from checked registration data; raise Invalid by field."""
        ...

    def load(self, head: CaseHead, context: Context) -> Any:  # noqa: ANN401
        """Read the aggregate of a case whose row is locked."""
        ...

    def save(self, case: Any, context: Context) -> None:  # noqa: ANN401
        """Write what the aggregate changed besides its document: dates, columns, papers."""
        ...

    def guard(self, case: Any, act: str, context: Context) -> None:  # noqa: ANN401
        """Raise NotAllowed or Conflict if the actor may not perform an act now."""
        ...

    def acted(self, case: Any, act: str, data: Mapping[str, Any], context: Context) -> Completion:  # noqa: ANN401
        """Write an act into the aggregate, before its message is delivered."""
        ...

    def route(self, case: Any, task: TaskFacts, context: Context) -> Routing:  # noqa: ANN401
        """Say who may do a task that has just opened, and by when."""
        ...

    def may_complete(self, case: Any, task: TaskFacts, context: Context) -> None:  # noqa: ANN401
        """Raise NotAllowed where duties must be separate, Conflict where a task stands still."""
        ...

    def completed(
        self,
        case: Any,  # noqa: ANN401
        task: TaskFacts,
        data: Mapping[str, Any],
        context: Context,
    ) -> Completion:
        """Write a completed task into the aggregate, before the token moves."""
        ...

    def defaults(self, case: Any, task: TaskFacts, context: Context) -> Mapping[str, Any]:  # noqa: ANN401
        """Values a task's form starts with (proposal of level, computed date)."""
        ...

    def ladder(self, case: Any, task: TaskFacts, context: Context) -> Sequence[Rung]:  # noqa: ANN401
        """The rungs of the ladder that a task names by its property `ladder`."""
        ...

    def reminders(self, case: Any, context: Context) -> Mapping[str, Sequence[Rung]]:  # noqa: ANN401
        """Rungs that hang on the case's own dates, by a stable key such as a deadline id."""
        ...

    def rung_fired(
        self,
        case: Any,  # noqa: ANN401
        rung: Rung,
        task: TaskFacts | None,
        context: Context,
    ) -> Sequence[Grant]:
        """Tell whom a rung concerns; returned grants are added to the task's candidates."""
        ...
