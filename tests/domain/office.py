"""A zone just set up, and its administrator at work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from engine import clock
from engine.clock import VirtualClock
from engine.errors import Invalid
from engine.ports import Actor
from engine.store.database import Database
from tests.copied import Copies
from tests.domain.world import START
from workflows.administration import record, registry, setting_up
from workflows.administration.command import Done
from workflows.domain import organisation
from workflows.domain.org_tables import GrantRow

PASSWORD = "a long enough password"
BEGINNING = setting_up.Beginning(
    "示例经开区", "", "admin", "系统管理员", "", PASSWORD, rules_from=date(2026, 3, 2)
)


@dataclass
class Office:
    """A zone just set up, and its administrator at work."""

    database: Database

    def actor(self, person: str = "admin") -> Actor:
        with self.database.read() as session:
            return organisation.actor_of(session, person, clock.now())

    def do(self, name: str, subject: str = "", /, *, by: str = "admin", **data: Any) -> Done:
        wanted = registry.command(name)
        return registry.run(self.database, self.actor(by), "default", wanted, subject, data)

    def person(self, name: str, post: str, **data: Any) -> str:
        given = {"name_zh": name, "post": post, "valid_from": "2026-03-02", **data}
        return self.do("person.add", **given).subject

    def grant(self, person: str) -> str:
        with self.database.read() as session:
            return session.scalars(select(GrantRow.id).where(GrantRow.person_id == person)).one()

    def entries(self) -> list[tuple[str, str]]:
        with self.database.read() as session:
            return [(one.act, one.subject) for one in record.entries(session, "default")]


def set_up_office(url: str) -> None:
    """Set up a zone on an empty database."""
    database = Database(url)
    database.create_all()
    with clock.use(VirtualClock(START)), database.begin() as session:
        setting_up.set_up(session, "default", BEGINNING)
    database.dispose()


@contextmanager
def open_office(copied: Copies) -> Iterator[Office]:
    """Open a zone just set up, on a clock that stands still."""
    database = Database(copied(set_up_office))
    with clock.use(VirtualClock(START)):
        yield Office(database)
    database.dispose()


def faults(error: pytest.ExceptionInfo[Invalid]) -> Mapping[str, list[str]]:
    """Return what was wrong, by field."""
    return error.value.by_field("zh")


def enterprise(town: str, department: str) -> dict[str, str]:
    return {
        "name_zh": "示例铝业有限公司",
        "town": town,
        "industry_department": department,
        "industry": "有色金属",
        "size_class": "above_scale",
        "legal_representative": "示例甲",
    }
