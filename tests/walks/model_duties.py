"""The interviews that an expiry brings about, as the model sees them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.walks.calendar_days import end_of, rolled
from tests.walks.model_rows import POLICY, Interview, Row

if TYPE_CHECKING:
    from tests.walks.model import Model

DAY = timedelta(days=1)
DUE_DAYS = 3
INTERVIEWED_AS_GENERAL = 3


class Interviews:
    """Every interview of a case."""

    TASKS = ("talk", "propose_host", "confirm_host", "schedule", "hold", "report", "fix_final")

    def __init__(self, model: Model) -> None:
        """Begin without any."""
        self.model = model
        self.all: list[Interview] = []

    def opened(self, row: Row, now: datetime) -> None:
        """Open the duty of a date that passed, dated from that date, unless it has one."""
        same = [one for one in self.all if one.row is row and one.since == row.due]
        if same and not same[-1].lapsed:
            self._taken_up(same[-1], now)
            return
        before = [one for one in self.model.rows if one.expired_due and one is not row]
        times = 1 + sum(one.kind != "order" and one.state != "voided" for one in before)
        talk = self.model.level == "general" and times < INTERVIEWED_AS_GENERAL
        last = row.due + DUE_DAYS * DAY
        due = last if self.model.level == "major" else rolled(last)
        at = "talk" if talk else "propose_host"
        number = len(self.all) + 1
        self.all.append(Interview(number, row, now, at, None if talk else due, since=row.due))
        self.model.interviewed = False

    def _taken_up(self, one: Interview, now: datetime) -> None:
        if not one.held:
            return
        self.model.interviewed = True
        if one.final and end_of(one.final) > now and self.model.row(*POLICY) is None:
            self.model.start("final", one.final, now)

    def answered(self, part: str | None = None) -> None:
        """Let a silent signatory owe nothing more; or all of them, because nothing is asked."""
        for one in self.all:
            one.decisions = {p: day for p, day in one.decisions.items() if part and p != part}

    def tasks(self) -> list[tuple[str, int | None]]:
        """Return the open task of each."""
        found = [(one.at, one.number) for one in self.all if one.at in self.TASKS]
        return [*found, *(("fix_final", one.number) for one in self.undated)]

    @property
    def undated(self) -> list[Interview]:
        """The interview that owes a final date: what was undecided at it has died since."""
        model, last = self.model, self.all[-1:]
        if not model.under_way or model.extensions.pending or model.row(*POLICY) is not None:
            return []
        return [
            one for one in last if one.silent and not one.final and one.is_about(model.expired())
        ]

    def stop(self) -> None:
        """End every instance: the case left otherwise than by strike-off."""
        for one in self.all:
            one.lapsed = one.lapsed or not one.held
            one.at, one.decisions = "end", {}

    def done(self, task: str, number: int, data: Mapping[str, Any], now: datetime) -> None:
        """Do a task of an interview."""
        one = self.all[number - 1]
        if task == "schedule":
            one.at, one.meeting = "hold", datetime.fromisoformat(data["meet_at"])
            one.first_meeting = one.meeting
        elif task == "hold":
            self._hold(one, data, now)
        elif task == "fix_final":
            self._fix(one, data, now)
        else:
            follows = {"propose_host": "confirm_host", "confirm_host": "schedule"}
            one.at = follows.get(task, "end")

    def settle(self, now: datetime) -> bool:
        """Let the table's host stand after a day; note what was not held by its day."""
        busy = False
        for one in self.all:
            if one.owed and not one.missed_by(now) and _is_relieved(one):
                one.at, one.lapsed, busy = "end", True, True
            if one.decisions and min(map(end_of, one.decisions.values())) <= now:
                one.decisions = {p: d for p, d in one.decisions.items() if end_of(d) > now}
                busy = True
            if one.at in ("propose_host", "confirm_host") and _table_at(one.opened) <= now:
                one.at, busy = "schedule", True
            if one.owed and not one.late and one.due is not None and end_of(one.due) <= now:
                one.late = busy = True
        return busy

    def dates(self) -> list[datetime]:
        """Return the dates that are awaited."""
        hosts = [_table_at(o.opened) for o in self.all if o.at in ("propose_host", "confirm_host")]
        owed = [end_of(o.due) for o in self.all if o.owed and o.due is not None and not o.late]
        asked = [end_of(day) for one in self.all for day in one.decisions.values()]
        return hosts + owed + asked

    def _hold(self, one: Interview, data: Mapping[str, Any], now: datetime) -> None:
        if data["outcome"] == "no_show":
            one.at, one.meeting, one.missed = "schedule", None, True
            self.model.enforcements.weighed()
        elif data["outcome"] == "postponed":
            one.meeting = datetime.fromisoformat(data["to"])
        else:
            one.at, one.held = "report", True
            self.model.interviewed = True
            days = {name: day for name, day in data.items() if name.startswith("decision_")}
            one.decisions = {n[len("decision_") :]: date.fromisoformat(d) for n, d in days.items()}
            one.silent = bool(days)
            if data.get("final_date"):
                self._fix(one, data, now)

    def _fix(self, one: Interview, data: Mapping[str, Any], now: datetime) -> None:
        one.final = date.fromisoformat(data["final_date"])
        self.model.start("final", one.final, now)


def _is_relieved(one: Interview) -> bool:
    """Whether the date that brought an interview about has moved on, or counts no more."""
    row, since = one.row, one.since
    assert since is not None
    moved_on = row.due > since or (row.running and row.due != since)
    return moved_on or row.state == "voided"


def _table_at(opened: datetime) -> datetime:
    """Return when the table decides on the host: a day from the minute of the opening."""
    return opened.replace(second=0, microsecond=0) + DAY
