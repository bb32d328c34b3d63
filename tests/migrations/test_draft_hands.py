"""Whoever brought, named or proposed a draft of before has a hand in it after the upgrade."""

from __future__ import annotations

from datetime import UTC, datetime

from alembic import command
from sqlalchemy import delete, insert, select

from engine.store.database import Database
from workflows.designing.tables import DraftRow, HandRow
from workflows.domain.administration_tables import AdministrationEntry
from workflows.migrations.run import _config, upgrade

BEFORE = "d2b7e5a90c46"
AT = datetime(2026, 3, 2, tzinfo=UTC)


def _fill(database: Database) -> None:
    drawn = {"agency": "z", "process": "p", "title": "更正", "state": "proposed", "revision": 1}
    drawn |= {"created_by": "maker", "created_at": AT, "changed_by": "x", "changed_at": AT}
    brought = {"agency": "z", "seq": 1, "at": AT, "actor": "bringer", "actor_name": "某人"}
    brought |= {"act": "draft.import", "subject": "d1", "data": "{}", "prev": "", "hash": "h"}
    with database.engine.begin() as connection:
        for number, base in enumerate((0, 1, 1)):
            row = {**drawn, "id": f"d{number}", "base": base, "proposed_by": "proposer"}
            connection.execute(insert(DraftRow).values(**row))
        connection.execute(insert(AdministrationEntry).values(**brought))
        connection.execute(delete(HandRow))
        connection.execute(insert(HandRow).values(draft_id="d2", person="proposer"))


def test_hands_of_before_are_kept(database_url: str) -> None:
    database = Database(database_url)
    try:
        upgrade(database.engine)
        _fill(database)
        with database.engine.begin() as connection:
            command.downgrade(_config(connection), BEFORE)
        upgrade(database.engine)
        with database.read() as session:
            found = session.execute(select(HandRow.draft_id, HandRow.person)).all()
        assert sorted(tuple(row) for row in found) == [
            ("d0", "maker"),
            ("d0", "proposer"),
            ("d1", "bringer"),
            ("d1", "proposer"),
            ("d2", "proposer"),
        ]
    finally:
        database.dispose()
