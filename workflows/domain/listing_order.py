"""A leader orders that a hazard of any level is supervised by the zone (领导批示挂牌督办)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.errors import Conflict, NotAllowed
from engine.ports import Act, Completion, Context
from workflows.domain import listing
from workflows.domain.hazard_case import HazardCase

ACT = Act("listing.open", "领导批示挂牌督办", "Order supervision by the zone", "listing_order")
FORMS = frozenset({"listing_order"})
"""Forms of acts that lie beside the process `listed_supervision`."""

_LEADERS = ("in_charge", "principal")


def may_order(case: HazardCase, context: Context) -> None:
    """Raise unless a leader, or the head of the office, lists a hazard not of grade 2 yet."""
    leader = any(context.actor.holds(case.body("leaders"), role) for role in _LEADERS)
    if not (leader or context.actor.holds(case.body("office"), "head")):
        raise NotAllowed(
            "Expected a leader or the head of the safety office, but the actor is not",
            "挂牌督办须由区领导或区安办主任批示",
        )
    if case.data["level"] is None:
        raise Conflict("Expected a confirmed level, but there is none", "核定等级后方可挂牌督办")
    if case.data["listing"]["grade"] >= listing.ZONE_GRADE:
        raise Conflict(
            "Expected a hazard not yet supervised by the zone, but it is", "已是区级挂牌督办"
        )


def ordered(case: HazardCase, data: Mapping[str, Any], context: Context) -> Completion:
    """Keep the order; the listing that it opens or raises takes it as a ground."""
    order = {
        "by": context.actor.id,
        "at": context.now.isoformat(),
        "reason": data.get("reason"),
    }
    case.data["listing"] = {**case.data["listing"], "ordered": order}
    return Completion({}, None)
