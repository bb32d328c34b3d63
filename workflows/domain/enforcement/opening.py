"""An expiry opens enforcement; a second one makes it mandatory; an extension may take it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.errors import Incident
from engine.ports import Context
from workflows.domain import enforcement_entries as entries
from workflows.domain.hazard_case import HazardCase

STANDS, LAPSED = "stands", "lapsed"


def open_entry(case: HazardCase, _token: Mapping[str, Any], context: Context) -> int:
    """Note the dates that passed last, in the undecided entry or a new one; return its number."""
    expired = [d for d in case.of_kind(*entries.DATES) if d.state == "expired" and d.recorded_at]
    if not expired:
        raise Incident("Expected an expired date, but there is none", "没有已届满的期限")
    last = max(d.recorded_at for d in expired if d.recorded_at)
    passed = [d for d in expired if d.recorded_at == last]
    entry = entries.undecided(case) or entries.opened(case, context.now)
    entry = entries.noted(entry, passed)
    entry["mandatory"] = entries.is_mandatory(case, entry)
    entries.keep(case, entry)
    context.journal.record(
        "enforcement.opened",
        {
            "number": entry["number"],
            "deadlines": [row.number for row in passed],
            "mandatory": entry["mandatory"],
        },
    )
    return int(entry["number"])


def lapse(case: HazardCase, token: Mapping[str, Any], context: Context) -> str:
    """Take back what a late extension relieved; what passed of another date still stands."""
    entry = entries.of(case, token)
    left = entries.expired_rows(case, entry)
    if left:
        entry = entries.noted({**entry, "passed": {}}, left)
        entries.keep(case, {**entry, "mandatory": entries.is_mandatory(case, entry)})
        return STANDS
    lapsed = {"at": context.now.isoformat(), "cause": "extension"}
    entries.keep(case, {**entry, "lapsed": lapsed, "mandatory": False})
    context.journal.record("enforcement.lapsed", {"number": entry["number"]})
    return LAPSED
