"""Deployed definitions as they are asked for."""

from __future__ import annotations

from engine.store import definitions
from engine.store.database import Database


def test_a_version_beyond_the_column_is_simply_not_there(database_url: str) -> None:
    database = Database(database_url)
    try:
        database.create_all()
        with database.read() as session:
            assert definitions.files(session, "loop", 999_999_999_999_999_999_999) == {}
            assert definitions.files(session, "loop", 1) == {}
    finally:
        database.dispose()
