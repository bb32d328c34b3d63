"""What must be true of a case after every act and any silence, without any diagram.

The model knows the rules of the 15-day loop as plain facts: where the case stands, which dates
run, who asked for what. It shares no code with the product; the walks compare both.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from tests.walks.model_duties import Interviews
from tests.walks.model_enforcement import ENFORCING, Enforcements
from tests.walks.model_extension import TASKS, Extensions
from tests.walks.model_listing import Listing
from tests.walks.model_loop import EXITS, RECHECKING, STRIKING, Loop
from tests.walks.model_raising import RAISES, RAISING, Raising
from tests.walks.model_rows import ENTERPRISE, POLICY, Row
from tests.walks.model_voiding import DECIDE, VOIDING, Voiding

LISTING = ("publish", "publish_zone", "progress", "take_note", "remove")
TIMELY = 3


class Model(Loop):
    """One case: its place in the loop and everything around it."""

    def __init__(self, *, major_proposed: bool, issuer: str) -> None:
        """Begin with a registered case; `issuer` is the signatory that can order, if any."""
        super().__init__(major_proposed=major_proposed)
        self.issuer = issuer
        self.extensions = Extensions(self)
        self.interviews = Interviews(self)
        self.enforcements = Enforcements(self)
        self.listing = Listing()
        self.raising = Raising()
        self.voiding = Voiding()

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
        parts = (
            *(self.extensions, self.interviews, self.enforcements, self.listing),
            *(self.raising, self.voiding),
        )
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
            settled = self.interviewed and not self.interviews.undated
            return "interviewed" if settled else pending
        return self.calm()

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
        found = {"case.transfer", "case.shut_down", *self.voiding.offers()}
        found |= {"listing.open"} if self.level and self.listing.grade < 2 else set()
        found |= {"extension.request"} if self.extensions.may_ask(now) else set()
        found |= {"extension.withdraw"} if self.extensions.undecided else set()
        if self.in_loop:
            found |= {"level.raise"} if self.level == "general" else set()
            found |= self.raising.offers(below_major=self.level != "major")
            found |= {"level.lower"} if self._may_lower(now) else set()
        return found

    def _may_lower(self, now: datetime) -> bool:
        row = self.row("rectification")
        late = self.expired() is not None or (row is not None and row.due_at <= now)
        return self.level != "general" and self.place not in STRIKING and not late

    @property
    def under_way(self) -> bool:
        """Whether a paper is in force and the hazard is not found to be fixed."""
        return self.in_loop and self.place not in STRIKING

    # ---------------------------------------------------------------- what happens

    def date_moved(self) -> None:
        """Tell everybody that an extension has put another date in force."""
        self.checking = False
        self.enforcements.moved()

    def rectified(self) -> None:
        """Ask for no other date any more: the hazard is fixed."""
        self.extensions.rectified()

    def list_it(self) -> None:
        """List the hazard on every ground that it shows."""
        extended = bool(self.extensions.in_force())
        overdue = self.expired() is not None
        self.listing.open(major=self.level == "major", overdue=overdue, extended=extended)

    def settle(self, now: datetime) -> None:
        """Let everything happen that is due by now."""
        parts = (self.extensions, self.interviews, self.enforcements, self.listing)
        while self._expire(now) or self._check(now) or any(part.settle(now) for part in parts):
            pass
        self.listing.owe(now)

    def _expire(self, now: datetime) -> bool:
        awaited = self.awaited()
        if not awaited or awaited[0].due_at > now:
            return False
        # Reports that fell due by then did so under the listing as it stood.
        while any(one <= awaited[0].due_at for one in self.listing.dates()):
            self.listing.settle(awaited[0].due_at)
        passed = [row for row in awaited if row.due_at == awaited[0].due_at]
        for row in passed:
            row.state, row.expired_due, row.recorded = "expired", row.due, now
        self.extensions.passed(passed)
        policy = [row for row in passed if row.kind in POLICY]
        if policy:
            self.interviews.opened(policy[0], now)
        self.enforcements.opened()
        if policy and self.level == "major" and self.listing.grade < 2:
            self.list_it()
        return True

    def _check(self, now: datetime) -> bool:
        row = self.expired()
        if self.place != "rectification" or self.checking or row is None:
            return False
        if row.due_at > now or (self.looked is not None and self.looked >= row.due_at):
            return False
        self.checking = True
        return True

    def task(
        self, name: str, number: int | None, data: Mapping[str, Any], person: str, now: datetime
    ) -> None:
        """Do a task."""
        if name in TASKS:
            self.extensions.done(name, number or 0, data, now)
        elif name in Interviews.TASKS:
            self.interviews.done(name, number or 0, data, now)
        elif name in ENFORCING:
            self.enforcements.done(name, number or 0, data, now)
        elif name in LISTING:
            self.listing.done(name, person, now)
        elif name in (*RAISES, DECIDE):
            self._answer(name, data, person)
        else:
            self.step(name, data, now)
        self.settle(now)

    def _answer(self, name: str, data: Mapping[str, Any], person: str) -> None:
        """Second, agree to or refuse what was proposed."""
        if name == DECIDE and self.voiding.done(data):
            self.leave("voided")
        elif name in RAISES and self.raising.done(name, data, person):
            self._raise("major")

    def act(self, name: str, data: Mapping[str, Any], person: str, now: datetime) -> None:
        """Do an act that is not a task."""
        if name == "extension.request":
            asked = date.fromisoformat(data["new_date"])
            self.extensions.ask(asked, TIMELY, self._issuer(), now)
        elif name in RAISING:
            self.raising.act(name, person)
        elif name.startswith("level."):
            self._regrade(name, data)
        elif name == "listing.open":
            self.listing.ordered = True
            self.list_it()
        elif name in VOIDING:
            self.voiding.act(name, person)
        elif name in _LEAVING:
            self.leave(_LEAVING[name])
        else:
            self.extensions.withdraw()
        self.settle(now)

    def _regrade(self, name: str, data: Mapping[str, Any]) -> None:
        if name == "level.raise":
            self._raise(str(data["level"]))
        else:
            self.level = str(data["level"])
            self.lowered()
            self.listing.downgraded()

    def _issuer(self) -> str:
        return (self.issuer or "other") if self.of_round("order") else "none"

    def _raise(self, level: str) -> None:
        for row in self.rows:
            if row.running or (row.state == "expired" and row.round == self.round):
                row.state = "replaced"
        self.level, self.place, self.checking = level, "serve_order", False
        self.failed, self.interviewed = {}, False
        self.found_done = None
        self.raising.stop()
        self.extensions.stop()
        self.enforcements.weighed()

    def leave(self, exit_name: str) -> None:
        """Leave by an exit: what else is under way ends; strike-off ends no duty of an expiry."""
        for row in self.rows:
            row.state = "voided" if row.running else row.state
        self.place, self.checking = exit_name, False
        self.listing.closed()
        self.extensions.stop()
        self.raising.stop()
        self.voiding.stop()
        if exit_name != "struck_off":
            self.interviews.stop()
            self.enforcements.stop()


_LEAVING = {
    "case.transfer": "transferred",
    "case.shut_down": "shut_down",
}
