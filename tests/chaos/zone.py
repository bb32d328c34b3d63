"""The zone that is maltreated: demonstration accounts with tokens, and dates that have passed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from engine import clock
from engine.ports import Actor
from engine.store.many_cases import open_tasks
from workflows.accounts import api_tokens, sign_in
from workflows.accounts.passwords import DEMONSTRATION
from workflows.accounts.tables import Account
from workflows.app import Bihuan, Settings
from workflows.demo.loading import load_base
from workflows.domain import organisation
from workflows.migrations.run import upgrade

PEOPLE = ("inspector1", "inspector2", "bureau_head", "enterprise01", "auditor")


@dataclass(frozen=True)
class Prepared:
    """Where a zone lies, and the tokens of its people."""

    url: str
    folder: Path
    tokens: dict[str, str]

    @property
    def clock(self) -> Path:
        """The file that says how many seconds the clock of the servers is wrong."""
        return self.folder / "clock"

    def open(self) -> Bihuan:
        """Open the product over the zone, beside the servers."""
        return Bihuan.open(
            Settings(
                database_url=self.url,
                data_directory=self.folder,
                evidence_directory=self.folder / "evidence",
                demo=True,
            )
        )

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session that reads what the servers left."""
        bihuan = self.open()
        try:
            with bihuan.database.read() as session:
                yield session
        finally:
            bihuan.database.dispose()


def prepare(url: str, folder: Path, late: int) -> Prepared:
    """Load the zone with some cases whose dates passed while nobody was there."""
    prepared = Prepared(url, folder, {})
    bihuan = prepared.open()
    upgrade(bihuan.database.engine)
    load_base(bihuan)
    for person in PEOPLE:
        prepared.tokens[person] = _token(bihuan, person)
    for number in range(late):
        _late(bihuan, number)
    bihuan.database.dispose()
    return prepared


def _token(bihuan: Bihuan, person: str) -> str:
    def make(session: Any) -> str:
        found = sign_in.verified(session, person, DEMONSTRATION, demonstration=True)
        assert isinstance(found, Account)
        return api_tokens.issue(session, found).token

    return bihuan.database.run(make)


def _late(bihuan: Bihuan, number: int) -> None:
    """Serve a notice some days ago; its date passed, and no worker has seen it pass."""
    begun = clock.now() - timedelta(days=9, minutes=number)
    with clock.use(clock.VirtualClock(begun)):
        actor = _actor(bihuan)
        case = bihuan.runtime.start_case(
            actor, "hazard_rectification", hazard(f"逾期{number}"), agency="default"
        )
        for element, data in (("confirm_level", LEVEL), ("serve_order", paper())):
            with bihuan.database.read() as session:
                (task,) = open_tasks(session, [case])[case]
            assert task.element == element
            bihuan.runtime.complete_task(actor, task.id, data)


def _actor(bihuan: Bihuan) -> Actor:
    with bihuan.database.read() as session:
        return organisation.actor_of(session, "inspector1", clock.now())


EARLIER = timedelta(hours=3)
"""How long ago a hazard was found: in the past for a server whose clock is an hour behind, too."""

LEVEL = {"level": "general", "criterion": None, "reason": None}


def hazard(mark: str) -> dict[str, Any]:
    """Return what is registered; the mark tells one from the other."""
    return {
        "enterprise": "enterprise01",
        "finder_body": "bureau",
        "found_at": clock.beijing(clock.now() - EARLIER).isoformat(),
        "source": "department",
        "description": f"熔炼炉冷却水无压力、流量报警 {mark}",
        "location": f"熔炼车间 {mark}",
        "category": "object",
    }


def paper() -> dict[str, Any]:
    """Return what was served after it was found: a notice with a date of one day."""
    served = clock.beijing(clock.now() - EARLIER / 2)
    return {
        "document_kind": "notice",
        "requirements": "加装压力、流量监测报警并联锁",
        "due_date": (served.date() + timedelta(days=1)).isoformat(),
        "service_method": "direct",
        "served_at": served.isoformat(),
        "recipient": "企业负责人",
    }
