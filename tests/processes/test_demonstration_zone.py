"""The demonstration zone: loaded once however often, and every body can do its part."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from engine.ports import Grant
from engine.store.base import Base
from engine.store.database import Database
from workflows.app import TABLES
from workflows.demo.enterprises import ENTERPRISES
from workflows.demo.zone import BODIES, PERSONS, load_zone, usernames
from workflows.domain import organisation
from workflows.domain.org_tables import BodyRow, EnterpriseRow, GrantRow, PersonRow

NOW = datetime(2026, 3, 2, tzinfo=UTC)
NAMED_OUTSIDE = {
    "inspector1", "inspector2", "inspector3", "town1", "park_east", "park_east_deputy",
    "park_west", "industry_economy", "industry_economy_deputy", "industry_construction",
    "bureau_clerk", "bureau_head", "leader_incharge", "leader_principal", "office", "designer",
    "designer2", "auditor", "expert1", "vault1", "vault2", "admin",
    *(f"enterprise{number:02}" for number in range(1, 13)),
}  # fmt: skip


@pytest.fixture
def database(tmp_path: Path) -> Database:
    assert TABLES
    found = Database(f"sqlite:///{tmp_path / 'zone.db'}")
    Base.metadata.create_all(found.engine)
    return found


def test_loading_twice_changes_nothing(database: Database) -> None:
    counts = []
    for _ in range(2):
        with database.begin() as session:
            load_zone(session)
        with database.read() as session:
            counts.append(
                [
                    session.scalar(select(func.count()).select_from(table))
                    for table in (BodyRow, EnterpriseRow, PersonRow, GrantRow)
                ]
            )
    assert counts[0] == counts[1]
    assert counts[0][:3] == [len(BODIES) + len(ENTERPRISES), len(ENTERPRISES), len(PERSONS)]
    database.engine.dispose()


def test_every_account_that_is_promised_exists() -> None:
    assert set(usernames()) >= NAMED_OUTSIDE
    assert len(set(usernames())) == len(usernames())


def test_every_inspecting_body_has_three_who_may_inspect_and_one_head(database: Database) -> None:
    """One finds, another verifies, a third strikes off: nobody does two of these alone."""
    with database.begin() as session:
        load_zone(session)
    with database.read() as session:
        found = organisation.bodies(
            session, "park_command", "industry_department", "emergency_bureau", "office", "town"
        )
        for body in found:
            holders = {
                role: set(organisation.holders(session, [Grant(body.id, role)], NOW))
                for role in ("officer", "head", "deputy")
            }
            assert len(set().union(*holders.values())) >= 3, body.id
            assert holders["head"], body.id
    database.engine.dispose()


def test_enterprises_lie_in_both_parks_and_in_the_town() -> None:
    assert len(ENTERPRISES) == 12
    assert {one.park for one in ENTERPRISES} == {"park_east", "park_west", None}
    assert {one.size_class for one in ENTERPRISES} == {"above_scale", "small"}
    assert len({one.industry_department for one in ENTERPRISES}) == 4
