"""What becomes of a hazard, drawn when it is found: how fast it is mended, and what goes wrong."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

from workflows.bench.city.year import Finding

_MEDIAN_DAYS = {"larger": 5.0, "major": 10.0}
_SPREAD = {"larger": 0.744, "major": 0.774}
"""Lognormal: 93 of 100 larger hazards within 15 days, 70 of 100 major ones."""

_LIMIT_DAYS = 15
_ASKS = {"larger": 0.04, "major": 0.25}
_LATE = {"general": 0.0001, "larger": 0.021, "major": 0.08}
_AT_ONCE, _IN_A_DAY = 0.6, 0.9
_VOID = {"general": 0.01, "larger": 0.01, "major": 0.05}
_SHUT_DOWN = 85 / 254_475
_TRANSFERRED = 0.001
_RAISED = 0.002
_COMMENTED, _URGED = 0.03, 0.01
_SECOND_EXTENSION, _SILENT_SIGNER, _REFUSED_SIGNATURE, _REFUSED_SERVICE = 0.12, 0.03, 0.08, 0.01


@dataclass(frozen=True)
class Fate:
    """The course of one case; hours count from service."""

    hours: float
    asks: int
    """How many extensions the enterprise asks for."""

    refused: bool
    silent: bool
    service_refused: bool
    act: str
    """The extra act that befalls the case, "" for none."""

    act_after: float
    """The share of the way to being mended at which it does."""


def fate(finding: Finding) -> Fate:
    """Draw the course of a case, the same for the same finding."""
    chance = random.Random(f"fate {finding.number}")  # noqa: S311 a repeatable year
    level = finding.level
    hours, late = _hours(chance, level)
    asks = int(not late and (hours > _LIMIT_DAYS * 24 or chance.random() < _ASKS.get(level, 0) / 3))
    if asks and level not in _ASKS:
        asks = 0
    if hours > _LIMIT_DAYS * 24 and not late and not asks:
        hours = _LIMIT_DAYS * 24 * chance.uniform(0.6, 0.95)
    return Fate(
        hours=hours,
        asks=asks + int(asks > 0 and chance.random() < _SECOND_EXTENSION),
        refused=chance.random() < _REFUSED_SIGNATURE,
        silent=chance.random() < _SILENT_SIGNER,
        service_refused=chance.random() < _REFUSED_SERVICE,
        act=_act(chance, level),
        act_after=chance.uniform(0.1, 0.9),
    )


def _hours(chance: random.Random, level: str) -> tuple[float, bool]:
    """Return the hours from service until it is mended, and whether its date will pass."""
    late = chance.random() < _LATE[level]
    if level == "general":
        drawn = chance.random()
        span = (0.1, 3) if drawn < _AT_ONCE else (3, 20) if drawn < _IN_A_DAY else (20, 60)
        return (chance.uniform(80, 200) if late else chance.uniform(*span)), late
    days = chance.lognormvariate(math.log(_MEDIAN_DAYS[level]), _SPREAD[level])
    if late:
        return (_LIMIT_DAYS + chance.uniform(2, 25)) * 24, True
    if days > _LIMIT_DAYS and chance.random() > _asking(level):
        days = _LIMIT_DAYS * chance.uniform(0.5, 0.95)
    return days * 24, False


def _asking(level: str) -> float:
    """Return how many of those that need longer ask for it, the rest hurry."""
    beyond = {"larger": 0.07, "major": 0.30}[level]
    return min(1.0, _ASKS[level] / beyond)


def _act(chance: random.Random, level: str) -> str:
    drawn = chance.random()
    for act, share in (
        ("case.void_propose", _VOID[level]),
        ("case.shut_down", _SHUT_DOWN),
        ("case.transfer", _TRANSFERRED),
        ("level.raise", _RAISED if level == "general" else 0),
        ("comment", _COMMENTED),
        ("urge", _URGED),
    ):
        if drawn < share:
            return act
        drawn -= share
    return ""
