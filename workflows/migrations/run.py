"""Run migrations from code: upgrade, compare, write a new one; no ini file."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData

import engine.store.tables  # noqa: F401 the imports register every table
import workflows.accounts.tables
import workflows.designing.tables
import workflows.domain.tables
import workflows.importing.tables
import workflows.migrating.tables
import workflows.simulating.tables  # noqa: F401 the same
from engine.store.base import Base
from workflows.domain import revision_tables


def metadata() -> MetaData:
    """Return every table of the product."""
    return Base.metadata


def upgrade(database: Engine) -> str:
    """Migrate to the newest revision in one transaction and return its name."""
    with database.begin() as connection:
        command.upgrade(_config(connection), "head")
        revision_tables.install(connection)
        return MigrationContext.configure(connection).get_current_revision() or ""


def differences(database: Engine) -> list[str]:
    """Return how the schema in the database differs from the models, one line each."""
    with database.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = [str(difference) for difference in compare_metadata(context, metadata())]
        return found + [f"no trigger {name}" for name in revision_tables.missing(connection)]


def head() -> str:
    """Return the name of the newest revision on file."""
    return ScriptDirectory(str(Path(__file__).parent)).get_current_head() or ""


def knows(revision: str) -> bool:
    """Return whether a revision is on file, so that its schema can be brought up to date."""
    known = ScriptDirectory(str(Path(__file__).parent)).walk_revisions()
    return any(one.revision == revision for one in known)


def write_revision(database: Engine, message: str) -> str:
    """Write a migration that leads from the database's schema to the models."""
    with database.begin() as connection:
        script = command.revision(_config(connection), message, autogenerate=True)
    found = script[0] if isinstance(script, list) else script
    return str(found.path) if found else ""


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config
