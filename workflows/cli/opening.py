"""Open the application as the environment's settings say."""

from __future__ import annotations

from pathlib import Path

from alembic.migration import MigrationContext
from sqlalchemy import inspect
from sqlalchemy.orm import Session

from engine import clock
from engine.errors import Conflict, Invalid, NotFound
from engine.ports import Actor
from engine.store.database import Database
from engine.store.tables import Case
from workflows.app import Bihuan, Settings
from workflows.domain import organisation
from workflows.migrations.run import head

_NAMED = 5


def application() -> Bihuan:
    """Return the application of this process."""
    return Bihuan.open(Settings.from_environment())


def founded() -> Bihuan:
    """Return the application of a zone that was set up; nothing is made where there is none.

    Raises:
        NotFound: the database has no tables, or there is no database.
        Conflict: its schema is an older one.
    """
    bihuan = application()
    check_founded(bihuan.database)
    with bihuan.database.read() as session:
        revision = MigrationContext.configure(session.connection()).get_current_revision()
    if revision not in (None, head()):
        raise Conflict(
            "Expected the newest schema, but the database has an older one; run bihuan db upgrade",
            "数据库结构不是最新的，请先运行 bihuan db upgrade",
        )
    return bihuan


def check_founded(database: Database) -> None:
    """Raise NotFound where a database has no tables of ours, without making its file."""
    file = database.url.database
    if not database.is_sqlite or not file or Path(file).exists():
        with database.read() as session:
            if inspect(session.connection()).has_table(Case.__tablename__):
                return
    where = database.url.render_as_string()
    raise NotFound(
        f"Expected a zone in {where}, but there is none; check BIHUAN_DATA_DIR and "
        "BIHUAN_DATABASE_URL, or run bihuan setup",
        f"{where} 中没有园区，请核对 BIHUAN_DATA_DIR 和 BIHUAN_DATABASE_URL，或先运行 bihuan setup",
    )


def database() -> Database:
    """Return the database alone, for work that comes before there is a schema."""
    return Database(Settings.from_environment().database_url)


def acting(session: Session, person: str) -> Actor:
    """Return whom a command acts as; raise Invalid with whom it could be if there is nobody."""
    try:
        return organisation.actor_of(session, person, clock.now())
    except NotFound as error:
        known = organisation.some_persons(session, _NAMED)
        raise Invalid.at(
            "as",
            f"Expected a person after --as, but nobody is “{person}”; "
            f"there are {', '.join(known) or 'none'}",
            f"没有人员“{person}”，请用 --as 指定经办人，如 {'、'.join(known) or '（尚无人员）'}",
        ) from error
