"""What is drawn on the diagram of an analysis: for each measure, how warm each shape is."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from webapp.i18n.language import t
from workflows.analysis.analysis import Analysis
from workflows.analysis.waits import Step

WARMTHS: Final = 5
"""How many shades there are; the warmest is that of the greatest value."""

Mark = tuple[int, str]
"""How warm from 1 to `WARMTHS`, and what the badge says."""

Measure = Callable[[Step], float | None]
Said = Callable[[float | None], str]

MEASURES: Final[Mapping[str, Measure]] = {
    "median": lambda step: step.waiting.median,
    "p90": lambda step: step.waiting.p90,
    "opened": lambda step: step.waiting.opened,
    "returns": lambda step: step.returns,
    "open": lambda step: step.waiting.open,
}
WAITS: Final = frozenset({"median", "p90"})


@dataclass(frozen=True)
class Heat:
    """The measures with their names, and the marks of all of them as JSON."""

    measures: tuple[tuple[str, str], ...]
    marks: str


def heat_of(found: Analysis, waited: Said) -> Heat:
    """Return what is drawn; only shapes of the version in force can be."""
    names = {
        "median": t("analysis.median"),
        "p90": t("analysis.p90"),
        "opened": t("analysis.opened"),
        "returns": t("analysis.returns"),
        "open": t("analysis.open"),
    }
    marks = {
        name: _marks(found, measure, waited if name in WAITS else _count)
        for name, measure in MEASURES.items()
    }
    shown = {"steps": marks, "ways": _ways(found)}
    return Heat(tuple(names.items()), json.dumps(shown, ensure_ascii=False))


def _marks(found: Analysis, measure: Measure, said: Said) -> dict[str, Mark]:
    values = {step.element: measure(step) for step in found.steps}
    most = max((one for one in values.values() if one), default=0.0)
    return {
        element: (_warmth(value, most), said(value)) for element, value in values.items() if value
    }


def _ways(found: Analysis) -> dict[str, Mark]:
    times: dict[str, int] = {}
    for way in found.ways:
        if way.flow is not None:
            times[way.flow] = times.get(way.flow, 0) + way.times
    most = max(times.values(), default=0)
    return {flow: (_warmth(count, most), _count(count)) for flow, count in times.items()}


def _warmth(value: float, most: float) -> int:
    return min(WARMTHS, 1 + int(WARMTHS * value / most)) if most else 1


def _count(value: float | None) -> str:
    return f"{int(value or 0):,}"
