"""The dates, requests and duties that the model keeps: plain records without behaviour."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from tests.walks.calendar_days import end_of

POLICY = ("rectification", "final")
ENTERPRISE = ("rectification", "order", "final")


@dataclass
class Row:
    """A date of the enterprise: when it ends and what became of it."""

    kind: str
    round: int
    due: date
    level: str
    state: str = "live"
    expired_due: date | None = None
    recorded: datetime | None = None
    extended: bool = False

    @property
    def due_at(self) -> datetime:
        """The instant at which the date has passed."""
        return end_of(self.due)

    @property
    def running(self) -> bool:
        """Whether the date is still awaited."""
        return self.state in ("live", "held")


@dataclass
class Request:
    """A request for extension: what is asked, what was signed, where it stands."""

    number: int
    round: int
    row: Row
    original: date
    asked: date
    timely: bool
    second: bool
    issuer: str
    since: datetime
    status: str = "pending"
    at: str = "signing"
    signed: dict[str, str] = field(default_factory=dict)
    resubmit_due: datetime | None = None
    order: Row | None = None
    order_original: date | None = None
    order_moved: bool = False
    replying: bool = False
    answer_lapsed: bool = False
    objected: bool = False
    objection_open: bool = False

    @property
    def open(self) -> bool:
        """Whether nothing is decided."""
        return self.status in ("pending", "returned")


@dataclass
class Interview:
    """The duty that an expiry brought about."""

    number: int
    row: Row
    opened: datetime
    at: str
    due: date | None
    late: bool = False
    meeting: datetime | None = None
    first_meeting: datetime | None = None
    held: bool = False
    lapsed: bool = False
    final: date | None = None
    decisions: dict[str, date] = field(default_factory=dict)
    since: date | None = None
    missed: bool = False
    silent: bool = False

    @property
    def owed(self) -> bool:
        """Whether the interview is still to be held."""
        return self.at in ("propose_host", "confirm_host", "schedule", "hold")

    def is_about(self, expired: Row | None) -> bool:
        """Return whether a date that passed is the one this interview was opened for."""
        return expired is self.row and self.since == self.row.due

    def missed_by(self, now: datetime) -> bool:
        """Return whether day 3 has passed: no extension ends the duty any more."""
        return self.due is not None and end_of(self.due) <= now


@dataclass
class Enforcement:
    """What the bureau does about expiries."""

    number: int
    at: str = "waiting"
    passed: dict[int, tuple[Row, date]] = field(default_factory=dict)
    mandatory: bool = False
    decided: bool = False
    lapsed: bool = False
    tasks: set[str] = field(default_factory=set)
    undone: set[str] = field(default_factory=set)
    referral_open: bool = False

    def standing(self) -> list[Row]:
        """Return the dates that passed when noted and were not relieved since."""
        return [
            row
            for row, day in self.passed.values()
            if row.state != "voided" and row.expired_due is not None and row.expired_due <= day
        ]
