"""The file behind a SQLite database: whether it still stands where it stood.

SQLite makes a missing file anew, empty, and writes on into a deleted one; both would lose what
a person was told is kept. So the file is looked at before every unit of work.
"""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from engine.store.unit_of_work import out_of_reach

_IDENTITY = "bihuan_file"

Identity = tuple[int, int]


class SqliteFile:
    """One database file by its path; nothing is watched of a database in memory."""

    def __init__(self, url: URL) -> None:
        """Take the path from the address of the database."""
        name = url.database or ""
        in_memory = not name or name == ":memory:" or name.startswith("file:")
        self._path = None if in_memory else Path(name).absolute()

    @property
    def folder(self) -> Path | None:
        """The folder of the file, None for a database in memory."""
        return self._path.parent if self._path else None

    def check(self) -> None:
        """See that there is a database to open.

        Raises:
            Unavailable: the file is gone or empty, or something else took its place.
        """
        if self._path is None:
            return
        try:
            found = self._path.stat()
        except OSError as error:
            raise out_of_reach() from error
        if not stat.S_ISREG(found.st_mode) or not found.st_size:
            raise out_of_reach()

    def watch(self, engine: Engine) -> None:
        """Give up connections to a file that was deleted or replaced."""
        event.listen(engine, "connect", self._remember)
        event.listen(engine, "checkout", self._compare)

    def _remember(self, _connection: object, record: ConnectionPoolEntry) -> None:
        record.info[_IDENTITY] = self._identity()

    def _compare(self, _connection: object, record: ConnectionPoolEntry, _proxy: Any) -> None:  # noqa: ANN401
        if record.info.get(_IDENTITY) != self._identity():
            raise DisconnectionError

    def _identity(self) -> Identity | None:
        if self._path is None:
            return None
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino
