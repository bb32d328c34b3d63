"""What designers added to a case: each value is of the type that it was written with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from engine import clock
from engine.operations import as_type
from engine.work.checking.findings import Finding
from workflows.domain.designed_fields import EXT, EXT_FIELDS, KEPT
from workflows.domain.hazard_case import HazardCase
from workflows.domain.instants import said
from workflows.domain.own_dates import DATES

_CHECK = "designed"


def designed_findings(case: HazardCase) -> Iterator[Finding]:
    """Yield the fields and dates of designers that are not what their rows say."""
    values, known = case.data[EXT], case.data.get(EXT_FIELDS, {})
    for name in sorted((values.keys() | known.keys()) - KEPT):
        kind = known.get(name, {}).get("type", "")
        if name not in values or as_type(values[name], kind) is ...:
            yield Finding(
                _CHECK,
                f"Expected case.ext.{name} as a {kind or 'known type'}, "
                f"but it is {values.get(name)!r}",
                f"案件字段 {name} 与其类型 {kind} 不符",
                case.id,
            )
    for name, row in case.data.get(DATES, {}).items():
        last = date.fromisoformat(row["due_date"])
        ends = datetime.fromisoformat(row["due_at"])
        if ends != clock.end_of_day(last):
            yield Finding(
                _CHECK,
                f"Expected the deadline {name} to end with {last}, but it is {said(ends)}",
                f"办理期限 {name} 应于 {last} 24时届满",
                case.id,
            )
