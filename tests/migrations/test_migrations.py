"""Migrations and models give the same schema, on both databases."""

from __future__ import annotations

from sqlalchemy import text

from engine.store.database import Database
from workflows.migrations.run import differences, head, metadata, upgrade


def test_migrations_lead_to_the_models(database_url: str) -> None:
    database = Database(database_url)
    try:
        assert upgrade(database.engine) == head() != ""
        assert differences(database.engine) == []
        assert upgrade(database.engine) == head()
    finally:
        database.dispose()


def test_a_schema_that_drifted_is_noticed(database_url: str) -> None:
    database = Database(database_url)
    try:
        upgrade(database.engine)
        with database.engine.begin() as connection:
            connection.execute(text("ALTER TABLE account DROP COLUMN language"))
            connection.execute(text("DROP TABLE bpm_draft"))
        found = " ".join(differences(database.engine))
        assert "language" in found
        assert "bpm_draft" in found
    finally:
        database.dispose()


def test_every_table_belongs_to_one_metadata() -> None:
    tables = set(metadata().tables)
    assert {"bpm_case", "bpm_history", "hz_hazard", "hz_deadline", "account"} <= tables
