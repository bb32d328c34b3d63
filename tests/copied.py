"""Databases filled once a test process and copied for each test: most fill theirs alike."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from engine.store.database import Database
from tests.postgres import PostgresServer

Fill = Callable[[str], None]
"""Fills the empty database at an address, and closes every connection to it."""

Copies = Callable[[Fill], str]
"""Gives the address of a fresh copy of what a function fills."""


def tables(url: str) -> None:
    """Make every table, and no row."""
    database = Database(url)
    database.create_all()
    database.dispose()


@dataclass
class SqliteMasters:
    """Files to be copied, by what filled them."""

    folder: Path
    _files: dict[Fill, Path] = field(default_factory=dict)

    def copy(self, fill: Fill, target: Path) -> str:
        """Put a copy at a place; return its address."""
        if fill not in self._files:
            file = self.folder / f"master{len(self._files)}.db"
            fill(f"sqlite:///{file}")
            self._files[fill] = file
        shutil.copyfile(self._files[fill], target)
        return f"sqlite:///{target}"


@dataclass
class PostgresMasters:
    """Databases to be copied, by what filled them."""

    server: PostgresServer
    _names: dict[Fill, str] = field(default_factory=dict)

    def copy(self, fill: Fill) -> str:
        """Make a copy; return its name."""
        if fill not in self._names:
            name = self.server.create()
            fill(self.server.url(name))
            self._names[fill] = name
        return self.server.create(template=self._names[fill])
