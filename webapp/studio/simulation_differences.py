"""What two versions differ by, in words and with the drawing of its interval."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from webapp.i18n.language import t
from webapp.studio.simulation_charts import IntervalDrawing, interval_drawing
from webapp.studio.simulation_words import figure_words, measure_of


@dataclass(frozen=True)
class DifferenceLine:
    """One figure of both versions."""

    figure: str
    first: str
    second: str
    difference: str
    interval: str
    said: str
    tone: str
    drawing: IntervalDrawing | None
    same: bool


def differences_of(report: Mapping[str, Any]) -> list[DifferenceLine]:
    """Return the figures in words: those of the case, and of the steps those that differ."""
    steps = {
        (one["process"], one["element"]): one
        for version in report.get("versions", ())
        for one in version["steps"]
    }
    found = []
    for one in report.get("comparison", ()):
        words = figure_words(one["name"], steps)
        if words is not None and (one["certain"] or not one["name"].startswith("step/")):
            found.append(_difference(words, one))
    return found


def _difference(words: str, one: Mapping[str, Any]) -> DifferenceLine:
    measure = measure_of(one["name"])
    interval = ""
    if one["low"] is not None:
        interval = f"{_signed(measure, one['low'])} … {_signed(measure, one['high'])}"
    same = one["low"] == 0 == one["high"]
    said, tone = ("simulation.uncertain", "quiet")
    if one["certain"]:
        said, tone = ("simulation.certain", "warning")
    return DifferenceLine(
        figure=words,
        first=measure(one["first"]),
        second=measure(one["second"]),
        difference=_signed(measure, one["difference"]),
        interval=interval,
        said=t(said),
        tone=tone,
        drawing=interval_drawing(one["difference"], one["low"], one["high"]),
        same=same,
    )


def _signed(measure: Any, value: float) -> str:  # noqa: ANN401 as `measure_of` gives it
    words = str(measure(abs(value)))
    if value == 0 or not any(digit in words for digit in "123456789"):
        return words
    return f"{'+' if value > 0 else '−'}{words}"
