"""A small zone for tests: invented bodies, persons and enterprises, and a way to do tasks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import clock
from engine.clock import VirtualClock
from engine.deployment.deploy import deploy
from engine.ports import SYSTEM, Actor
from engine.store.tables import Case, Task
from engine.work.finish import CommandResult
from tests.copied import Copies
from tests.domain.pictures import jpeg
from workflows.app import Bihuan, Settings
from workflows.deploying import bundles
from workflows.domain import organisation, rule_store
from workflows.domain.org_facts import Enterprise

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
BODIES = (
    ("park_east", "park_command", False),
    ("park_west", "park_command", False),
    ("industry_economy", "industry_department", True),
    ("industry_construction", "industry_department", True),
    ("bureau", "emergency_bureau", True),
    ("office", "office", False),
    ("town1", "town", False),
    ("leaders", "leaders", False),
    ("experts", "experts", False),
    ("auditors", "auditors", False),
)
PERSONS = (
    ("inspector1", "bureau", "officer"),
    ("inspector2", "bureau", "officer"),
    ("inspector3", "industry_economy", "officer"),
    ("economy_head", "industry_economy", "head"),
    ("park_east_head", "park_east", "head"),
    ("park_east_deputy", "park_east", "deputy"),
    ("park_west_head", "park_west", "head"),
    ("bureau_head", "bureau", "head"),
    ("bureau_deputy", "bureau", "deputy"),
    ("town_officer", "town1", "officer"),
    ("town_head", "town1", "head"),
    ("office_officer", "office", "officer"),
    ("leader", "leaders", "in_charge"),
    ("principal_leader", "leaders", "principal"),
    ("expert1", "experts", "expert"),
    ("auditor", "auditors", "auditor"),
    ("principal1", "enterprise01", "principal"),
    ("safety1", "enterprise01", "safety_officer"),
    ("principal2", "enterprise02", "principal"),
)


def enterprise(name: str, zh: str, park: str | None, size: str) -> Enterprise:
    return Enterprise(
        id=name,
        name_zh=zh,
        name=name.title(),
        park=park,
        town="town1",
        industry_department="industry_economy",
        industry="机械",
        size_class=size,
        address="示例大道1号",
        legal_representative="示例甲",
        actual_investor="示例乙",
        contact="示例丙",
        phone="000",
        sort_key="",
    )


def populate(session: Session) -> None:
    rule_store.seed(session, date(2024, 1, 1))
    for body, kind, may_order in BODIES:
        organisation.add_body(session, body, kind, f"示例{body}", body, may_order=may_order)
    organisation.add_enterprise(
        session, enterprise("enterprise01", "示例铝业", "park_east", "above_scale")
    )
    organisation.add_enterprise(session, enterprise("enterprise02", "示例木业", None, "small"))
    for person, body, role in PERSONS:
        organisation.add_person(session, person, f"示例{person}", person)
        organisation.grant(session, person, body, role)


@dataclass
class World:
    """The product over a fresh database with a clock that the test moves."""

    bihuan: Bihuan
    time: VirtualClock

    def actor(self, person: str) -> Actor:
        with self.bihuan.database.read() as session:
            return organisation.actor_of(session, person, clock.now())

    def register(self, person: str = "inspector1", **changes: Any) -> str:
        data = {
            "enterprise": "enterprise01",
            "finder_body": "bureau",
            "found_at": clock.beijing(clock.now() - timedelta(hours=1)).isoformat(),
            "source": "department",
            "location": "一号车间",
            "description": "冷却水未设压力报警",
            "category": "object",
        } | changes
        data = {key: value for key, value in data.items() if value is not None}
        return self.bihuan.runtime.start_case(
            self.actor(person), "hazard_rectification", data, agency="default"
        )

    def do(self, person: str, case: str, element: str, **data: Any) -> CommandResult:
        task = self.open_tasks(case)[element]
        return self.bihuan.runtime.complete_task(self.actor(person), task, data)

    def act(self, person: str, case: str, act: str, **data: Any) -> CommandResult:
        return self.bihuan.runtime.perform_act(self.actor(person), case, act, data)

    def open_tasks(self, case: str) -> dict[str, str]:
        with self.bihuan.database.read() as session:
            rows = session.execute(
                select(Task.element, Task.id).where(Task.case_id == case, Task.status == "open")
            )
            return {row.element: row.id for row in rows}

    def document(self, case: str) -> Mapping[str, Any]:
        with self.bihuan.database.read() as session:
            found: Mapping[str, Any] = json.loads(session.get_one(Case, case).document)
            return found

    def photo(self, person: str) -> str:
        with self.bihuan.database.begin() as session:
            return self.bihuan.evidence.add(
                session, self.actor(person), "photo.jpg", jpeg(), clock.now()
            )

    def pass_time(self, **step: float) -> None:
        self.time.advance(timedelta(**step))
        while self.bihuan.runtime.fire_due():
            pass


def build_world(url: str, directory: Path) -> None:
    """Fill an empty database with the zone and the shipped processes."""
    bihuan = _open(url, directory)
    bihuan.database.create_all()
    with bihuan.database.begin() as session:
        populate(session)
        environment = bihuan.gate_environment()
        deploy(session, bundles(), environment, actor=SYSTEM, now=clock.now())
    bihuan.database.dispose()


def open_world(url: str, directory: Path) -> World:
    time = clock.current()
    assert isinstance(time, VirtualClock)
    return World(_open(url, directory), time)


def _open(url: str, directory: Path) -> Bihuan:
    return Bihuan.open(Settings(database_url=url, evidence_directory=directory / "evidence"))


def fill_world(url: str) -> None:
    """Build a world at its beginning, to be copied; it holds no evidence yet."""
    with clock.use(VirtualClock(START)), TemporaryDirectory() as directory:
        build_world(url, Path(directory))


@contextmanager
def new_world(copied: Copies, directory: Path) -> Iterator[World]:
    """Open a world of its own at its beginning."""
    with clock.use(VirtualClock(START)):
        opened = open_world(copied(fill_world), directory)
        yield opened
        opened.bihuan.database.dispose()
