"""When hazards are found and of which level: the load of a zone, day by day."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine.simulation.calendars import DAY, HOUR
from engine.simulation.streams import Streams
from engine.simulation.world import Arrival
from workflows.simulation.behaviour import LEVELS, Behaviour
from workflows.simulation.dates import Days
from workflows.simulation.zone import Chance

_DAYS_OF_A_YEAR = 365
_WORKED = (9.0, 17.0)
_EVENING = (18.0, 22.0)


def arrivals(
    behaviour: Behaviour, days: Days, streams: Streams, load: Mapping[str, Any], cases: int
) -> Sequence[Arrival]:
    """Return so many hazards from day 0 on, as many a year as the load has, in their order."""
    shares = {level: float(load["levels"][level]) for level in LEVELS}
    parts = {part: behaviour.shares("parts", part) for part in behaviour.raw["parts"]}
    moments = itertools.islice(_moments(behaviour, days, streams, float(load["per_year"])), cases)
    return [
        Arrival(
            at,
            number,
            {
                "level": _drawn(shares, streams, number, "level"),
                "bodies": {
                    part: _drawn(bodies, streams, number, part) for part, bodies in parts.items()
                },
            },
        )
        for number, at in enumerate(moments, start=1)
    ]


def _moments(behaviour: Behaviour, days: Days, streams: Streams, per_year: float) -> Iterator[int]:
    """Yield the moments of finding, without end; each day has its part of the year."""
    mean = sum(_weight(behaviour, days, n) for n in range(_DAYS_OF_A_YEAR)) / _DAYS_OF_A_YEAR
    evening = float(behaviour.figure("arrivals", "evening"))
    planned, found = 0.0, 0
    for number in itertools.count():
        planned += per_year / _DAYS_OF_A_YEAR * _weight(behaviour, days, number) / mean
        count = round(planned) - found
        chances = [Chance(streams, found + place) for place in range(count)]
        yield from sorted(number * DAY + _second(chance, evening) for chance in chances)
        found += count


def _weight(behaviour: Behaviour, days: Days, number: int) -> float:
    day = days.day(number)
    weight = float(behaviour.figure("arrivals", "months")[day.month - 1])
    if not days.works(number):
        return weight * float(behaviour.figure("arrivals", "rest_day"))
    if days.day(days.workday_after(number, 1)).month != day.month:
        return weight * float(behaviour.figure("arrivals", "last_workday"))
    return weight


def _second(chance: Chance, evening: float) -> int:
    low, high = _EVENING if chance.share("evening") < evening else _WORKED
    return round((low + (high - low) * chance.share("moment")) * HOUR)


def _drawn(shares: Mapping[str, float], streams: Streams, case: int, about: str) -> str:
    left = streams.uniform(case, about) * sum(shares.values())
    for name, share in shares.items():
        left -= share
        if left < 0:
            return name
    return list(shares)[-1]
