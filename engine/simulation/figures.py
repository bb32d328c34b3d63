"""What a run comes to: figures by group of cases, step, body and day, and one flat list of them.

What the world counts of a case is told by its kind: a yes or no becomes a share, a whole number a
sum, a list of seconds a time. `group` and `lasted` are the two that every world gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean
from typing import Any, Final

from engine.simulation.calendars import DAY, HOUR
from engine.simulation.plan import Plan
from engine.simulation.records import PoolRecord, RunRecord, StepRecord

GROUP: Final = "group"
LASTED: Final = "lasted"
_WEEK: Final = 7
_MOST_DAYS: Final = 70
"""Days that are told one by one."""

_NINE_OF_TEN: Final = 0.9
_PLACES: Final = 3


def figures(record: RunRecord, plan: Plan) -> dict[str, Any]:
    """Return the figures of a run as plain values."""
    return {
        "cases": len(record.cases),
        "unfinished": record.unfinished,
        "astray": record.astray,
        "stuck": [
            {"process": key[0], "element": key[1], "name": name, "documentation": said, "times": n}
            for key, n in sorted(record.stuck.items())
            for name, said in (plan.names.get(key, (key[1], "")),)
        ],
        "groups": [_group(name, cases) for name, cases in _grouped(record.cases).items()],
        "steps": [
            _step(key, plan.names.get(key, (key[1], "")), one)
            for key, one in sorted(record.steps.items())
        ],
        "bodies": [_body(name, one) for name, one in record.pools.items()],
        "queue": _queue(record),
    }


def metrics(record: RunRecord) -> dict[str, float]:
    """Return one number by name for everything that two versions may be compared by."""
    found: dict[str, float] = {}
    for group, cases in _grouped(record.cases).items():
        found |= _metrics_of(group, cases)
    for name in _of_kind(record.cases, int):
        found[f"sum/{name}"] = float(sum(int(str(case[name])) for case in record.cases))
    for name in _of_kind(record.cases, list):
        times = _times(record.cases, name)
        if times:
            found[f"hours/{name}"] = fmean(times) / HOUR
    for (process, element), step in sorted(record.steps.items()):
        if step.lasted:
            found[f"step/{process}/{element}"] = fmean(step.lasted) / HOUR
    return found


def _metrics_of(group: str, cases: Sequence[Mapping[str, object]]) -> dict[str, float]:
    found: dict[str, float] = {}
    lasted = _times(cases, LASTED)
    if lasted:
        found[f"days/{group}/median"] = quantile(lasted, 0.5) / DAY
        found[f"days/{group}/p90"] = quantile(lasted, _NINE_OF_TEN) / DAY
    for name in _of_kind(cases, bool):
        found[f"share/{group}/{name}"] = fmean(bool(case[name]) for case in cases)
    return found


def quantile(values: Iterable[int], share: float) -> float:
    """Return the value that a share of some values does not exceed; between two it is straight."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def _grouped(cases: Iterable[Mapping[str, object]]) -> dict[str, list[Mapping[str, object]]]:
    found: dict[str, list[Mapping[str, object]]] = {}
    for case in cases:
        found.setdefault(str(case.get(GROUP, "")), []).append(case)
    return dict(sorted(found.items()))


def _group(name: str, cases: Sequence[Mapping[str, object]]) -> dict[str, Any]:
    lasted = _times(cases, LASTED)
    return {
        "group": name,
        "cases": len(cases),
        "finished": len(lasted),
        "median_days": _of(lasted, 0.5, DAY),
        "p90_days": _of(lasted, _NINE_OF_TEN, DAY),
        "shares": {
            key: round(fmean(bool(case[key]) for case in cases), 6) for key in _of_kind(cases, bool)
        },
        "sums": {key: sum(int(str(case[key])) for case in cases) for key in _of_kind(cases, int)},
        "times": {key: _time(_times(cases, key)) for key in _of_kind(cases, list)},
    }


def _of_kind(cases: Sequence[Mapping[str, object]], kind: type) -> list[str]:
    """Return the names of what is counted of the cases in one way, in the order of the world."""
    if not cases:
        return []
    named = (name for name in cases[0] if name not in (GROUP, LASTED, "case"))
    return [name for name in named if type(cases[0][name]) is kind]


def _times(cases: Iterable[Mapping[str, object]], name: str) -> list[int]:
    found: list[int] = []
    for case in cases:
        value = case.get(name)
        if isinstance(value, list):
            found.extend(value)
        elif isinstance(value, int):
            found.append(value)
    return found


def _time(seconds: Sequence[int]) -> dict[str, Any]:
    return {
        "count": len(seconds),
        "median_hours": _of(seconds, 0.5, HOUR),
        "p90_hours": _of(seconds, _NINE_OF_TEN, HOUR),
    }


def _step(key: tuple[str, str], name: tuple[str, str], step: StepRecord) -> dict[str, Any]:
    return {
        "process": key[0],
        "element": key[1],
        "name": name[0],
        "documentation": name[1],
        "body": step.pool,
        "opened": step.opened,
        "done": step.done,
        "taken_away": step.taken_away,
        "late_share": round(step.late / step.limited, 6) if step.limited else None,
        "waited_median_hours": _of(step.waited, 0.5, HOUR),
        "waited_p90_hours": _of(step.waited, _NINE_OF_TEN, HOUR),
        "queued_mean_hours": _mean(step.queued),
        "lasted_median_hours": _of(step.lasted, 0.5, HOUR),
        "lasted_p90_hours": _of(step.lasted, _NINE_OF_TEN, HOUR),
    }


def _body(name: str, pool: PoolRecord) -> dict[str, Any]:
    capacity = pool.staff * pool.open_hours
    return {
        "post": name,
        "staff": pool.staff,
        "busy_share": round(min(1.0, pool.worked / capacity), 6) if capacity else None,
        "tasks": len(pool.queued),
        "queued_mean_hours": _mean(pool.queued),
        "queued_p90_hours": _of(pool.queued, _NINE_OF_TEN, HOUR),
        "longest_queue": max(pool.lengths, default=0),
    }


def _queue(record: RunRecord) -> list[dict[str, int]]:
    """Return what is under way and what waits for somebody, once a day or in long runs a week."""
    step = _WEEK if len(record.samples) > _MOST_DAYS else 1
    return [
        {
            "day": moment // DAY,
            "open": record.open_cases[place],
            "waiting": sum(pool.lengths[place] for pool in record.pools.values()),
        }
        for place, moment in enumerate(record.samples)
        if place % step == 0
    ]


def _of(values: Sequence[int], share: float, unit: int) -> float | None:
    return round(quantile(values, share) / unit, _PLACES) if len(values) else None


def _mean(values: Sequence[int]) -> float | None:
    return round(fmean(values) / HOUR, _PLACES) if len(values) else None
