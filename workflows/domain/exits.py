"""Exits other than strike-off, each by the persons whom the rulings name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.errors import Invalid
from engine.ports import Completion, Context, Grant
from workflows.domain import evidence, notifications
from workflows.domain.hazard_case import HazardCase


def void_proposed(case: HazardCase, data: Mapping[str, Any], context: Context) -> Completion:
    """Keep the proposal to void a wrong entry, and tell the head of the bureau to decide."""
    case.data["void_proposal"] = {
        "by": context.actor.id,
        "at": context.now.isoformat(),
        "reason": data.get("reason"),
    }
    number, name = case.data["number"], context.actor.name
    news = notifications.News(
        "void.proposed",
        f"{number} {name}提出误报更正，由应急管理局局长决定",
        f"{number}: {name} proposes to void it, the head of the bureau decides",
    )
    notifications.tell(case, [Grant(case.body("emergency_bureau"), "head")], news, context)
    return Completion({}, None)


def voided(case: HazardCase, data: Mapping[str, Any], context: Context) -> Completion:
    """Decide to void: the second of two persons."""
    return _decide(case, "voided", data, context)


def transferred(case: HazardCase, data: Mapping[str, Any], context: Context) -> Completion:
    """Hand the hazard to the body that is competent for it."""
    receiver = str(data.get("receiver") or "").strip()
    if not receiver:
        raise Invalid.at(
            "receiver", "Expected a receiving body, but there is none", "请填写接收单位"
        )
    return _decide(case, "transferred", data, context, receiver=receiver)


def shut_down(case: HazardCase, data: Mapping[str, Any], context: Context) -> Completion:
    """Close because the site is shut down, with proof that the danger is gone."""
    photos = evidence.attach(context.session, data.get("photos") or (), case.id, context)
    if not photos:
        raise Invalid.at(
            "photos",
            "Expected proof that the danger is gone, but there is none",
            "须附危险消除的证明",
        )
    return _decide(case, "shut_down", data, context, photos=photos)


def _decide(
    case: HazardCase, kind: str, data: Mapping[str, Any], context: Context, **more: Any
) -> Completion:
    case.data["exit"] = {
        "kind": kind,
        "by": context.actor.id,
        "at": context.now.isoformat(),
        "reason": data.get("reason"),
        **more,
    }
    return Completion({}, kind)
