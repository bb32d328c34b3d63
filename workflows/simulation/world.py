"""The world of a zone: its load, its people in their working hours, its rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from engine.errors import Invalid
from engine.expressions.function import Function, named
from engine.simulation.calendars import Always, Hours, weekly
from engine.simulation.streams import Streams
from engine.simulation.world import Arrival, Pool, Stage, WorldCase
from workflows.domain import rule_set, working_days
from workflows.domain.deadlines import Basis
from workflows.domain.functions import functions_over
from workflows.domain.rule_set import RuleSet
from workflows.domain.working_days import WorkingCalendar
from workflows.simulation import load
from workflows.simulation.behaviour import Behaviour, shipped
from workflows.simulation.dates import Days
from workflows.simulation.hazard import Hazard
from workflows.simulation.zone import Chance, Zone

_DAYS_OF_A_YEAR = 365
_DRAINED = 500
"""Days for which working hours are laid out after the last hazard was found."""


@dataclass(frozen=True)
class Setting:
    """What may be chosen of a world.

    Attributes:
        load: the name of a load of the behaviour.
        per_year: hazards a year instead of those of the load.
        staff: people by post (`bureau.head`) instead of those of the behaviour.
    """

    load: str = "zone"
    per_year: int | None = None
    staff: Mapping[str, int] = field(default_factory=dict)
    behaviour: Behaviour = field(default_factory=shipped)
    rules: RuleSet = field(default_factory=lambda: rule_set.parse(rule_set.shipped_text()))


class ZoneWorld:
    """A zone in which hazards are found."""

    def __init__(self, setting: Setting, cases: int) -> None:
        """Lay out the working hours for so many hazards.

        Raises:
            Invalid: there is no such load, or a post has fewer than one person.
        """
        behaviour = setting.behaviour
        self._load = _load(setting)
        self._behaviour, self._rules = behaviour, setting.rules
        self.days = Days(date(int(behaviour.figure("arrivals", "year")), 1, 1))
        length = cases / float(self._load["per_year"]) * _DAYS_OF_A_YEAR
        self.pools: Mapping[str, Pool] = _pools(setting, self.days, round(length) + _DRAINED)
        basis = Basis(setting.rules, WorkingCalendar.of(working_days.seeded_days()))
        self.functions: Mapping[str, Function] = {
            name: named(name, call) for name, call in functions_over(lambda: basis).items()
        }
        self.unknown: set[str] = set()

    @property
    def began(self) -> datetime:
        """The instant of moment 0."""
        return self.days.began

    def arrivals(self, cases: int, streams: Streams) -> Sequence[Arrival]:
        """Return the hazards in the order of finding."""
        return load.arrivals(self._behaviour, self.days, streams, self._load, cases)

    def case(self, arrival: Arrival, streams: Streams, stage: Stage) -> WorldCase:
        """Begin a hazard."""
        zone = Zone(self._behaviour, self._rules, self.days, streams, self.unknown)
        return Hazard(zone, arrival, Chance(streams, arrival.number))


def _load(setting: Setting) -> Mapping[str, Any]:
    loads = setting.behaviour.raw["loads"]
    if setting.load not in loads:
        raise Invalid.at(
            "load",
            f"Expected a load of {', '.join(loads)}, but it is {setting.load!r}",
            f"没有名为 {setting.load} 的负荷，可用的是 {'、'.join(loads)}",
        )
    chosen = loads[setting.load]
    per_year = setting.per_year or int(chosen["per_year"]["value"])
    return {"per_year": per_year, "levels": chosen["levels"]}


def _pools(setting: Setting, days: Days, length: int) -> dict[str, Pool]:
    raw = setting.behaviour.raw
    hours = {name: _hours(entry, days, length) for name, entry in raw["hours"].items()}
    found = {
        f"{body}.{post}": Pool(setting.staff.get(f"{body}.{post}", int(staff)), hours[one["hours"]])
        for body, one in raw["bodies"].items()
        for post, staff in one["staff"].items()
    }
    for post in setting.staff:
        if post not in found or found[post].staff < 1:
            raise Invalid.at(
                "staff",
                f"Expected a post with at least one person, but it is {post!r}",
                f"岗位 {post} 不存在或人数不足一人",
            )
    return found


def _hours(entry: Mapping[str, Any], days: Days, length: int) -> Hours:
    spans = [(float(start), float(end)) for start, end in entry["spans"]]
    if spans == [(0.0, 24.0)]:
        return Always()
    works = days.works if entry["days"] == "workdays" else lambda _: True
    return weekly(length, works, spans)
