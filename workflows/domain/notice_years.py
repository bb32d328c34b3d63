"""Which years a notice stands for: a whole year has every statutory holiday of it.

A notice may also name days of the neighbouring year, because New Year lies at the border: those
join what is loaded of that year. Anything less than a whole year is refused, since a year counts
as published from then on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from engine.errors import FieldError, Invalid
from workflows.domain import working_days
from workflows.domain.working_days import HOLIDAY, SpecialDay, WorkingCalendar

_DECEMBER = 12


@dataclass(frozen=True)
class Festival:
    """A statutory holiday: its name, words that tell it, and its day where that is fixed."""

    zh: str
    en: str
    words: tuple[str, ...]
    month: int = 0


FESTIVALS = (
    Festival("元旦", "New Year's Day", ("元旦", "新年", "new year"), 1),
    Festival("春节", "Spring Festival", ("春节", "除夕", "spring festival")),
    Festival("清明节", "Qingming", ("清明", "qingming", "tomb")),
    Festival("劳动节", "Labour Day", ("劳动", "五一", "labour", "labor", "may day"), 5),
    Festival("端午节", "Dragon Boat Festival", ("端午", "dragon boat")),
    Festival("中秋节", "Mid-Autumn Festival", ("中秋", "mid-autumn", "mid autumn")),
    Festival("国庆节", "National Day", ("国庆", "national day"), 10),
)


@dataclass(frozen=True)
class Split:
    """The days of whole years, and those that join a neighbouring year."""

    whole: Sequence[SpecialDay]
    beside: Sequence[SpecialDay]

    @property
    def joined(self) -> list[int]:
        """The years that days are only added to."""
        return sorted({special.day.year for special in self.beside})


def split(days: Iterable[SpecialDay]) -> Split:
    """Return the days by what they do.

    Raises:
        Invalid: a year lacks statutory holidays; every such year is named with what it lacks.
    """
    by_year: dict[int, list[SpecialDay]] = {}
    for special in days:
        by_year.setdefault(special.day.year, []).append(special)
    lacking = {year: list(missing(year, found)) for year, found in by_year.items()}
    whole = {year for year, lost in lacking.items() if not lost}
    beside = {year for year in by_year if year not in whole and _borders(by_year[year], whole)}
    faults = [_fault(y, lacking[y]) for y in sorted(by_year) if y not in whole | beside]
    if faults:
        raise Invalid(faults[0].message, faults[0].message_zh, faults)
    return Split(
        [special for year in sorted(whole) for special in by_year[year]],
        [special for year in sorted(beside) for special in by_year[year]],
    )


def missing(year: int, days: Sequence[SpecialDay]) -> Iterator[tuple[Festival, list[date]]]:
    """Yield the statutory holidays that a year lacks, each with its days that would be worked."""
    calendar = WorkingCalendar({one.day: one for one in days}, frozenset({year}))
    rest = [one for one in days if one.kind == HOLIDAY]
    for festival in FESTIVALS:
        known = _days_of(festival, year)
        worked = [day for day in known if calendar.is_workday(day)]
        named = any(one.day in known or _named(one, festival) for one in rest)
        if worked or not named:
            yield festival, worked


def _days_of(festival: Festival, year: int) -> list[date]:
    """Return the days of a holiday, as far as they are known before the notice."""
    known = {one.day for one in working_days.provisional_days(year) if _named(one, festival)}
    return sorted(known | ({date(year, festival.month, 1)} if festival.month else set()))


def _named(special: SpecialDay, festival: Festival) -> bool:
    return any(word in special.name.lower() for word in festival.words)


def _borders(days: Iterable[SpecialDay], whole: set[int]) -> bool:
    """Return whether all days lie in the month that borders on a whole year."""
    return all(
        (one.day.month == _DECEMBER and one.day.year + 1 in whole)
        or (one.day.month == 1 and one.day.year - 1 in whole)
        for one in days
    )


def _fault(year: int, lost: Iterable[tuple[Festival, list[date]]]) -> FieldError:
    lost = list(lost)
    english = ", ".join(" ".join([one.en, *map(str, days)]) for one, days in lost)
    chinese = "、".join(" ".join([one.zh, *map(str, days)]) for one, days in lost)
    return FieldError(
        "text",
        f"Expected every statutory holiday of {year} as a rest day, but these are missing: "
        f"{english}. Give the whole year",
        f"{year} 年缺少法定节日的放假日：{chinese}。须写全整年",
    )
