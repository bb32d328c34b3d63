"""Who may do a task: candidate rules become bodies with roles."""

from __future__ import annotations

from engine.errors import Incident
from engine.ports import Grant, TaskFacts
from workflows.domain import interview_hosts as hosts
from workflows.domain.hazard_case import HazardCase

RULES = frozenset(
    {
        "finder",
        "issuer",
        "enterprise",
        "park_command",
        "industry_department",
        "emergency_bureau",
        "office",
        "leader_incharge",
        "leader_principal",
        "expert",
        "listing_body",
        "interview_host",
    }
)
INSPECTING = ("officer", "head", "deputy")
"""Head and deputy may inspect as officers do; an officer never decides as a head."""

_FIXED = {
    "leader_incharge": ("leaders", "in_charge"),
    "leader_principal": ("leaders", "principal"),
    "expert": ("experts", "expert"),
}
ENTERPRISE_ROLES = ("principal", "safety_officer")
_SECOND_ACTS = ("level.second", "raise.second", "recheck.second")
_DECIDED_BY_THE_BUREAU = ("level.second", "raise.second", "refusal.second")
"""Second checks of what the bureau's head decides, and for a head who is barred the deputy."""

_DECIDERS = ("head", "deputy")


def of_enterprise(case: HazardCase) -> list[Grant]:
    """Return who acts and is told for the enterprise."""
    return [Grant(case.body("enterprise"), role) for role in ENTERPRISE_ROLES]


def candidates(case: HazardCase, task: TaskFacts) -> tuple[Grant, ...]:
    """Return who may do a task, the first the most proper."""
    rule, role = task.properties.get("body", ""), task.properties.get("role")
    if rule not in RULES:
        raise Incident(
            f"Expected a known candidate rule, but {task.element} names {rule!r}",
            f"任务 {task.element} 的办理单位规则 {rule} 无效",
        )
    if rule == "interview_host":
        return hosts.candidates(case, task.token)
    if rule in _FIXED:
        body, fixed = _FIXED[rule]
        return (Grant(case.body(body), fixed),)
    found = [Grant(case.body(rule), name) for name in _roles(rule, role)]
    if task.act in _SECOND_ACTS:
        found += [Grant(case.body("emergency_bureau"), name) for name in _roles("", "officer")]
    if task.act in _DECIDED_BY_THE_BUREAU:
        # One of the two may have made the first check: the other has to remain for the decision.
        deciders = [Grant(case.body("emergency_bureau"), name) for name in _DECIDERS]
        found = [one for one in found if one not in deciders]
    return tuple(dict.fromkeys(found))


def of_rule(case: HazardCase, rule: str, role: str | None) -> tuple[Grant, ...]:
    """Return whom a candidate rule and a role name; nobody where the case has no such body."""
    part, fixed = _FIXED.get(rule, (rule, None))
    body = case.data["bodies"].get(part)
    if body is None:
        return ()
    return (Grant(body, fixed),) if fixed else tuple(Grant(body, one) for one in _roles(rule, role))


def _roles(rule: str, role: str | None) -> tuple[str, ...]:
    if role == "officer" or (role is None and rule != "enterprise"):
        return INSPECTING
    if role == "clerk":
        return ("clerk", *INSPECTING)
    return (role,) if role else ENTERPRISE_ROLES
