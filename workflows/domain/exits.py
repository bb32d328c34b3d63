"""Exits that one person decides by an act: transfer, and shutting down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.errors import Invalid
from engine.ports import Completion, Context
from workflows.domain import evidence
from workflows.domain.hazard_case import HazardCase


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
