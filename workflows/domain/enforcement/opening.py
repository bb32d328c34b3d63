"""An expiry opens enforcement; a second one makes it mandatory; an extension may take it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.errors import Incident
from engine.ports import Context
from workflows.domain import enforcement_entries as entries
from workflows.domain.hazard_case import HazardCase

STANDS, LAPSED = "stands", "lapsed"
DECIDED = "decided_already"
"""Why an entry lapses that is about the lateness of an earlier decision."""
RECTIFIED = "rectified"
"""Why it lapses where a timely request had no answer and the hazard was found fixed."""


def open_entry(case: HazardCase, _token: Mapping[str, Any], context: Context) -> int:
    """Note the dates that passed last, in the undecided entry or a new one.

    Returns:
        Its number; 0 where one and the same lateness has been decided already.
    """
    expired = [d for d in case.of_kind(*entries.DATES) if d.state == "expired" and d.recorded_at]
    if not expired:
        raise Incident("Expected an expired date, but there is none", "没有已届满的期限")
    last = max(d.recorded_at for d in expired if d.recorded_at)
    passed = [d for d in expired if d.recorded_at == last]
    entry = entries.undecided(case)
    before = None if entry else entries.deciding_on(case, passed)
    if before is not None:
        entries.keep(case, entries.noted(before, passed))
        context.journal.record("enforcement.not_again", {"number": before["number"]})
        return 0
    entry = entry or entries.opened(case, context.now)
    entry = entries.weighed(case, entries.noted(entry, passed))
    entries.keep(case, entry)
    context.journal.record(
        "enforcement.opened",
        {
            "number": entry["number"],
            "deadlines": [row.number for row in passed],
            "mandatory": entry["mandatory"],
            "grounds": entry["grounds"],
        },
    )
    return int(entry["number"])


def lapse(case: HazardCase, token: Mapping[str, Any], context: Context) -> str:
    """Take back what a late extension relieved; what passed of another date still stands.

    A lateness on which there is a decision is not decided again.
    """
    entry = entries.of(case, token)
    left = entries.expired_rows(case, entry)
    if entries.owed_rows(case, entry):
        entry = entries.noted({**entry, "passed": {}}, left)
        entries.keep(case, entries.weighed(case, entry))
        return STANDS
    cause = DECIDED if left else "extension" if entry["passed"] else RECTIFIED
    lapsed = {"at": context.now.isoformat(), "cause": cause}
    entries.keep(case, {**entry, "lapsed": lapsed, "mandatory": False, "grounds": []})
    told = {} if cause == "extension" else {"cause": cause}
    context.journal.record("enforcement.lapsed", {"number": entry["number"], **told})
    return LAPSED
