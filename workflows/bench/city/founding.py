"""The city before its year: nine agencies with the processes, enterprises, inspectors, rules."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, time

from sqlalchemy.orm import Session

from engine import clock
from engine.deployment.deploy import deploy
from engine.ports import SYSTEM
from workflows.app import Bihuan
from workflows.bench.city.year import AGENCIES, FIRST, NEW_RULES
from workflows.demo import zone
from workflows.demo.enterprises import ENTERPRISES
from workflows.deploying import bundles
from workflows.domain import organisation, rule_set, rule_store

ENTERPRISES_OF_A_CITY = 20_000
INSPECTORS_OF_A_CITY = 1_500
INSPECTING = ("bureau", "industry_economy", "industry_construction", "industry_social", "town1")
BEGINNING = datetime.combine(FIRST, time(), clock.BEIJING)
_SHORTER = ("limits.larger.max: {value: 15", "limits.larger.max: {value: 10")


def found(bihuan: Bihuan, scale: float) -> None:
    """Fill an empty database."""
    with clock.use(clock.VirtualClock(BEGINNING)):
        with bihuan.database.begin() as session:
            rule_store.seed(session, FIRST)
            _new_rules(session)
            zone.load_zone(session)
            _inspectors(session, scale)
            _enterprises(session, scale)
        shipped = bundles()
        for agency in AGENCIES:
            with bihuan.database.begin() as session:
                deploy(
                    session,
                    shipped,
                    bihuan.gate_environment(),
                    actor=SYSTEM,
                    now=clock.now(),
                    agency=agency,
                )


def enterprises(scale: float) -> int:
    """Return how many enterprises a city of a scale has."""
    return max(len(ENTERPRISES), round(ENTERPRISES_OF_A_CITY * scale))


def _new_rules(session: Session) -> None:
    text = rule_set.shipped_text(rule_set.SHIPPED[0])
    changed = text.replace("version: 1\n", "version: 2\n", 1).replace(*_SHORTER, 1)
    rule_store.add_rule_set(session, changed, NEW_RULES)


def _inspectors(session: Session, scale: float) -> None:
    for number in range(round(INSPECTORS_OF_A_CITY * scale)):
        body = INSPECTING[number % len(INSPECTING)]
        person = f"city_inspector{number:04}"
        organisation.add_person(session, person, f"检查员{number:04}", f"Inspector {number:04}")
        organisation.grant(session, person, body, "officer")


def _enterprises(session: Session, scale: float) -> None:
    chance = random.Random(scale)  # noqa: S311 a repeatable city, not a secret
    for number in range(len(ENTERPRISES), enterprises(scale)):
        name = enterprise_id(number)
        like = chance.choice(ENTERPRISES)
        name_zh = f"{like.name_zh}{number}"
        one = replace(like, id=name, name_zh=name_zh, name=f"{like.name} {number}")
        organisation.add_enterprise(session, one)
        organisation.add_person(session, name, f"{one.name_zh}负责人", f"Principal of {one.name}")
        for role in ("principal", "safety_officer"):
            organisation.grant(session, name, name, role)


def enterprise_id(number: int) -> str:
    """Return the id of an enterprise by its place in the city; its principal has the same."""
    return ENTERPRISES[number].id if number < len(ENTERPRISES) else f"city{number:05}"
