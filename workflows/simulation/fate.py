"""How long a hazard takes to be fixed, and what befalls it, drawn when its paper is served."""

from __future__ import annotations

from dataclasses import dataclass

from engine.simulation.calendars import DAY, HOUR
from workflows.simulation.behaviour import Behaviour
from workflows.simulation.zone import Chance

_IN_TIME = (0.5, 0.95)
"""Part of the limit at which whoever hurries is done."""

_MORE_DAYS = (2, 15)
"""How much longer than the first extension those take that ask for a second one."""


@dataclass(frozen=True, slots=True)
class Fate:
    """The course of one paper; seconds count from its service."""

    fixed: int
    asks: int
    """How many extensions the enterprise asks for."""

    late_request: bool
    befalls: str
    """The act that befalls the case, "" for none."""

    befalls_at: int


def drawn(
    behaviour: Behaviour, chance: Chance, level: str, limit: int, extension: int, paper: int
) -> Fate:
    """Draw the course of a paper; `limit` and the first extension in seconds."""
    fixing = behaviour.fixing[level]
    fixed, asks = chance.seconds(fixing.hours, HOUR, "fixed", paper), 0
    if chance.share("late", paper) < fixing.late:
        fixed = limit + chance.seconds(behaviour.late_days, DAY, "late days", paper)
    elif fixed > limit and chance.share("asks", paper) < fixing.asks:
        asks = 1
        if chance.share("asks again", paper) < behaviour.figure("extension", "again"):
            asks = 2
            low, high = _MORE_DAYS
            more = low + (high - low) * chance.share("more days", paper)
            fixed = max(fixed, limit + extension + round(more * DAY))
        else:
            fixed = min(fixed, limit + extension - HOUR)
    elif fixed > limit:
        least, most = _IN_TIME
        fixed = round(limit * (least + (most - least) * chance.share("hurried", paper)))
    late_request = chance.share("late request", paper) < behaviour.figure(
        "extension", "late_request"
    )
    befalls = _befalls(behaviour, chance, level, paper)
    return Fate(fixed, asks, late_request, befalls, round(fixed * chance.share("when", paper)))


def _befalls(behaviour: Behaviour, chance: Chance, level: str, paper: int) -> str:
    left = chance.share("befalls", paper)
    for act, shares in behaviour.raw["befalls"].items():
        left -= float(shares[level])
        if left < 0:
            return str(act)
    return ""
