"""What proposals to the head of the bureau share: who decides, how each is kept and told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engine import clock
from engine.errors import NotAllowed
from engine.ports import Context, Grant
from workflows.domain import instants, notifications, organisation
from workflows.domain.hazard_case import HazardCase
from workflows.domain.language import spoken

Words = tuple[str, str]
"""What is told, in Chinese and in English, after the number of the case."""


def word(data: Mapping[str, Any], context: Context) -> dict[str, Any]:
    """Return what a proposer says: the reason, who and when."""
    return {
        "reason": data.get("reason"),
        "by": context.actor.id,
        "acting_for": context.actor.acting_for,
        "at": context.now.isoformat(),
    }


def closing(status: str, data: Mapping[str, Any], context: Context) -> dict[str, Any]:
    """Return what is kept of the end of a proposal."""
    return {
        "status": status,
        "closed_by": context.actor.id,
        "closed_at": context.now.isoformat(),
        "answer": data.get("reason"),
    }


def check_another(proposers: Iterable[str], context: Context, refusal: Words) -> None:
    """Raise NotAllowed with a refusal where who acts, or whom they stand in for, proposed."""
    if {context.actor.id, context.actor.acting_for} & set(proposers):
        raise NotAllowed(refusal[1], refusal[0])


def said(proposal: Mapping[str, Any], context: Context) -> str:
    """Return a proposal as a form shows it: who, when, why."""
    by = str(proposal["by"])
    found = organisation.names(context.session, [by]).get(by)
    name = spoken(context, found.name_zh, found.name) if found else by
    at = clock.beijing(instants.stored(proposal["at"]))
    return f"{name} {at:%Y-%m-%d %H:%M}\n{proposal['reason']}"


def news(case: HazardCase, kind: str, words: Words) -> notifications.News:
    """Return what is told of a case, behind its number."""
    number, (zh, en) = case.data["number"], words
    return notifications.News(kind, f"{number} {zh}", f"{number}: {en}")


def deciders(case: HazardCase) -> list[Grant]:
    """Return the head of the bureau, who decides."""
    return [Grant(case.body("emergency_bureau"), "head")]
