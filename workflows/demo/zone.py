"""The demonstration zone: two parks, four industry departments, a town and twelve enterprises.

Every body, person and enterprise is invented. Persons are named by their post, so that whoever
tries the product sees at once who is acting; a person's id is also the name of the account.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from engine.ports import Grant
from workflows.demo.enterprises import ENTERPRISES
from workflows.domain import organisation


@dataclass(frozen=True)
class DemoBody:
    """A body of the zone before it is loaded."""

    id: str
    kind: str
    name_zh: str
    name: str
    may_order: bool = False


@dataclass(frozen=True)
class DemoPerson:
    """A person of the zone with the roles held."""

    id: str
    name_zh: str
    name: str
    grants: tuple[Grant, ...]


BODIES: Final = (
    DemoBody("park_east", "park_command", "东园区攻坚指挥部", "East park command"),
    DemoBody("park_west", "park_command", "西园区攻坚指挥部", "West park command"),
    DemoBody("industry_economy", "industry_department", "经济商务局", "Economy department"),
    DemoBody(
        "industry_construction",
        "industry_department",
        "建设局",
        "Construction department",
        may_order=True,
    ),
    DemoBody(
        "industry_environment",
        "industry_department",
        "生态环境局",
        "Environment department",
        may_order=True,
    ),
    DemoBody("industry_social", "industry_department", "社会事务局", "Social affairs department"),
    DemoBody("bureau", "emergency_bureau", "应急管理局", "Emergency bureau", may_order=True),
    DemoBody("office", "office", "安委会办公室", "Safety office"),
    DemoBody("town1", "town", "示范镇人民政府", "Model town"),
    DemoBody("leaders", "leaders", "区领导", "Leaders of the zone"),
    DemoBody("experts", "experts", "安全生产专家库", "Expert pool"),
    DemoBody("designers", "designers", "流程设计组", "Process designers"),
    DemoBody("auditors", "auditors", "督查审计组", "Auditors"),
    DemoBody("vault", "vault", "举报受理室", "Report vault"),
    DemoBody("admins", "admins", "系统管理组", "Administrators"),
)


def _person(person: str, body: str, roles: str, name_zh: str, name: str) -> DemoPerson:
    return DemoPerson(person, name_zh, name, tuple(Grant(body, role) for role in roles.split()))


OFFICIALS: Final = (
    _person("inspector1", "bureau", "officer", "应急局执法员一", "Bureau officer 1"),
    _person("inspector2", "bureau", "officer", "应急局执法员二", "Bureau officer 2"),
    _person("inspector3", "industry_economy", "officer", "经商局检查员", "Economy officer"),
    _person("town1", "town1", "head officer", "示范镇镇长", "Head of the town"),
    _person("town1_deputy", "town1", "deputy officer", "示范镇副镇长", "Deputy head of the town"),
    _person("town1_officer", "town1", "officer", "示范镇检查员", "Town officer"),
    _person("park_east", "park_east", "head officer", "东园区指挥长", "East park commander"),
    _person(
        "park_east_deputy", "park_east", "deputy officer", "东园区副指挥长", "East park deputy"
    ),
    _person("park_east_officer", "park_east", "officer", "东园区检查员", "East park officer"),
    _person("park_west", "park_west", "head officer", "西园区指挥长", "West park commander"),
    _person(
        "park_west_deputy", "park_west", "deputy officer", "西园区副指挥长", "West park deputy"
    ),
    _person("park_west_officer", "park_west", "officer", "西园区检查员", "West park officer"),
    _person(
        "industry_economy", "industry_economy", "head officer", "经商局局长", "Head of economy"
    ),
    _person(
        "industry_economy_deputy",
        "industry_economy",
        "deputy officer",
        "经商局副局长",
        "Deputy head of economy",
    ),
    _person(
        "industry_construction",
        "industry_construction",
        "head officer",
        "建设局局长",
        "Head of construction",
    ),
    _person(
        "industry_construction_deputy",
        "industry_construction",
        "deputy officer",
        "建设局副局长",
        "Deputy head of construction",
    ),
    _person(
        "industry_construction_officer",
        "industry_construction",
        "officer",
        "建设局执法员",
        "Construction officer",
    ),
    _person(
        "industry_environment",
        "industry_environment",
        "head officer",
        "环境局局长",
        "Head of environment",
    ),
    _person(
        "industry_environment_deputy",
        "industry_environment",
        "deputy officer",
        "环境局副局长",
        "Deputy head of environment",
    ),
    _person(
        "industry_environment_officer",
        "industry_environment",
        "officer",
        "环境局执法员",
        "Environment officer",
    ),
    _person(
        "industry_social",
        "industry_social",
        "head officer",
        "社会事务局局长",
        "Head of social affairs",
    ),
    _person(
        "industry_social_deputy",
        "industry_social",
        "deputy officer",
        "社会事务局副局长",
        "Deputy head of social affairs",
    ),
    _person(
        "industry_social_officer",
        "industry_social",
        "officer",
        "社会事务局检查员",
        "Social affairs officer",
    ),
    _person("bureau_clerk", "bureau", "clerk", "应急局登记员", "Bureau clerk"),
    _person(
        "bureau_deputy", "bureau", "deputy officer", "应急局副局长", "Deputy head of the bureau"
    ),
    _person("bureau_head", "bureau", "head", "应急局局长", "Head of the bureau"),
    _person("leader_incharge", "leaders", "in_charge", "分管领导", "Leader in charge"),
    _person("leader_principal", "leaders", "principal", "主要领导", "Principal leader"),
    _person("office", "office", "officer", "安委办工作人员", "Safety office staff"),
    _person("office_officer", "office", "deputy officer", "安委办副主任", "Deputy of the office"),
    _person("office_head", "office", "head", "安委办主任", "Head of the safety office"),
    _person("expert1", "experts", "expert", "安全专家一", "Expert 1"),
    _person("expert2", "experts", "expert", "安全专家二", "Expert 2"),
    _person("designer", "designers", "designer", "流程设计员一", "Process designer 1"),
    _person("designer2", "designers", "designer", "流程设计员二", "Process designer 2"),
    _person("auditor", "auditors", "auditor", "督查审计员", "Auditor"),
    _person("vault1", "vault", "vault", "举报受理员一", "Vault officer 1"),
    _person("vault2", "vault", "vault", "举报受理员二", "Vault officer 2"),
    _person("admin", "admins", "admin", "系统管理员", "Administrator"),
)

MANAGERS: Final = tuple(
    _person(
        enterprise.id,
        enterprise.id,
        "principal safety_officer",
        f"{enterprise.name_zh}负责人",
        f"Principal of {enterprise.name}",
    )
    for enterprise in ENTERPRISES
)

PERSONS: Final = OFFICIALS + MANAGERS


def usernames() -> tuple[str, ...]:
    """Return the names of the accounts, one a person."""
    return tuple(person.id for person in PERSONS)


def load_zone(session: Session) -> None:
    """Load what is not there yet; doing it twice changes nothing."""
    known = {body.id for body in organisation.bodies(session)}
    for body in BODIES:
        if body.id not in known:
            organisation.add_body(
                session, body.id, body.kind, body.name_zh, body.name, may_order=body.may_order
            )
    for enterprise in ENTERPRISES:
        if enterprise.id not in known:
            organisation.add_enterprise(session, enterprise)
    there = organisation.names(session, usernames())
    for person in PERSONS:
        if person.id not in there:
            organisation.add_person(session, person.id, person.name_zh, person.name)
            for held in person.grants:
                organisation.grant(session, person.id, held.body, held.role)
