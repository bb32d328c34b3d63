"""What an expiry brings about, as the model sees it: interviews and enforcement."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.walks.calendar_days import end_of, rolled
from tests.walks.model_rows import POLICY, Enforcement, Interview, Row

if TYPE_CHECKING:
    from tests.walks.model import Model

DAY = timedelta(days=1)
DUE_DAYS = 3
INTERVIEWED_AS_GENERAL = 3
MEASURES = ("stop_measures", "penalty", "power_cut", "referral")


class Interviews:
    """Every interview of a case."""

    TASKS = ("talk", "propose_host", "confirm_host", "schedule", "hold", "report")

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
        return [(one.at, one.number) for one in self.all if one.at in self.TASKS]

    def stop(self) -> None:
        """End every instance: the case is over."""
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
        else:
            follows = {"propose_host": "confirm_host", "confirm_host": "schedule"}
            one.at = follows.get(task, "end")

    def settle(self, now: datetime) -> bool:
        """Let the table's host stand after a day; note what was not held by its day."""
        busy = False
        for one in self.all:
            if one.owed and _is_relieved(one):
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
            if data.get("final_date"):
                one.final = date.fromisoformat(data["final_date"])
                self.model.start("final", one.final, now)


class Enforcements:
    """Every enforcement of a case."""

    def __init__(self, model: Model) -> None:
        """Begin without any."""
        self.model = model
        self.all: list[Enforcement] = []
        self.stopped = False

    @property
    def undecided(self) -> Enforcement | None:
        """The one that still awaits its decision."""
        found = [one for one in self.all if not one.decided and not one.lapsed]
        return found[0] if found else None

    @property
    def groundless(self) -> bool:
        """Whether nothing may be stopped or cut off: the hazard was lowered, or it is gone."""
        return self.model.level != "major" or self.model.place == "struck_off"

    @property
    def referral_open(self) -> bool:
        """Whether a referral is under way."""
        return any(one.referral_open for one in self.all)

    def opened(self) -> None:
        """Note what passed last, in the undecided one or a new one."""
        rows = [r for r in self.model.rows if r.state == "expired" and r.round == self.model.round]
        last = max(row.recorded for row in rows if row.recorded)
        passed = [row for row in rows if row.recorded == last]
        one = self.undecided
        if one is None:
            if self._decided_on(passed):
                return
            one = Enforcement(len(self.all) + 1)
            self.all.append(one)
        self._note(one, passed)
        one.at = "waiting"

    def _decided_on(self, passed: list[Row]) -> bool:
        """Cover dates by the decision that was taken on the same lateness, if there is one."""
        late = {(row.round, row.expired_due) for row in passed}
        for one in reversed(self.all):
            known = {(row.round, row.expired_due) for row in one.standing()}
            if one.decided and not one.lapsed and late <= known:
                one.passed |= {id(row): (row, row.expired_due) for row in passed if row.expired_due}
                return True
        return False

    def fell_back(self) -> None:
        """Weigh the undecided one anew; what fell back to a lateness decided on is settled."""
        one = self.undecided
        if one is None or not one.standing():
            return
        one.mandatory = self._is_mandatory(one)
        if {row.expired_due for row in one.standing()} <= self._before(one):
            one.at, one.lapsed, one.mandatory = "end", True, False

    def weighed(self) -> None:
        """Weigh anew what is undecided: nobody came to an interview."""
        if self.undecided is not None:
            self.undecided.mandatory = self._is_mandatory(self.undecided)

    def moved(self) -> None:
        """Take back what an extension relieved; ask anew about what still stands."""
        one = self.undecided
        if one is None or one.at == "end":
            return
        left = one.standing()
        if not {row.expired_due for row in left} <= self._before(one):
            one.passed = {}
            self._note(one, left)
            one.at = "waiting"
        else:
            one.at, one.lapsed, one.mandatory = "end", True, False

    def relieved(self, since: datetime) -> None:
        """Take back what passed while the authority was silent, because the hazard is fixed."""
        one = self.undecided
        if one is None:
            return
        noted = one.passed.items()
        one.passed = {key: (row, day) for key, (row, day) in noted if end_of(day) < since}
        one.mandatory = self._is_mandatory(one)
        left = {row.expired_due for row in one.standing()}
        if not one.passed or (left and left <= self._before(one)):
            one.at, one.lapsed, one.mandatory = "end", True, False

    def stop(self) -> None:
        """End every instance: the case left otherwise than by strike-off."""
        for one in self.all:
            one.lapsed = one.lapsed or not one.decided
            one.at, one.tasks = "end", set()

    def tasks(self) -> list[tuple[str, int | None]]:
        """Return the open tasks of each."""
        deciding: list[tuple[str, int | None]]
        deciding = [("decide", one.number) for one in self.all if one.at == "decide"]
        return deciding + [(task, one.number) for one in self.all for task in one.tasks]

    def due(self, one: Enforcement) -> datetime | None:
        """Return since when it may be decided; None while a timely request is undecided."""
        passed = [end_of(row.expired_due) for row in one.standing() if row.expired_due]
        return None if self.model.extensions.timely_pending else min(passed, default=None)

    def settle(self, now: datetime) -> bool:
        """Ask for the decision once it may be made."""
        one = self.undecided
        due = self.due(one) if one is not None and one.at == "waiting" else None
        if one is None or due is None or due > now:
            return False
        one.at = "decide"
        return True

    def done(self, task: str, number: int, data: Mapping[str, Any], now: datetime) -> None:
        """Do a task of an enforcement."""
        one = self.all[number - 1]
        if task == "decide":
            chosen = {name for name in MEASURES if data["pursue"] == "yes" and data.get(name)}
            one.at, one.decided = "measures", True
            one.referral_open = "referral" in chosen
            one.tasks = {{"referral": "check_elements"}.get(name, name) for name in chosen}
            return
        one.tasks.discard(task)
        if data.get("not_carried_out"):
            one.undone.add(task)
        elif task == "stop_measures":
            self.stopped = True
        elif task == "check_elements":
            one.tasks.add("check_second")
        elif task == "check_second":
            one.tasks.add("refer" if data["decision"] == "agree" else "check_elements")
        elif task == "refer":
            one.referral_open = False
            one.tasks |= {"hand_over"} if data["refer"] == "yes" else set()

    def _note(self, one: Enforcement, rows: list[Row]) -> None:
        for row in rows:
            assert row.expired_due is not None
            one.passed[id(row)] = (row, row.expired_due)
        one.mandatory = self._is_mandatory(one)

    def _is_mandatory(self, one: Enforcement) -> bool:
        days = {row.expired_due for row in one.standing()}
        second = len(days) > 1 or bool(self._before(one) - days)
        return second or any(self._nobody_came(row) for row in one.standing())

    def _nobody_came(self, row: Row) -> bool:
        """Whether nobody came to an interview about the lateness that began with a date."""
        about = [one for one in self.model.interviews.all if one.row is row and one.missed]
        assert row.expired_due is not None
        return any(end_of(row.expired_due) <= one.opened for one in about)

    def _before(self, one: Enforcement) -> set[date | None]:
        """Return the days of expiries of the hazard on which there is a decision."""
        earlier = [e for e in self.all if e.number < one.number and e.decided and not e.lapsed]
        return {r.expired_due for e in earlier for r in e.standing()}


def _is_relieved(one: Interview) -> bool:
    """Whether the date that brought an interview about has moved on, or counts no more."""
    row, since = one.row, one.since
    assert since is not None
    moved_on = row.due > since or (row.running and row.due != since)
    return moved_on or row.state == "voided"


ENFORCING = (
    "decide",
    "stop_measures",
    "penalty",
    "power_cut",
    "check_elements",
    "check_second",
    "refer",
    "hand_over",
)


def _table_at(opened: datetime) -> datetime:
    """Return when the table decides on the host: a day from the minute of the opening."""
    return opened.replace(second=0, microsecond=0) + DAY
