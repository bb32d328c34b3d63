"""The generic operations of designers in a simulation: fields, dates, messages, processes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from engine.simulation.world import Stage
from workflows.simulation.dates import day_of, end_of
from workflows.simulation.steps import Steps

Values = Mapping[str, object]

OWN: Final = "own."
"""What the names of a designer's own dates begin with."""


def _start_date(steps: Steps, values: Values, stage: Stage) -> str:
    """Start a service deadline and return its last day."""
    days = steps.zone.days
    since = values.get("from")
    first = (since - days.first).days if isinstance(since, date) else day_of(stage.now)
    count = int(str(values.get("count") or 0).partition(".")[0])
    by_workdays = values.get("unit") == "workdays"
    last = days.workday_after(first, count) if by_workdays else first + count
    steps.facts.own_dates[str(values.get("name"))] = end_of(last)
    return days.day(last).isoformat()


GENERIC: Final[Mapping[str, Callable[[Steps, Values, Stage], object]]] = {
    "case.set_field": lambda s, v, _: s.facts.own.update({str(v.get("field")): v.get("value")}),
    "deadline.start": _start_date,
    "notify": lambda *_: 1,
    "paper.make": lambda *_: "",
    "message.send": lambda _, values, stage: stage.post("message", str(values.get("message"))),
    "process.start": lambda _, values, stage: stage.post("process", str(values.get("process"))),
}
"""By name; who is told and what a paper says changes nothing that is simulated."""
