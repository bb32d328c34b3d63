"""Which step is limited by a date of its case, and which may stand still while it is suspended."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from workflows.domain.deadline import Deadline

PAUSING = ("level.propose", "level.second", "level.confirm")
"""Acts that may stand still: the grading of a hazard, before any date of its case runs.

Behind every other step stands a date or a duty. The report of completion waits for the plan and
the public notice; a strike-off that is returned brings the date of rectifying back; a general
hazard is put right at once; enforcement, interviews, extensions and listings are duties of their
own.
"""

_OWN_DATES = {
    "order.serve": "serve",
    "recheck.submit": "recheck",
    "recheck.second": "recheck",
    "recheck.expert": "recheck",
}
"""Acts whose service limit is a deadline of the case, not a count from the task's opening."""

_DATED = ("live", "held", "expired")
_WORKING_DAYS = re.compile(r"w\d{1,2}")


def own_date(act: str, deadlines: Iterable[Deadline]) -> Deadline | None:
    """Return the running deadline of an act."""
    kind = _OWN_DATES.get(act)
    return next((one for one in deadlines if one.kind == kind and one.running), None)


def may_pause(
    act: str, properties: Mapping[str, str], deadlines: Sequence[Deadline], *, imminent: bool
) -> bool:
    """Return whether a step may stand still: danger does not wait, nor does a date of the case."""
    counted = _WORKING_DAYS.fullmatch(properties.get("ladder", "")) is not None
    dated = any(one.state in _DATED for one in deadlines)
    return act in PAUSING and counted and not imminent and not dated
