"""Which kinds of bodies a zone has, which it needs, and which roles fit into each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from workflows.domain.candidates import ENTERPRISE_ROLES
from workflows.domain.org_facts import ROLES

HEADS: Final = frozenset({"head", "in_charge", "principal", "expert"})
"""Roles without which a body cannot do its part of the loop."""

BUSINESS_ROLES: Final = tuple(role for role in ROLES if role != "admin")
_INSPECTS: Final = ("head", "deputy", "officer")
_KEEPS: Final = ("head", "deputy", "officer", "clerk")


@dataclass(frozen=True)
class Kind:
    """A kind of body: its names, the roles that fit, and those that must be held."""

    name_zh: str
    name: str
    roles: tuple[str, ...]
    held: tuple[str, ...] = ()
    needed: bool = False
    single: bool = False
    """The loop names the one body of this kind; a second one would never be asked."""
    by_two: tuple[str, ...] = ()
    """Roles that two persons must hold: one finds or proposes, and another has to check."""


KINDS: Final[dict[str, Kind]] = {
    "emergency_bureau": Kind(
        "应急管理局",
        "Emergency bureau",
        _KEEPS,
        ("head", "officer"),
        needed=True,
        single=True,
        by_two=("officer",),
    ),
    "office": Kind("安委会办公室", "Safety office", _KEEPS, ("officer",), needed=True, single=True),
    "leaders": Kind(
        "区领导",
        "Leaders of the zone",
        ("in_charge", "principal"),
        ("in_charge", "principal"),
        needed=True,
        single=True,
    ),
    "experts": Kind("专家库", "Expert pool", ("expert",), ("expert",), needed=True, single=True),
    "park_command": Kind("园区指挥部", "Park command", _INSPECTS, ("head",)),
    "industry_department": Kind(
        "行业主管部门", "Industry department", _INSPECTS, ("head",), needed=True
    ),
    "town": Kind("镇（街道）", "Town or street", _INSPECTS, ("head",), needed=True),
    "enterprise": Kind("企业", "Enterprise", ENTERPRISE_ROLES, ("principal",), needed=True),
    "designers": Kind("流程设计", "Process designers", ("designer",)),
    "auditors": Kind("纪检审计", "Auditors", ("auditor",)),
    "vault": Kind("举报受理", "Report vault", ("vault",)),
    "admins": Kind("系统管理", "Administrators", ("admin",), ("admin",), needed=True, single=True),
}

ROLE_NAMES: Final[dict[str, tuple[str, str]]] = {
    "officer": ("检查人员", "Officer"),
    "clerk": ("登记员", "Clerk"),
    "head": ("负责人", "Head"),
    "deputy": ("副职", "Deputy"),
    "principal": ("主要负责人", "Principal"),
    "safety_officer": ("安全管理员", "Safety officer"),
    "expert": ("专家", "Expert"),
    "in_charge": ("分管领导", "Leader in charge"),
    "designer": ("流程设计", "Process designer"),
    "auditor": ("纪检审计", "Auditor"),
    "vault": ("举报受理", "Vault officer"),
    "admin": ("系统管理", "Administrator"),
}


def role_name(kind: str, role: str) -> tuple[str, str]:
    """Return what a role is called in a body of a kind; of one that is no more, its key."""
    if (kind, role) == ("leaders", "principal"):
        return ("主要领导", "Principal leader")
    return ROLE_NAMES.get(role, (role, role))
