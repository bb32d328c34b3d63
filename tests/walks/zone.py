"""A zone for many walks in one database: every post filled, and a new enterprise for each walk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import event

from engine import clock
from engine.clock import VirtualClock
from engine.deployment.bundle import Bundle
from engine.deployment.deploy import deploy
from engine.ports import SYSTEM, Actor
from engine.store.ids import new_id
from tests.domain.world import BODIES, enterprise
from workflows.app import Bihuan, Settings
from workflows.deploying import bundles
from workflows.domain import organisation, rule_store
from workflows.domain.evidence_tables import EvidenceRow

BEGINNING = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
INSPECTORS = ("officer", "officer_2", "officer_3", "head", "deputy")
POSTS = (
    *(
        (f"{body}:{post}", body, post.partition("_")[0])
        for body in ("park_east", "park_west", "industry_economy", "bureau", "office", "town1")
        for post in INSPECTORS
    ),
    ("bureau:clerk", "bureau", "clerk"),
    ("leaders:in_charge", "leaders", "in_charge"),
    ("leaders:principal", "leaders", "principal"),
    ("experts:expert", "experts", "expert"),
    ("auditors:auditor", "auditors", "auditor"),
)


class Zone:
    """The product over one database that every walk of a run shares."""

    def __init__(self, url: str, directory: Path) -> None:
        """Open the database; SQLite need not survive a power cut here."""
        settings = Settings(database_url=url, evidence_directory=directory / "evidence")
        self.bihuan = Bihuan.open(settings)
        self.runtime = self.bihuan.runtime
        self.database = self.bihuan.database
        self.enterprises = 0
        self._actors: dict[str, Actor] = {}
        if self.database.is_sqlite:
            event.listen(self.database.engine, "connect", _hurry)

    def populate(self, shipped: list[Bundle] | None = None) -> None:
        """Fill the empty database: rules, bodies, persons and the processes."""
        with clock.use(VirtualClock(BEGINNING)):
            self.database.create_all()
            with self.database.begin() as session:
                rule_store.seed(session, date(2024, 1, 1))
                for body, kind, may_order in BODIES:
                    organisation.add_body(
                        session, body, kind, f"示例{body}", body, may_order=may_order
                    )
                for person, body, role in POSTS:
                    organisation.add_person(session, person, f"示例{person}", person)
                    organisation.grant(session, person, body, role)
                environment = self.bihuan.gate_environment()
                deploy(session, shipped or bundles(), environment, actor=SYSTEM, now=clock.now())

    def settle_down(self, park: str | None) -> str:
        """Add an enterprise with a principal and a safety officer; return its id."""
        self.enterprises += 1
        name = f"enterprise{self.enterprises:05}"
        with self.database.begin() as session:
            size = "above_scale" if park else "small"
            organisation.add_enterprise(session, enterprise(name, f"示例{name}", park, size))
            for role in ("principal", "safety_officer"):
                organisation.add_person(session, f"{name}:{role}", f"示例{name}", name)
                organisation.grant(session, f"{name}:{role}", name, role)
        return name

    def actor(self, person: str) -> Actor:
        """Return a person with their posts."""
        if person not in self._actors:
            with self.database.read() as session:
                found = organisation.actor_of(session, person, clock.now())
            self._actors[person] = found
        return self._actors[person]

    def photo(self, case: str) -> str:
        """Keep a photo of a case without its bytes, which no walk looks at."""
        facts: dict[str, Any] = {"case_id": case, "sha256": "0" * 64, "size": 1, "name": "p.jpg"}
        facts |= {"mime": "image/jpeg", "width": 1, "height": 1, "screen_sha256": None}
        stamps = {"uploaded_by": "office:officer", "uploaded_at": clock.now()}
        row = EvidenceRow(id=new_id(), **facts, **stamps, attached_at=clock.now())
        with self.database.begin() as session:
            session.add(row)
            session.flush()
            return str(row.id)

    def close(self) -> None:
        """Close every connection."""
        self.database.dispose()


@contextmanager
def fresh_zone(directory: Path, shipped: list[Bundle] | None = None) -> Iterator[Zone]:
    """Open a zone over a new SQLite file in a directory."""
    zone = Zone(f"sqlite:///{directory / 'walks.db'}", directory)
    try:
        zone.populate(shipped)
        yield zone
    finally:
        zone.close()


def _hurry(connection: Any, _record: object) -> None:  # noqa: ANN401 whatever the driver gives
    connection.execute("PRAGMA synchronous=OFF")
