"""The calendar of working days of the PRC, with 调休, and what may be asked of it.

A published year is exact. The year after the last published one is provisional: weekends
and the fixed statutory holidays. Any later day is refused, because days worked in exchange
cannot be computed.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from engine.errors import Invalid

HOLIDAY = "holiday"
WORKDAY = "workday"
SEED = Path(__file__).resolve().parent.parent / "rules" / "calendar"
_WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SATURDAY = 5


@dataclass(frozen=True)
class SpecialDay:
    """A day that a notice names: a holiday, or a weekend day that is worked."""

    day: date
    kind: str
    name: str
    source: str
    provisional: bool = False


@dataclass(frozen=True)
class Explanation:
    """Why a day is or is not worked, in both languages."""

    day: date
    works: bool
    zh: str
    en: str
    provisional: bool


@dataclass(frozen=True)
class WorkingCalendar:
    """Working days over the loaded years; immutable, so that it may be shared."""

    specials: Mapping[date, SpecialDay]
    published: frozenset[int]
    provisional: frozenset[int] = field(default_factory=frozenset)

    @classmethod
    def of(cls, days: Iterable[SpecialDay]) -> WorkingCalendar:
        """Return the calendar of the years that the days belong to."""
        specials = {special.day: special for special in days}
        provisional = {d.day.year for d in specials.values() if d.provisional}
        published = {day.year for day in specials} - provisional
        return cls(specials, frozenset(published), frozenset(provisional))

    def covers(self, day: date) -> bool:
        """Return whether the year of a day is loaded, even provisionally."""
        return day.year in self.published or day.year in self.provisional

    def is_provisional(self, day: date) -> bool:
        """Return whether the year of a day still waits for its notice."""
        return day.year in self.provisional

    def is_workday(self, day: date) -> bool:
        """Return whether authorities work on a day; raise Invalid outside the calendar."""
        self._require(day)
        special = self.specials.get(day)
        if special is not None:
            return special.kind == WORKDAY
        return in_the_week(day)

    def roll_forward(self, day: date) -> date:
        """Return the day itself if it is worked, else the next working day."""
        while not self.is_workday(day):
            day += timedelta(days=1)
        return day

    def roll_back(self, day: date) -> date:
        """Return the day itself if it is worked, else the last working day before it."""
        while not self.is_workday(day):
            day -= timedelta(days=1)
        return day

    def add_workdays(self, day: date, count: int) -> date:
        """Return the count-th working day after a day; the day itself is never counted."""
        for _ in range(count):
            day = self.roll_forward(day + timedelta(days=1))
        return day

    def workdays_between(self, first: date, last: date) -> int:
        """Return how many working days follow `first` up to and including `last`."""
        span = (last - first).days
        return sum(self.is_workday(first + timedelta(days=n)) for n in range(1, span + 1))

    def explain(self, day: date) -> Explanation:
        """Return why a day is or is not worked."""
        works = self.is_workday(day)
        special = self.specials.get(day)
        zh, en = _reason(special, works=works)
        mark_zh, mark_en = ("(暂定)", " (provisional)") if self.is_provisional(day) else ("", "")
        name, name_en = weekday(day)
        return Explanation(
            day,
            works,
            f"{day.isoformat()} {name}:{zh}{mark_zh}",
            f"{name_en} {day.isoformat()}: {en}{mark_en}",
            self.is_provisional(day),
        )

    def lacks_next_year(self, today: date, alarm_month: int) -> bool:
        """Return whether the alarm is due: late in the year, the next one not published."""
        return today.month >= alarm_month and today.year + 1 not in self.published

    def _require(self, day: date) -> None:
        if not self.covers(day):
            years = sorted(self.published | self.provisional)
            span = f"{years[0]}-{years[-1]}" if years else "-"
            raise Invalid(
                f"Expected a day within the working-day calendar ({span}), but it is {day}",
                f"{day} 超出已录入的工作日历范围（{span}），须先录入该年放假安排",
            )


def seeded_days(
    published: Path | None = None, festivals: Path | None = None
) -> Iterator[SpecialDay]:
    """Yield the days of the seed: the published years and the one provisional year after."""
    last = 0
    for row in _rows(published or SEED / "published.csv"):
        last = max(last, int(row["year"]))
        yield SpecialDay(date.fromisoformat(row["day"]), row["kind"], row["name"], row["source"])
    yield from provisional_days(last + 1, festivals)


def provisional_days(year: int, festivals: Path | None = None) -> Iterator[SpecialDay]:
    """Yield the fixed statutory holidays of a year that has no notice yet."""
    for row in _rows(festivals or SEED / "festivals.csv"):
        if int(row["year"]) == year:
            day = date.fromisoformat(row["day"])
            yield SpecialDay(
                day, HOLIDAY, row["name"], "全国年节及纪念日放假办法", provisional=True
            )


def weekday(day: date) -> tuple[str, str]:
    """Return which day of the week a day is."""
    return _WEEKDAYS[day.weekday()], _WEEKDAYS_EN[day.weekday()]


def in_the_week(day: date) -> bool:
    """Return whether a day lies from Monday to Friday, worked unless a notice frees it."""
    return day.weekday() < _SATURDAY


def _rows(path: Path) -> Iterator[Mapping[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _reason(special: SpecialDay | None, *, works: bool) -> tuple[str, str]:
    if special is None:
        return ("工作日", "working day") if works else ("周末", "weekend")
    if works:
        return f"工作日，{special.name}", f"working day, worked in exchange ({special.name})"
    return f"休息日，{special.name}", f"rest day, {special.name}"
