"""A fatal accident that a hazard is linked with, as an officer of the bureau records it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.errors import Conflict, NotAllowed
from engine.ports import Act, Completion, Context
from workflows.domain.hazard_case import HazardCase

ACT = Act("fatality.link", "登记死亡事故关联", "Link a fatal accident", "fatality", plain=True)
_NAME = "fatality"


def is_linked(case: HazardCase) -> bool:
    """Return whether a fatal accident is linked with the hazard."""
    return bool(case.data["ext"].get(_NAME))


def may_link(case: HazardCase, context: Context) -> None:
    """Raise unless an officer of the bureau links the first accident."""
    bureau = case.body("emergency_bureau")
    if not any(context.actor.holds(bureau, role) for role in ("officer", "head", "deputy")):
        raise NotAllowed(
            "Expected an officer of the emergency bureau, but the actor is not",
            "死亡事故关联由应急管理局人员登记",
        )
    if is_linked(case):
        raise Conflict("Expected no accident linked yet, but there is one", "已登记死亡事故关联")


def linked(case: HazardCase, data: Mapping[str, Any], context: Context) -> Completion:
    """Record the accident; an interview after it is held by the principal leader."""
    accident = {
        "by": context.actor.id,
        "at": context.now.isoformat(),
        "happened_on": data.get("happened_on"),
        "accident": data.get("accident"),
    }
    case.data["ext"] = {**case.data["ext"], _NAME: accident}
    return Completion()
