"""An empty database with every table, on either server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.store.database import Database


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    database.create_all()
    yield database
    database.dispose()
