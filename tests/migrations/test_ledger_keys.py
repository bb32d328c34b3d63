"""Hazards from before the keys are searched and ordered as new ones are."""

from __future__ import annotations

from alembic import command
from sqlalchemy import insert, select, text

from engine.store.database import Database
from engine.store.tables import Case
from tests.domain.hazards import case_row, hazard_row
from workflows.domain import ledger_keys
from workflows.domain.ledger_tables import HazardRow
from workflows.migrations.run import _config, upgrade

BEFORE = "c2e85f0a71d6"


def test_rows_that_stand_are_filled_in(database_url: str) -> None:
    database = Database(database_url)
    wanted = [
        hazard_row(n, description=f"ＬＮＧ阀门渗漏{n}", responsible_person="张某")
        for n in range(1, 4)
    ]
    try:
        upgrade(database.engine)
        with database.engine.begin() as connection:
            connection.execute(insert(Case), [case_row(n) for n in range(1, 4)])
            connection.execute(insert(HazardRow), wanted)
            command.downgrade(_config(connection), BEFORE)
            connection.execute(text("UPDATE hz_hazard SET search_text = ''"))
        upgrade(database.engine)
        names = sorted(ledger_keys.DERIVED)
        columns = [getattr(HazardRow, name) for name in names]
        with database.read() as session:
            rows = session.execute(select(*columns).order_by(HazardRow.number)).all()
        assert [dict(zip(names, row, strict=True)) for row in rows] == [
            {name: row[name] for name in names} for row in wanted
        ]
    finally:
        database.dispose()
