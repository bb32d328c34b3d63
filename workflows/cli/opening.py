"""Open the application as the environment's settings say."""

from __future__ import annotations

from pathlib import Path

from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.orm import Session

from engine import clock
from engine.errors import Conflict, Invalid, NotFound, Unavailable
from engine.ports import Actor
from engine.store.database import Database
from engine.store.sqlite_file import SqliteFile
from engine.store.tables import Case
from workflows.app import Bihuan, Settings
from workflows.domain import organisation
from workflows.migrations.run import head

_NAMED = 5
_SQLITE = b"SQLite format 3\0"


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
    """Raise NotFound where a database has no tables of ours, or there is none; none is made."""
    where = database.url.render_as_string()
    check_there(database)
    with database.read() as session:
        if inspect(session.connection()).has_table(Case.__tablename__):
            return
    raise NotFound(
        f"Expected a zone in {where}, but there is none; check BIHUAN_DATA_DIR and "
        "BIHUAN_DATABASE_URL, or run bihuan setup",
        f"{where} 中没有园区，请核对 BIHUAN_DATA_DIR 和 BIHUAN_DATABASE_URL，或先运行 bihuan setup",
    )


def check_there(database: Database) -> None:
    """Raise NotFound where there is no database at an address, Invalid where it is another file.

    Asked before anything is read: a database that is not there does not come by waiting for it.
    """
    where, name = database.url.render_as_string(), database.url.database or ""
    if not database.is_sqlite:
        if _server_lacks(database, name):
            raise NotFound(
                f"Expected a database at {where}, but its server has none of this name; make it "
                f"with createdb {name}, then run bihuan setup",
                f"{where} 的服务器上没有名为 {name} 的数据库，请先用 createdb {name} 建立，"
                "再运行 bihuan setup",
            )
    elif name and not Path(name).is_file():
        raise NotFound(
            f"Expected a database at {where}, but there is none; check BIHUAN_DATA_DIR and "
            "BIHUAN_DATABASE_URL, or make one with bihuan setup",
            f"{where} 处没有数据库，请核对 BIHUAN_DATA_DIR 和 BIHUAN_DATABASE_URL，"
            "或运行 bihuan setup 建立",
        )
    elif name and not _is_sqlite(Path(name)):
        raise Invalid(
            f"Expected a SQLite database at {where}, but the file is none; check "
            "BIHUAN_DATABASE_URL, or put a backup back with bihuan restore",
            f"{where} 的文件不是 SQLite 数据库，请核对 BIHUAN_DATABASE_URL，"
            "或用 bihuan restore 恢复备份",
        )


def check_place(database: Database) -> None:
    """Raise where no tables could be made: asked before they are, so that nothing is half made.

    Raises:
        NotFound: the server has no database of this name, or there is no such folder.
        Invalid: the file is no SQLite database.
        Unavailable: the server does not answer.
    """
    if not database.is_sqlite:
        check_there(database)
        with database.read() as session:
            session.execute(text("SELECT 1"))
        return
    folder = SqliteFile(database.url).folder
    if Path(database.url.database or "").is_file():
        check_there(database)
    elif folder is not None and not folder.is_dir():
        raise NotFound(
            f"Expected the folder {folder} for the database, but there is none; make it, "
            "or check BIHUAN_DATABASE_URL",
            f"数据库所在的文件夹 {folder} 不存在，请先建立，或核对 BIHUAN_DATABASE_URL",
        )


def _is_sqlite(file: Path) -> bool:
    """Return whether a file is of SQLite; an empty one is a database in which nothing is yet."""
    with file.open("rb") as opened:
        return opened.read(len(_SQLITE)) in (b"", _SQLITE)


def _server_lacks(database: Database, name: str) -> bool:
    """Return whether a server answers, and says that it has no database of a name."""
    server = Database(database.url.set(database="postgres").render_as_string(hide_password=False))
    known = text("SELECT 1 FROM pg_database WHERE datname = :name")
    try:
        with server.read() as session:
            return session.execute(known, {"name": name}).first() is None
    except Unavailable:
        return False  # it may be any trouble: whoever reads from the database itself tells which
    finally:
        server.dispose()


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
