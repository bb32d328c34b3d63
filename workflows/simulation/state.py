"""What a simulated hazard knows of itself: plain values, dates as moments of the virtual clock."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Limit:
    """A date of the enterprise: that of its paper, or the final one of an interview."""

    kind: str
    day: int
    due: int
    state: str = "live"
    """`live`, `held` by a report, `met`, `expired`, or `voided`."""

    expired_at: int | None = None

    @property
    def running(self) -> bool:
        """Whether it is still awaited."""
        return self.state in ("live", "held")


@dataclass(slots=True)
class Request:
    """A request for extension."""

    number: int
    at: int
    limit: Limit
    original_day: int
    new_day: int
    timely: bool
    second: bool
    status: str = "pending"
    decisions: list[str] = field(default_factory=list)
    resubmit_due: int | None = None
    lapsed_at: int | None = None
    decided_at: int | None = None

    @property
    def open(self) -> bool:
        """Whether nothing has been decided on it."""
        return self.status in ("pending", "returned")


@dataclass(slots=True)
class Interview:
    """An interview or a talk that an expiry brought about."""

    number: int
    limit: Limit
    day: int
    kind: str
    opened_at: int
    due: int | None
    host: str = "park_command"
    held_at: int | None = None
    late: bool = False
    relieved_at: int | None = None
    no_shows: int = 0


@dataclass(slots=True)
class Enforcement:
    """A decision on whether to enforce."""

    number: int
    opened_at: int
    passed: list[tuple[Limit, int]]
    decided: bool = False
    lapsed: bool = False

    @property
    def standing(self) -> list[int]:
        """When the dates passed that have not been relieved since."""
        return [at for limit, at in self.passed if limit.expired_at == at]


@dataclass(slots=True)
class Listing:
    """Listed supervision."""

    grade: int = 0
    to_publish: bool = False
    published: bool = False
    progress_due: int | None = None
    ended_at: int | None = None
    """Since when its ground is gone, or its publication withdrawn."""


@dataclass(slots=True)
class Facts:
    """One hazard."""

    number: int
    true_level: str
    found_at: int
    bodies: dict[str, str]
    level: str | None = None
    phase: str = "registered"
    paper: int = 0
    served_at: int = 0
    fixed_at: int = 0
    plan_submitted: bool = False
    notice_posted: bool = False
    done_at: int | None = None
    looked_at: int | None = None
    failed: int = 0
    reports: int = 0
    limits: list[Limit] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    interviews: list[Interview] = field(default_factory=list)
    enforcements: list[Enforcement] = field(default_factory=list)
    listing: Listing = field(default_factory=Listing)
    own: dict[str, object] = field(default_factory=dict)
    """Fields that a designer's operations have set."""

    own_dates: dict[str, int] = field(default_factory=dict)
    """Ends of the service deadlines that they have started."""

    was_overdue: bool = False
    exit: str = ""
    exit_at: int | None = None

    @property
    def expired(self) -> Limit | None:
        """The last date of the enterprise that has passed and stands."""
        found = [one for one in self.limits if one.state == "expired"]
        return found[-1] if found else None

    @property
    def undecided(self) -> Request | None:
        """The request that waits for a decision."""
        last = self.requests[-1] if self.requests else None
        return last if last is not None and last.open else None

    @property
    def timely_pending(self) -> bool:
        """Whether a request made in good time waits."""
        found = self.undecided
        return found is not None and found.timely

    @property
    def in_force(self) -> int:
        """How many extensions are in force."""
        return sum(one.status == "effective" for one in self.requests)

    def running(self) -> Limit | None:
        """Return the date that is awaited now."""
        return next((one for one in reversed(self.limits) if one.running), None)

    def awaited(self) -> Limit | None:
        """Return the date whose clock runs: the earliest; a final one waits for the authority."""
        found = [one for one in self.limits if one.state == "live"]
        if self.timely_pending:
            found = [one for one in found if one.kind != "final"]
        return min(found, key=lambda one: one.due, default=None)
