"""Open the application as the environment's settings say."""

from __future__ import annotations

from engine.store.database import Database
from workflows.app import Bihuan, Settings


def application() -> Bihuan:
    """Return the application of this process."""
    return Bihuan.open(Settings.from_environment())


def database() -> Database:
    """Return the database alone, for work that comes before there is a schema."""
    return Database(Settings.from_environment().database_url)
