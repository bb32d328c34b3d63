"""Requests for extension as the model sees them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from tests.walks.calendar_days import day_of, end_of, workdays_after
from tests.walks.model_rows import Request, Row

if TYPE_CHECKING:
    from tests.walks.model import Model

MOST = 2
SIGNERS = ("park_command", "industry_department")
_PART_OF = {
    "sign_park": "park_command",
    "sign_department": "industry_department",
    "sign_leader": "leader_incharge",
}
TASKS = (*_PART_OF, "resubmit", "file", "amend", "objection", "issuer_reply")


class Extensions:
    """Every request of a case."""

    def __init__(self, model: Model) -> None:
        """Begin without any."""
        self.model = model
        self.all: list[Request] = []

    @property
    def undecided(self) -> Request | None:
        """The request that waits for a decision."""
        return self.all[-1] if self.all and self.all[-1].open else None

    @property
    def pending(self) -> bool:
        """Whether a request is undecided."""
        return self.undecided is not None

    @property
    def timely_pending(self) -> bool:
        """Whether a timely request is undecided."""
        return self.undecided is not None and self.undecided.timely

    def answers_owed(self) -> list[Row]:
        """Return the orders' dates whose issuers were asked in time and have not answered."""
        asked = [one for one in self.all if one.replying and one.timely]
        return [
            one.order
            for one in asked
            if one.order and one.order_original and one.since < end_of(one.order_original)
        ]

    def in_force(self) -> list[Request]:
        """Return the extensions of the paper in force."""
        rounds = self.model.round
        return [one for one in self.all if one.status == "effective" and one.round == rounds]

    def may_ask(self, now: datetime) -> bool:
        """Return whether the enterprise may ask now."""
        row = self.model.row("rectification")
        return (
            self.model.place == "rectification"
            and self.undecided is None
            and row is not None
            and row.state == "live"
            and now < row.due_at
            and len(self.in_force()) < MOST
            and not self.objected()
        )

    def objected(self) -> bool:
        """Return whether an objection to an extension in force is undecided."""
        return any(one.objection_open for one in self.in_force())

    def may_object(self, number: int) -> bool:
        """Return whether the bureau may object: once, and to the last extension in force."""
        later = [one for one in self.in_force() if one.number > number]
        return not self.all[number - 1].objected and not later

    def ask(self, asked: date, timely_days: int, issuer: str, now: datetime) -> None:
        """Take a request."""
        row = self.model.row("rectification")
        assert row is not None
        left = (row.due - day_of(now)).days
        self.all.append(
            Request(
                number=len(self.all) + 1,
                round=self.model.round,
                row=row,
                original=row.due,
                asked=asked,
                timely=left >= timely_days,
                second=bool(self.in_force()),
                issuer=issuer,
                since=now,
            )
        )

    def withdraw(self) -> None:
        """End what is undecided by the enterprise's own word."""
        self.end("withdrawn")

    def end(self, status: str) -> None:
        """End what is undecided."""
        self.model.interviews.answered()
        if self.undecided is not None:
            self.undecided.status = status
            self.all[-1].at = "end"

    def passed(self, rows: list[Row]) -> None:
        """Let a late request lapse whose date has passed."""
        one = self.undecided
        if one is not None and not one.timely and any(row is one.row for row in rows):
            self.end("lapsed")

    def rectified(self) -> None:
        """Let a request lapse because the hazard is fixed; what passed meanwhile is relieved.

        The issuer of an order owes no answer any more.
        """
        self.model.enforcements.relieved(None, self.answers_owed())
        for silent in (one for one in self.all if one.replying):
            silent.replying, silent.answer_lapsed = False, True
        one = self.undecided
        if one is not None:
            self.end("lapsed")
            if one.timely:
                self.model.enforcements.relieved(one.since)

    def stop(self) -> None:
        """End every instance: the paper is replaced or the case is over."""
        self.end("ended")
        for one in self.all:
            one.at, one.replying = "end", False

    def tasks(self) -> list[tuple[str, int | None]]:
        """Return the open tasks of every request."""
        found: list[tuple[str, int | None]] = []
        for one in self.all:
            if one.at == "signing":
                found += [
                    (name, one.number)
                    for name in ("sign_park", "sign_department")
                    if _PART_OF[name] not in one.signed
                ]
            elif one.at in TASKS:
                found.append((one.at, one.number))
            if one.replying:
                found.append(("issuer_reply", one.number))
        return found

    def done(self, task: str, number: int, data: Mapping[str, Any], now: datetime) -> None:
        """Do a task of a request."""
        one = self.all[number - 1]
        if task in _PART_OF:
            self._sign(one, task, data, now)
        elif task == "resubmit":
            one.asked = date.fromisoformat(data["new_date"])
            one.status, one.at, one.signed, one.resubmit_due = "pending", "signing", {}, None
        elif task == "issuer_reply":
            one.replying = False
            self.model.enforcements.weighed()
            if data["decision"] == "agree":
                self._move_order(one)
                if self.model.expired() is None:
                    self.model.date_moved()
        elif task == "amend":
            one.at = "file"
        else:
            self._file(one, task, str(data["decision"]))

    def settle(self, now: datetime) -> bool:
        """Let a returned request lapse that was not sent again in time."""
        one = self.undecided
        if one is None or one.resubmit_due is None or now < one.resubmit_due:
            return False
        self.end("lapsed")
        return True

    def dates(self) -> list[datetime]:
        """Return by when a returned request is due back."""
        one = self.undecided
        return [one.resubmit_due] if one is not None and one.resubmit_due else []

    def _sign(self, one: Request, task: str, data: Mapping[str, Any], now: datetime) -> None:
        decision = str(data["decision"])
        if decision == "refuse":
            self.end("refused")
        elif decision == "return":
            self.model.interviews.answered()
            one.status, one.at = "returned", "resubmit"
            one.resubmit_due = end_of(workdays_after(day_of(now), 1))
        else:
            self.model.interviews.answered(_PART_OF[task])
            one.signed[_PART_OF[task]] = str(data.get("order_reply") or "")
            needed = {*SIGNERS, "leader_incharge"} if one.second else {*SIGNERS}
            if {*one.signed} == needed:
                self._take(one, now)
            elif {*one.signed} == {*SIGNERS}:
                one.at = "sign_leader"

    def _take(self, one: Request, now: datetime) -> None:
        model, row = self.model, one.row
        late = now >= row.due_at
        extend(row, one.asked)
        if late:
            for final in model.rows:
                if final.kind == "final" and final.round == model.round:
                    final.state = (
                        "voided" if final.state in ("live", "held", "expired") else final.state
                    )
            model.interviewed = False
        one.status, one.at = "effective", "file"
        self._answer_for_order(one)
        model.date_moved()
        model.list_it()

    def _answer_for_order(self, one: Request) -> None:
        movable = ("live", "held", "met", "expired")
        rows = [r for r in self.model.of_round("order") if r.state in movable and r.due < one.asked]
        if not rows:
            return
        one.order, one.order_original = rows[-1], rows[-1].due
        reply = one.signed.get(one.issuer)
        one.replying = reply is None
        if reply == "agree":
            self._move_order(one)

    def _move_order(self, one: Request) -> None:
        assert one.order is not None
        extend(one.order, one.asked)
        one.order_moved = True

    def _file(self, one: Request, task: str, decision: str) -> None:
        if task == "file":
            one.objection_open = decision == "object"
            one.objected = one.objected or one.objection_open
            one.at = {"file": "end", "return": "amend", "object": "objection"}[decision]
            return
        one.objection_open = False
        if decision == "dismiss":
            one.at = "file"
            return
        fall_back(one.row, one.original)
        if one.order is not None and one.order_moved and one.order_original is not None:
            fall_back(one.order, one.order_original)
        one.status, one.at, one.replying = "ended", "end", False
        self.end("lapsed")
        self.model.enforcements.fell_back()
        if not self.in_force():
            self.model.listing.undone()


def extend(row: Row, day: date) -> None:
    """Move a date; one that had passed runs again."""
    if row.state == "expired":
        row.state, row.expired_due, row.recorded = "live", None, None
    row.due, row.extended = day, True


def fall_back(row: Row, day: date) -> None:
    """Put a date back; one that had passed has passed since the day that stands again."""
    if row.state not in ("live", "held", "met", "expired"):
        return
    row.due = day
    if row.state == "expired":
        row.expired_due = day
