"""Whether the authority's own steps fit the period that the rule set gives, on every start date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from engine.verification.statutes.shortest import Leg
from workflows.domain.rule_set import RuleSet
from workflows.domain.working_days import WorkingCalendar, in_the_week, seeded_days


@dataclass(frozen=True, slots=True)
class Slack:
    """How a way fits its period on the calendar that is loaded.

    Attributes:
        ordinary: the least days left over where no day of the period is special.
        least: the least of all, and the date on which it begins.
        late: start dates on which it does not fit.
    """

    days: int
    ordinary: int | None
    least: int
    least_on: date
    late: tuple[date, ...]

    @property
    def fits_ordinarily(self) -> bool:
        """Tell whether it fits wherever no holiday lies in the period."""
        return self.ordinary is None or self.ordinary >= 0


@lru_cache(maxsize=1)
def seeded() -> WorkingCalendar:
    """Return the calendar that the product ships."""
    return WorkingCalendar.of(seeded_days())


def period(rules: RuleSet, keys: Iterable[str]) -> int:
    """Return the days of a period: rules added up, `-` takes one off, `key.n` is a part of one."""
    total = 0
    for key in keys:
        sign, name = (-1, key[1:]) if key.startswith("-") else (1, key)
        head, _, last = name.rpartition(".")
        listed = last.isdigit()
        value = rules.wholes(head)[int(last)] if listed else rules.whole(name)
        total += sign * value
    return total


def slack(calendar: WorkingCalendar, legs: Sequence[Leg], days: int) -> Slack | None:
    """Return how the tasks of a way fit into a number of days, from every day of the calendar.

    None where the calendar has no day to start from: nothing is known then.
    """
    ordinary: int | None = None
    least: tuple[int, date] | None = None
    late: list[date] = []
    for start in _starts(calendar, days):
        end = start + timedelta(days=days)
        left = (end - finished(calendar, legs, start)).days
        if least is None or left < least[0]:
            least = (left, start)
        if left < 0:
            late.append(start)
        if _is_ordinary(calendar, start, end):
            ordinary = left if ordinary is None else min(ordinary, left)
    return Slack(days, ordinary, *least, tuple(late)) if least is not None else None


@dataclass(frozen=True, slots=True, eq=False)
class _Held:
    """A calendar known by its identity; it is immutable, and loaded once."""

    calendar: WorkingCalendar

    def __hash__(self) -> int:
        return id(self.calendar)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and self.calendar is other.calendar


def slack_on(calendar: WorkingCalendar | None, legs: tuple[Leg, ...], days: int) -> Slack | None:
    """Return the same, computed once; on the calendar that the product ships if none is given."""
    return _computed(_Held(calendar or seeded()), legs, days)


@lru_cache(maxsize=64)
def _computed(held: _Held, legs: tuple[Leg, ...], days: int) -> Slack | None:
    return slack(held.calendar, legs, days)


def finished(calendar: WorkingCalendar, legs: Sequence[Leg], start: date) -> date:
    """Return the last day on which the tasks of a way are done, each at the end of its limit."""
    day = start
    begun: dict[str, date] = {}
    for leg in legs:
        since = begun.setdefault(leg.limit.shared, day) if leg.limit.shared else day
        day = max(day, _after(calendar, leg, since))
    return day


def _after(calendar: WorkingCalendar, leg: Leg, day: date) -> date:
    if leg.limit.unit == "workdays":
        return calendar.add_workdays(day, leg.limit.amount)
    if leg.limit.unit == "days":
        return day + timedelta(days=leg.limit.amount)
    return day + timedelta(days=-(-leg.limit.amount // 24))


def _starts(calendar: WorkingCalendar, days: int) -> Iterator[date]:
    """Yield the days of the published years from which every date can be computed."""
    for year in sorted(calendar.published | calendar.provisional):
        day = date(year, 1, 1)
        while day.year == year:
            if calendar.covers(day + timedelta(days=2 * days + 30)):
                yield day
            day += timedelta(days=1)


def _is_ordinary(calendar: WorkingCalendar, start: date, end: date) -> bool:
    span = (start + timedelta(days=n) for n in range((end - start).days + 1))
    return all(calendar.is_workday(day) == in_the_week(day) for day in span)


def spans(days: Sequence[date]) -> list[str]:
    """Return days as written spans, such as `2026-02-08—2026-02-14`."""
    found: list[list[date]] = []
    for day in days:
        if found and found[-1][1] + timedelta(days=1) == day:
            found[-1][1] = day
        else:
            found.append([day, day])
    return [str(a) if a == b else f"{a}—{b}" for a, b in found]


def row(names: Mapping[str, str], legs: Sequence[Leg], found: Slack) -> dict[str, object]:
    """Return one row of the table of slack."""
    return {
        **names,
        "days": found.days,
        "steps": [
            {
                "element": one.element,
                "amount": one.limit.amount,
                "unit": one.limit.unit,
                "shared": one.limit.shared,
            }
            for one in legs
        ],
        "slack_ordinary": found.ordinary,
        "slack_least": found.least,
        "least_on": found.least_on.isoformat(),
        "late": spans(found.late),
    }
