"""The weeks of a listing: when its next report of progress is due, whatever became of the last."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from workflows.domain import instants
from workflows.domain.rule_set import RuleSet


def missed(listing: Mapping[str, Any], rules: RuleSet) -> datetime | None:
    """Return when a report that is still owed is missed: the one after it falls due."""
    due = instants.optional(listing["progress_due"])
    return due + _week(rules) if due else None


def following(listing: Mapping[str, Any], rules: RuleSet, now: datetime) -> datetime:
    """Return the next day of reporting after now; a late report does not move the later ones."""
    due = instants.stored(listing["progress_due"]) + _week(rules)
    while due <= now:
        due += _week(rules)
    return due


def _week(rules: RuleSet) -> timedelta:
    return timedelta(days=rules.whole("listing.progress_report_days"))
