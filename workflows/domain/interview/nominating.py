"""The host: proposed by the office, confirmed by the leader in charge, else the table's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.errors import Invalid
from engine.ports import SYSTEM, Completion, Context, TaskFacts
from workflows.domain import interview_entries as entries
from workflows.domain import interview_hosts as hosts
from workflows.domain.hazard_case import HazardCase


def proposed(
    case: HazardCase, task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take the office's proposal with its reason."""
    entry = entries.find(case.data, task.token)
    host = hosts.chosen(data)
    entries.change(case.data, entry, proposal=_word(host, data, context))
    return Completion({}, host)


def confirmed(
    case: HazardCase, task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take the word of the leader in charge; another host than the proposed one needs a reason."""
    entry = entries.find(case.data, task.token)
    host = hosts.chosen(data)
    if host != (entry["proposal"] or {}).get("host") and not data.get("reason"):
        raise Invalid.at(
            "reason",
            "Expected a reason for another host than the one proposed, but there is none",
            "改由他人约谈的，请说明理由",
        )
    entries.change(case.data, entry, confirmation=_word(host, data, context), host=host)
    return Completion({}, host)


def by_matrix(case: HazardCase, token: Mapping[str, Any], context: Context) -> None:
    """Let the table's host stand: nobody confirmed one within a day."""
    entry = entries.find(case.data, token)
    word = {"host": entry["matrix_host"], "by": SYSTEM.id, "at": context.now.isoformat()}
    entries.change(case.data, entry, confirmation=word, host=entry["matrix_host"])
    kept = {"interview": entry["number"], "host": entry["matrix_host"]}
    context.journal.record("interview.by_matrix", kept)


def proposal(case: HazardCase, task: TaskFacts, _context: Context) -> dict[str, Any]:
    """Return what the office's form starts with: the table's host."""
    return {"host": entries.find(case.data, task.token)["matrix_host"]}


def confirmation(case: HazardCase, task: TaskFacts, _context: Context) -> dict[str, Any]:
    """Return what the leader's form starts with: the host proposed."""
    entry = entries.find(case.data, task.token)
    return {"host": (entry["proposal"] or {}).get("host") or entry["matrix_host"]}


def _word(host: str, data: Mapping[str, Any], context: Context) -> dict[str, Any]:
    return {
        "host": host,
        "reason": data.get("reason"),
        "by": context.actor.id,
        "at": context.now.isoformat(),
    }
