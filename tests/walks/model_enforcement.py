"""What the bureau does about expiries, as the model sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from tests.walks.calendar_days import end_of
from tests.walks.model_rows import Enforcement, Row

if TYPE_CHECKING:
    from tests.walks.model import Model

MEASURES = ("stop_measures", "penalty", "power_cut", "referral")

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

    def relieved(self, since: datetime | None, orders: Sequence[Row] = ()) -> None:
        """Take back what passed while the authority was silent, because the hazard is fixed."""
        one = self.undecided
        if one is None:
            return
        one.passed = {
            key: (row, day)
            for key, (row, day) in one.passed.items()
            if not any(row is order for order in orders) and (since is None or end_of(day) < since)
        }
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
        passed = [end_of(row.expired_due) for row in self._countable(one) if row.expired_due]
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
        rows = self._countable(one)
        days = {row.expired_due for row in rows}
        second = len(days) > 1 or bool(self._before(one) - days)
        return second or any(self._nobody_came(row) for row in rows)

    def _countable(self, one: Enforcement) -> list[Row]:
        """Return what counts: not an order's date while its issuer, asked in time, is silent."""
        owed = self.model.extensions.answers_owed()
        return [r for r in one.standing() if r.state != "expired" or not any(r is o for o in owed)]

    def _nobody_came(self, row: Row) -> bool:
        """Whether nobody came to an interview about the lateness that began with a date."""
        about = [one for one in self.model.interviews.all if one.row is row and one.missed]
        assert row.expired_due is not None
        return any(end_of(row.expired_due) <= one.opened for one in about)

    def _before(self, one: Enforcement) -> set[date | None]:
        """Return the days of expiries of the hazard on which there is a decision."""
        earlier = [e for e in self.all if e.number < one.number and e.decided and not e.lapsed]
        return {r.expired_due for e in earlier for r in e.standing()}
