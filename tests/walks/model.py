"""What must be true of a case after every act and any silence, without any diagram.

The model knows the rules of the 15-day loop as plain facts: where the case stands, which dates
run, who asked for what. It shares no code with the product; the walks compare both.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from tests.walks.model_duties import ENFORCING, Enforcements, Interviews
from tests.walks.model_extension import TASKS, Extensions
from tests.walks.model_listing import Listing
from tests.walks.model_rows import ENTERPRISE, POLICY, Row

EXITS = ("struck_off", "voided", "transferred", "shut_down")
RECHECKING = ("recheck", "recheck_second", "recheck_expert")
STRIKING = ("strike_finder", "strike_department", "strike_park", "strike_bureau")
LISTING = ("publish", "progress", "remove")
GRADING = ("propose_major", "confirm_level", "second_proposal", "confirm_major")
STOPS = 2
"""After so many failed reports on an item the next one does not stop the clock."""

TIMELY = 3


class Model:
    """One case: its place in the loop and everything around it."""

    def __init__(self, *, major_proposed: bool, issuer: str) -> None:
        """Begin with a registered case; `issuer` is the signatory that can order, if any."""
        self.place = "propose_major" if major_proposed else "confirm_level"
        self.level: str | None = None
        self.graded = False
        self.round = 0
        self.issuer = issuer
        self.plan = "rectify"
        self.plan_submitted = self.planning = False
        self.checking = False
        self.looked: datetime | None = None
        self.result = ""
        self.open_items: tuple[str, ...] = ()
        self.failed: dict[str, int] = {}
        self.rows: list[Row] = []
        self.reported: datetime | None = None
        self.done_at: datetime | None = None
        self.interviewed = False
        self.proposers: set[str] = set()
        self.void_by: str | None = None
        self.extensions = Extensions(self)
        self.interviews = Interviews(self)
        self.enforcements = Enforcements(self)
        self.listing = Listing()

    # ---------------------------------------------------------------- questions

    @property
    def closed(self) -> bool:
        """Whether the case has left by an exit."""
        return self.place in EXITS

    @property
    def over(self) -> bool:
        """Whether nothing is left to do."""
        return self.closed and not self.tasks()

    @property
    def in_loop(self) -> bool:
        """Whether a paper is in force and its clock is watched."""
        return self.place in ("rectification", *RECHECKING, *STRIKING)

    def tasks(self) -> list[tuple[str, int | None]]:
        """Return what must be open: the element, and the number of what it is about."""
        own: list[tuple[str, int | None]] = []
        if self.place == "rectification":
            own.append((self.plan, None))
            own += [("expiry_recheck", None)] * self.checking
        elif not self.closed:
            own.append((self.place, None))
        parts = (self.extensions, self.interviews, self.enforcements, self.listing)
        return sorted([*own, *(task for part in parts for task in part.tasks())], key=str)

    def state(self) -> str:
        """Return the one state of the case."""
        if self.closed:
            return self.place
        if self.place in RECHECKING:
            return "rechecking"
        if self.place in STRIKING:
            return "striking_off"
        if self.expired() is not None:
            pending = "overdue_pending" if self.extensions.pending else "overdue"
            return "interviewed" if self.interviewed else pending
        return self._calm()

    def _calm(self) -> str:
        if self.place == "rectification":
            return "planning" if self.planning else "rectifying"
        if self.place == "serve_order":
            return "ordered"
        return "grading" if self.graded else "registered"

    def of_round(self, *kinds: str) -> list[Row]:
        """Return the dates of the paper in force."""
        return [row for row in self.rows if row.kind in kinds and row.round == self.round]

    def row(self, *kinds: str) -> Row | None:
        """Return the awaited date of some kinds."""
        return next((row for row in self.of_round(*kinds) if row.running), None)

    def expired(self) -> Row | None:
        """Return the policy date of the paper in force that passed last."""
        found = [row for row in self.of_round(*POLICY) if row.state == "expired"]
        return found[-1] if found else None

    def awaited(self) -> list[Row]:
        """Return the dates that the clock waits for, the first first."""
        if not self.in_loop:
            return []
        withheld = ("final",) if self.extensions.pending else ()
        live = [row for row in self.of_round(*ENTERPRISE) if row.state == "live"]
        return sorted((r for r in live if r.kind not in withheld), key=lambda r: r.due_at)

    def dates(self) -> list[datetime]:
        """Return every date that something waits for."""
        parts = (self.extensions, self.interviews, self.listing)
        return [*(r.due_at for r in self.awaited()), *(d for part in parts for d in part.dates())]

    def offers(self, now: datetime) -> set[str]:
        """Return the acts that are lawful now, whoever does them."""
        if self.closed:
            return set()
        found = {"case.transfer", "case.shut_down"}
        found |= {"case.void"} if self.void_by else set()
        found |= {"extension.request"} if self.extensions.may_ask(now) else set()
        found |= {"extension.withdraw"} if self.extensions.undecided else set()
        if self.in_loop:
            found |= {"level.raise"} if self.level != "major" else set()
            found |= {"level.lower"} if self._may_lower(now) else set()
        return found

    def _may_lower(self, now: datetime) -> bool:
        row = self.row("rectification")
        late = self.expired() is not None or (row is not None and row.due_at <= now)
        return self.level != "general" and self.place not in STRIKING and not late

    # ---------------------------------------------------------------- what happens

    def start(self, kind: str, due: date, _now: datetime) -> None:
        """Start a date of the paper in force."""
        self.rows.append(Row(kind, self.round, due, str(self.level)))

    def date_moved(self) -> None:
        """Tell everybody that an extension has put another date in force."""
        self.interviews.moved(self.extensions.all[-1].row)
        self.checking = False
        self.enforcements.moved()

    def settle(self, now: datetime) -> None:
        """Let everything happen that is due by now."""
        parts = (self.extensions, self.interviews, self.enforcements, self.listing)
        while self._expire(now) or self._check(now) or any(part.settle(now) for part in parts):
            pass

    def _expire(self, now: datetime) -> bool:
        awaited = self.awaited()
        if not awaited or awaited[0].due_at > now:
            return False
        passed = [row for row in awaited if row.due_at == awaited[0].due_at]
        for row in passed:
            row.state, row.expired_due, row.recorded = "expired", row.due, now
        policy = [row for row in passed if row.kind in POLICY]
        if policy:
            self.interviews.opened(policy[0], now)
        self.enforcements.opened()
        if policy and self.level == "major" and self.listing.grade < 2:
            self.listing.open("major", ground="overdue")
        return True

    def _check(self, now: datetime) -> bool:
        row = self.expired()
        if self.place != "rectification" or self.checking or row is None:
            return False
        if row.due_at > now or (self.looked is not None and self.looked >= row.due_at):
            return False
        self.checking = True
        return True

    def task(self, name: str, number: int | None, data: Mapping[str, Any], now: datetime) -> None:
        """Do a task."""
        if name in TASKS:
            self.extensions.done(name, number or 0, data, now)
        elif name in Interviews.TASKS:
            self.interviews.done(name, number or 0, data, now)
        elif name in ENFORCING:
            self.enforcements.done(name, number or 0, data, now)
        elif name in LISTING:
            self.listing.done(name, now)
        else:
            self._loop(name, data, now)
        self.settle(now)

    def _loop(self, name: str, data: Mapping[str, Any], now: datetime) -> None:
        if name in GRADING:
            self._grade(name, data)
        elif name == "serve_order":
            self._serve(data, now)
        elif name in ("submit_plan", "post_notice"):
            self.plan_submitted = True
            self.planning = self.planning and name == "submit_plan"
            self.plan = "post_notice" if name == "submit_plan" else "rectify"
        elif name == "rectify":
            self._report(now)
        elif name == "expiry_recheck":
            self._seen(str(data["result"]), now)
        elif name in RECHECKING:
            self._recheck(name, data, now)
        else:
            self._strike(name, str(data["decision"]))

    def _grade(self, name: str, data: Mapping[str, Any]) -> None:
        if name in ("propose_major", "confirm_level"):
            major = data["level"] == "major"
            self.graded = self.graded or major
            self.place = "second_proposal" if major else "serve_order"
            self.level = None if major else str(data["level"])
        elif data["decision"] != "agree":
            self.place = "confirm_level"
        elif name == "second_proposal":
            self.place = "confirm_major"
        else:
            self.place, self.level = "serve_order", "major"

    def _serve(self, data: Mapping[str, Any], now: datetime) -> None:
        self.round += 1
        due = date.fromisoformat(data["due_date"])
        self.start("rectification", due, now)
        if data["document_kind"] == "order":
            self.start("order", due, now)
        if self.level == "major":
            self.listing.open("major", ground="")
        self._enter()
        self.planning = self.plan == "submit_plan"

    def _enter(self) -> None:
        self.place, self.checking = "rectification", False
        unplanned = self.level == "major" and not self.plan_submitted
        self.plan = "submit_plan" if unplanned else "rectify"

    def _report(self, now: datetime) -> None:
        self.place, self.checking = "recheck", False
        self.reported = None
        if all(times < STOPS for times in self.failed.values()):
            self.reported = now
            for row in self.of_round(*ENTERPRISE):
                row.state = "held" if row.state == "live" else row.state

    def _seen(self, result: str, now: datetime) -> None:
        self.looked, self.checking = now, False
        if result == "pass":
            self.place = "strike_finder" if self.level == "general" else "recheck"
            self.reported, self.done_at = None, now

    def _recheck(self, name: str, data: Mapping[str, Any], now: datetime) -> None:
        if name == "recheck":
            self.result = str(data["result"])
            items = data.get("items") or []
            self.open_items = tuple(i["item"] for i in items if i["state"] != "done") or ("*",)
            if self.level != "general":
                self.place = "recheck_second"
                return
        elif name == "recheck_second":
            if data["decision"] != "agree":
                self.place, self.looked = "recheck", now
                return
            if self.level == "major" and self.result == "pass":
                self.place = "recheck_expert"
                return
        elif data["result"] == "fail":
            self.result = "fail"
        self._conclude(now)

    def _conclude(self, now: datetime) -> None:
        self.looked = now
        if self.result == "pass":
            self.failed = {}
            self.done_at = self.reported or now
            for row in self.of_round(*ENTERPRISE):
                self._meet(row, self.done_at, now)
            self.place = "strike_finder" if self.level == "general" else "strike_department"
            return
        for item in self.open_items:
            self.failed[item] = self.failed.get(item, 0) + 1
        for row in self.of_round(*ENTERPRISE):
            row.state = "live" if row.state in ("held", "met") else row.state
        self.planning = False
        self._enter()

    def _meet(self, row: Row, done_at: datetime, now: datetime) -> None:
        if row.running and done_at < row.due_at:
            row.state = "met"
        elif row.running:
            row.state, row.expired_due, row.recorded = "expired", row.due, now

    def _strike(self, name: str, decision: str) -> None:
        if decision != "agree":
            self.place = "recheck"
        elif name == "strike_department":
            self.place = "strike_park"
        elif name == "strike_park" and self.level == "major":
            self.place = "strike_bureau"
        else:
            self._leave("struck_off")

    def act(self, name: str, data: Mapping[str, Any], person: str, now: datetime) -> None:
        """Do an act that is not a task."""
        if name == "extension.request":
            asked = date.fromisoformat(data["new_date"])
            self.extensions.ask(asked, TIMELY, self._issuer(), now)
        elif name == "extension.withdraw":
            self.extensions.withdraw()
        elif name == "level.raise":
            self._raise(str(data["level"]))
        elif name == "level.raise_propose":
            self.proposers.add(person)
        elif name == "level.lower":
            self.level = str(data["level"])
            self.listing.downgraded()
        elif name == "case.void_propose":
            self.void_by = person
        elif name in _LEAVING:
            self._leave(_LEAVING[name])
        self.settle(now)

    def _issuer(self) -> str:
        return (self.issuer or "other") if self.of_round("order") else "none"

    def _raise(self, level: str) -> None:
        for row in self.rows:
            if row.running or (row.state == "expired" and row.round == self.round):
                row.state = "replaced"
        self.level, self.place, self.checking = level, "serve_order", False
        self.proposers, self.failed, self.interviewed = set(), {}, False
        self.extensions.stop()

    def _leave(self, exit_name: str) -> None:
        for row in self.rows:
            row.state = "voided" if row.running else row.state
        self.place, self.checking = exit_name, False
        self.listing.closed()
        self.extensions.stop()
        self.interviews.stop()
        self.enforcements.stop()


_LEAVING = {
    "case.void": "voided",
    "case.transfer": "transferred",
    "case.shut_down": "shut_down",
}
