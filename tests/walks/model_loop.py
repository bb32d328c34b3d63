"""The root of the loop as the model sees it: from grading to strike-off, and the dates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from tests.walks.model_rows import ENTERPRISE, POLICY, Row

EXITS = ("struck_off", "voided", "transferred", "shut_down")
RECHECKING = ("recheck", "recheck_second", "recheck_expert")
STRIKING = ("strike_finder", "strike_department", "strike_park", "strike_bureau")
GRADING = ("propose_major", "confirm_level", "second_proposal", "confirm_major")
STOPS = 2
"""After so many failed reports on an item the next one does not stop the clock."""


class Loop:
    """Where the case stands, which dates it has, and what its own tasks do."""

    def __init__(self, *, major_proposed: bool) -> None:
        """Begin with a registered case."""
        self.place = "propose_major" if major_proposed else "confirm_level"
        self.level: str | None = None
        self.graded = False
        self.round = 0
        self.plan = "rectify"
        self.plan_submitted = self.notice_posted = self.planning = False
        self.checking = False
        self.looked: datetime | None = None
        self.result = ""
        self.open_items: tuple[str, ...] = ()
        self.failed: dict[str, int] = {}
        self.rows: list[Row] = []
        self.reported: datetime | None = None
        self.found_done: datetime | None = None
        self.done_at: datetime | None = None
        self.interviewed = False

    def list_it(self) -> None:
        """List the hazard on every ground that it shows."""
        raise NotImplementedError

    def rectified(self) -> None:
        """Ask for no other date any more: the hazard is fixed."""
        raise NotImplementedError

    def leave(self, exit_name: str) -> None:
        """Leave by an exit."""
        raise NotImplementedError

    def calm(self) -> str:
        """Return the state before anything is late."""
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

    def start(self, kind: str, due: date, _now: datetime) -> None:
        """Start a date of the paper in force."""
        self.rows.append(Row(kind, self.round, due, str(self.level)))

    def step(self, name: str, data: Mapping[str, Any], now: datetime) -> None:
        """Do a task of the root."""
        if name in GRADING:
            self._grade(name, data)
        elif name == "serve_order":
            self._serve(data, now)
        elif name in ("submit_plan", "post_notice"):
            self.plan_submitted = True
            self.notice_posted = name == "post_notice"
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
            self.list_it()
        self._enter()
        self.planning = self.plan == "submit_plan"

    def _enter(self) -> None:
        self.place, self.checking = "rectification", False
        self.plan = "rectify"
        if self.level == "major" and not self.notice_posted:
            self.plan = "post_notice" if self.plan_submitted else "submit_plan"

    def lowered(self) -> None:
        """Owe neither plan nor notice any more; rectification goes on."""
        self.plan, self.planning = "rectify", False

    def _report(self, now: datetime) -> None:
        self.place, self.checking = "recheck", False
        self.reported = None
        if all(times < STOPS for times in self.failed.values()):
            self.reported = now
            self._hold(on=True)

    def _hold(self, *, on: bool) -> None:
        for row in self.of_round(*ENTERPRISE):
            row.state = "held" if on and row.state == "live" else row.state

    def _seen(self, result: str, now: datetime) -> None:
        self.looked, self.checking = now, False
        if result == "pass":
            self.place = "strike_finder" if self.level == "general" else "recheck"
            self.reported, self.done_at = None, now
            self.found_done = None if self.level == "general" else now
            self._hold(on=self.level != "general")
            if self.level == "general":
                self.rectified()

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
            self.done_at = self.reported or self.found_done or now
            self.found_done = None
            for row in self.of_round(*ENTERPRISE):
                self._meet(row, self.done_at, now)
            self.place = "strike_finder" if self.level == "general" else "strike_department"
            self.rectified()
            return
        self.found_done = self.done_at = None
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
            self.leave("struck_off")
