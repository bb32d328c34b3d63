"""Who may hold an interview: the three whom the article names, and nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.errors import Incident, Invalid
from engine.ports import Grant
from workflows.domain import interview_entries as entries
from workflows.domain.hazard_case import HazardCase

PARK_COMMAND = "park_command"
IN_CHARGE = "leader_incharge"
PRINCIPAL = "leader_principal"

NAMES = {
    PARK_COMMAND: ("园区攻坚指挥部指挥长", "the head of the park command"),
    IN_CHARGE: ("区分管领导", "the leader in charge"),
    PRINCIPAL: ("区主要领导", "the principal leader"),
}
_POSTS = {
    PARK_COMMAND: ("park_command", "head"),
    IN_CHARGE: ("leaders", "in_charge"),
    PRINCIPAL: ("leaders", "principal"),
}


def grant(case: HazardCase, host: str) -> Grant:
    """Return the post that holds an interview."""
    if host not in _POSTS:
        raise Incident(f"Expected a host of interviews, but it is {host!r}", f"约谈人无效：{host}")
    body, role = _POSTS[host]
    return Grant(case.body(body), role)


def posts(bodies: Mapping[str, Any]) -> dict[str, Grant]:
    """Return the post of every host, by the bodies of a case."""
    return {host: Grant(str(bodies[part]), role) for host, (part, role) in _POSTS.items()}


def named(answer: object) -> tuple[str, str | None]:
    """Return whom the table names and why; its first version, which runs on, gave no reason."""
    if isinstance(answer, Mapping):
        return str(answer.get("host")), answer.get("why")
    return str(answer), None


def candidates(case: HazardCase, token: Mapping[str, Any]) -> tuple[Grant, ...]:
    """Return who may hold a token's interview; no deputy, because the article names three."""
    return (grant(case, str(entries.find(case.data, token).get("host"))),)


def chosen(data: Mapping[str, Any]) -> str:
    """Return the host that a form names; raise Invalid if the article does not name him."""
    host = str(data.get("host") or "")
    if host not in NAMES:
        raise Invalid.at(
            "host",
            f"Expected one of {', '.join(NAMES)}, but it is {host!r}",
            "约谈人须为指挥长、分管领导或主要领导",
        )
    return host
