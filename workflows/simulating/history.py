"""The behaviour of a zone by its own history: times and answers of what was done often enough.

Only sums leave the database: how long an act took, how often it was answered in which way. What
was done fewer than thirty times keeps the figure of the behaviour that comes with the product.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.simulation.distributions import Fixed, Observed
from engine.store.tasks import Task
from workflows.domain.ledger_tables import HazardRow
from workflows.simulation.behaviour import LEVELS, ActBehaviour, Behaviour, Manner, Outcome
from workflows.simulation.hazard import RECTIFY

ENOUGH: Final = 30
NEWEST: Final = 20_000
"""Completed tasks that are looked at, the newest first."""

_POINTS: Final = 20
_MATCHED: Final = 0.9
"""Part of the answers that must be among those of the behaviour for their shares to count."""

_HOUR: Final = 3_600.0


@dataclass(frozen=True, slots=True)
class Done:
    """One completed task."""

    act: str
    level: str | None
    hours: float
    outcome: str | None


@dataclass(frozen=True)
class Calibrated:
    """A behaviour with what a zone's history says of it, and how often each act was done."""

    behaviour: Behaviour
    counts: Mapping[str, int]


def calibrated(session: Session, agency: str, behaviour: Behaviour) -> Calibrated:
    """Return the behaviour of an agency's people as far as there is enough of it."""
    done = list(_done(session, agency))
    by_act: dict[str, list[Done]] = defaultdict(list)
    for one in done:
        by_act[one.act].append(one)
    counts = {act: len(found) for act, found in sorted(by_act.items()) if len(found) >= ENOUGH}
    acts = {
        act: _act(known, by_act[act]) if act in counts and act != RECTIFY else known
        for act, known in behaviour.acts.items()
    }
    fixing = dict(behaviour.fixing)
    for level in LEVELS:
        hours = [one.hours for one in by_act[RECTIFY] if one.level == level]
        if len(hours) >= ENOUGH:
            fixing[level] = replace(fixing[level], hours=_observed(hours), late=0.0)
    return Calibrated(replace(behaviour, acts=acts, fixing=fixing), counts)


def _done(session: Session, agency: str) -> Iterable[Done]:
    query = (
        select(Task.act, HazardRow.level, Task.opened_at, Task.completed_at, Task.outcome)
        .join(HazardRow, HazardRow.case_id == Task.case_id)
        .where(Task.agency == agency, Task.status == "completed", Task.completed_at.is_not(None))
        .order_by(Task.completed_at.desc(), Task.id)
        .limit(NEWEST)
    )
    for act, level, opened_at, completed_at, outcome in session.execute(query):
        if completed_at is not None:
            yield Done(act, level, _hours(opened_at, completed_at), outcome)


def _hours(opened_at: datetime, completed_at: datetime) -> float:
    return max(0.0, (completed_at - opened_at).total_seconds() / _HOUR)


def _act(known: ActBehaviour, found: Sequence[Done]) -> ActBehaviour:
    """Return how an act is done: of every level that has enough, and of all together."""
    by_level: dict[str, Manner] = {}
    for level in LEVELS:
        hours = [one.hours for one in found if one.level == level]
        if len(hours) >= ENOUGH:
            by_level[level] = _manner(hours)
    return replace(
        known,
        manner=_manner([one.hours for one in found]),
        by_level=by_level,
        outcomes=_shares(known.outcomes, found),
    )


def _manner(hours: Sequence[float]) -> Manner:
    """Return a manner that takes as long as it took: waiting for somebody is in it already."""
    return Manner(
        reaction=Fixed(0),
        work=Fixed(0),
        delay=_observed(hours),
        silent=0.0,
        silent_days=0.0,
        nobody=True,
    )


def _observed(hours: Sequence[float]) -> Observed:
    ordered = sorted(hours)
    last = len(ordered) - 1
    return Observed(tuple(ordered[round(last * n / _POINTS)] for n in range(_POINTS + 1)))


def _shares(outcomes: Sequence[Outcome], found: Sequence[Done]) -> Sequence[Outcome]:
    """Return the outcomes with the shares of history, if it speaks of the same ones."""
    seen = Counter(one.outcome for one in found if one.outcome)
    counts = [sum(seen[str(value)] for value in _said(one)) for one in outcomes]
    if len(outcomes) < 2 or not seen or sum(counts) < _MATCHED * seen.total():  # noqa: PLR2004
        return outcomes
    return tuple(replace(one, share=float(n)) for one, n in zip(outcomes, counts, strict=True))


def _said(outcome: Outcome) -> set[object]:
    """Return how an outcome may be written in history."""
    return {outcome.flags.get(name) for name in ("decision", "result", "outcome")} - {None}
