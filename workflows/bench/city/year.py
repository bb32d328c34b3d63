"""When a city's hazards are found, of which level, and how long they take: its distributions.

The numbers are those of a city of nine counties with 254,475 hazards in a year: fewer in February
and July, more in campaigns, at the end of a month and for ten days after a grave accident. The
year is 2024: its calendar was published, and it has a 29 February.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from engine import clock
from workflows.demo.ledger import Example
from workflows.domain import working_days
from workflows.domain.working_days import WorkingCalendar

HAZARDS = 254_475
AGENCIES = tuple(f"county{number}" for number in range(1, 10))
COUNTY_WEIGHTS = (21, 23, 25, 27, 28, 29, 31, 34, 43)
"""Nine counties differ by two to one."""

FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)
NEW_RULES = date(2024, 7, 1)
"""From here larger hazards have ten days; those registered before keep fifteen."""

MONTHS = (1.15, 0.80, 1.25, 1.15, 0.95, 1.10, 0.90, 0.90, 1.25, 0.90, 1.00, 1.05)
ACCIDENT, ACCIDENT_DAYS, ACCIDENT_WEIGHT = date(2024, 11, 21), 10, 3.0
REST_DAY, LAST_WORKDAY = 0.3, 1.6
LEVELS = {"general": 0.935, "larger": 0.06, "major": 0.005}
SOURCES = {
    "general": {"department": 70, "self": 25, "expert": 4.2, "assigned": 0.8},
    "major": {"department": 58, "self": 40, "expert": 1.2, "assigned": 0.8},
}
DUPLICATES = 0.03
EVENING = 0.12


@dataclass(frozen=True)
class Finding:
    """One hazard as it is found."""

    number: int
    at: datetime
    agency: str
    level: str
    source: str
    again: bool
    """Whether it is one that is already open: the same words about the same enterprise."""

    example: Example


def findings(
    scale: float, examples: dict[str, list[Example]], agencies: Collection[str] = AGENCIES
) -> Iterator[Finding]:
    """Yield the hazards of some agencies in a year at a scale, in the order of finding."""
    number, planned, total = 0, 0.0, round(HAZARDS * scale)
    for day, weight in _days():
        planned += total * weight
        count = round(planned) - number
        chance = random.Random(f"{day}")  # noqa: S311 a repeatable year, not a secret
        moments = sorted(_moment(chance, day) for _ in range(count))
        for at in moments:
            number += 1
            agency = chance.choices(AGENCIES, COUNTY_WEIGHTS)[0]
            drawn = _finding(chance, number, at, agency, examples)
            if agency in agencies:
                yield drawn


def _days() -> list[tuple[date, float]]:
    """Return each day with its part of the year."""
    calendar = WorkingCalendar.of(working_days.seeded_days())
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    weights = [_weight(calendar, day) for day in days]
    return [(day, weight / sum(weights)) for day, weight in zip(days, weights, strict=True)]


def _weight(calendar: WorkingCalendar, day: date) -> float:
    weight = MONTHS[day.month - 1]
    if not calendar.is_workday(day):
        weight *= REST_DAY
    elif calendar.add_workdays(day, 1).month != day.month:
        weight *= LAST_WORKDAY
    if ACCIDENT <= day < ACCIDENT + timedelta(days=ACCIDENT_DAYS):
        weight *= ACCIDENT_WEIGHT
    return weight


def _moment(chance: random.Random, day: date) -> datetime:
    hour = chance.uniform(18, 22) if chance.random() < EVENING else chance.uniform(9, 17)
    return datetime.combine(day, time(), clock.BEIJING) + timedelta(hours=hour)


def _finding(
    chance: random.Random,
    number: int,
    at: datetime,
    agency: str,
    examples: dict[str, list[Example]],
) -> Finding:
    level = chance.choices(list(LEVELS), list(LEVELS.values()))[0]
    sources = SOURCES.get(level, SOURCES["general"])
    source = chance.choices(list(sources), list(sources.values()))[0]
    again = chance.random() < DUPLICATES
    return Finding(number, at, agency, level, source, again, chance.choice(examples[level]))
