"""A deadline as the JSON values that the case document keeps."""

from __future__ import annotations

from datetime import date
from typing import Any

from workflows.domain.deadline import Change, Deadline, Event


def as_json(deadline: Deadline) -> dict[str, Any]:
    """Return JSON values; every command asks for every date, so each is named by hand."""
    return {
        "number": deadline.number,
        "kind": deadline.kind,
        "rule_set": deadline.rule_set,
        "rule_version": deadline.rule_version,
        "rule": deadline.rule,
        "article": deadline.article,
        "start_event": deadline.start_event,
        "started_at": deadline.started_at.isoformat(),
        "unit": deadline.unit,
        "days": deadline.days,
        "due_date": deadline.due_date.isoformat(),
        "due_at": deadline.due_at.isoformat(),
        "level": deadline.level,
        "round": deadline.round,
        "set_at": deadline.set_at.isoformat(),
        "printed": deadline.printed,
        "body": deadline.body,
        "provisional": deadline.provisional,
        "state": deadline.state,
        "resumed_at": _text(deadline.resumed_at),
        "met_at": _text(deadline.met_at),
        "expired_at": _text(deadline.expired_at),
        "recorded_at": _text(deadline.recorded_at),
        "explained": [{"zh": one.zh, "en": one.en} for one in deadline.explained],
        "changes": [_of_change(one) for one in deadline.changes],
        "events": [_of_event(one) for one in deadline.events],
    }


def _of_change(change: Change) -> dict[str, Any]:
    return {
        "cause": change.cause,
        "actor": change.actor,
        "at": change.at.isoformat(),
        "before": _text(change.before),
        "after": _text(change.after),
        "note": change.note,
    }


def _of_event(one: Event) -> dict[str, Any]:
    return {"state": one.state, "actor": one.actor, "at": one.at.isoformat(), "note": one.note}


def _text(value: date | None) -> str | None:
    return value.isoformat() if value else None
