"""Which step is limited by a date of its case, and which only by a count of working days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from workflows.domain.deadline import Deadline

_OWN_DATES = {
    "order.serve": "serve",
    "recheck.submit": "recheck",
    "recheck.second": "recheck",
    "recheck.expert": "recheck",
}
"""Acts whose service limit is a deadline of the case, not a count from the task's opening."""

_WORKING_DAYS = re.compile(r"w\d{1,2}")


def own_date(act: str, deadlines: Iterable[Deadline]) -> Deadline | None:
    """Return the running deadline of an act."""
    kind = _OWN_DATES.get(act)
    return next((one for one in deadlines if one.kind == kind and one.running), None)


def may_pause(act: str, properties: Mapping[str, str], deadlines: Iterable[Deadline]) -> bool:
    """Return whether nothing but working days that no rule names limits a step."""
    counted = _WORKING_DAYS.fullmatch(properties.get("ladder", "")) is not None
    return counted and own_date(act, deadlines) is None
