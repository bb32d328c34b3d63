"""Where a restore works: folders beside the places of evidence and database.

A restore that was killed leaves its folders behind; the next one removes them. Whoever works in a
folder holds a lock on it, which ends with the process: a folder without one is left over.
"""

from __future__ import annotations

import fcntl
import gzip
import os
import re
import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, cast

from engine.errors import Invalid
from engine.store.database import Database
from workflows.app import Bihuan
from workflows.backup import databases
from workflows.backup.hashing import Hashed

DATABASE = "database"
_PREFIX = ".bihuan-restore-"
_BLOCK = 1 << 20
_FILE = re.compile(r"evidence/([0-9a-f]{64})")


@contextmanager
def beside(bihuan: Bihuan) -> Iterator[tuple[Path, Path]]:
    """Give a folder beside the evidence and one beside the database; both go at the end.

    What earlier restores left there goes first, for it may take the room that this one needs.
    """
    evidence = bihuan.settings.evidence_directory.absolute().parent
    database = Path(bihuan.database.url.database or "").absolute().parent
    wanted = (evidence, database if bihuan.database.is_sqlite else evidence)
    with ExitStack() as stack:
        made = []
        for parent in wanted:
            parent.mkdir(parents=True, exist_ok=True)
            made.append(stack.enter_context(_working(parent)))
        yield made[0], made[1]


@contextmanager
def _working(parent: Path) -> Iterator[Path]:
    """Give a folder that is held while somebody works in it, and remove those of nobody."""
    with ExitStack() as stack:
        with _held(parent):  # or another restore took a folder that is not held yet
            for folder in parent.glob(f"{_PREFIX}*"):
                if folder.is_dir() and not folder.is_symlink() and not _in_use(folder):
                    shutil.rmtree(folder, ignore_errors=True)
            folder = Path(
                stack.enter_context(tempfile.TemporaryDirectory(dir=parent, prefix=_PREFIX))
            )
            stack.enter_context(_held(folder))
        yield folder


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # a file system without locks: nothing is removed on it
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _in_use(folder: Path) -> bool:
    """Return whether another process works in a folder, or that cannot be known."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False


class Unpacking:
    """Writes the members of an archive while it is read."""

    def __init__(self, evidence: Path, base: Path) -> None:
        """Take the folder for the evidence and the one for the database."""
        self._evidence = evidence
        self._base = base

    def take(self, name: str, member: Hashed) -> None:
        """Write one member; what has no place is left alone, and refused by who reads."""
        found = _FILE.fullmatch(name)
        if found:
            folder = self._evidence / found[1][:2]
            folder.mkdir(exist_ok=True)
            _write(member, folder / found[1])
        elif name == databases.MEMBERS[databases.SQLITE]:
            with gzip.GzipFile(fileobj=cast("IO[bytes]", member)) as unpacked:
                _write(unpacked, self._base / DATABASE)
        elif name == databases.MEMBERS[databases.POSTGRESQL]:
            _write(member, self._base / DATABASE)


def check_evidence(directory: Path, wanted: Collection[str]) -> None:
    """Raise Invalid where the evidence holds what the archive does not: another's files."""
    known = set(wanted)
    held = (path for path in directory.rglob("*") if path.is_file())
    strange = next((path for path in held if path.name not in known), None)
    if strange is not None:
        raise Invalid(
            f"Expected an empty folder for the evidence, but {directory} holds {strange.name}",
            f"只能恢复到空的证据目录，{directory} 已有 {strange.name}",
        )


def move_evidence(source: Path, directory: Path) -> None:
    """Move the files to their place; one that is there already from a cut-off restore goes over."""
    for folder in sorted(path for path in source.iterdir() if path.is_dir()):
        target = directory / folder.name
        target.mkdir(parents=True, exist_ok=True)
        for file in folder.iterdir():
            file.replace(target / file.name)
        _settle(target)


def move_database(source: Path, database: Database) -> None:
    """Move a SQLite file to its place, where there was none until now."""
    databases.check_empty(database)
    target = Path(database.url.database or "")
    source.replace(target)
    _settle(target.absolute().parent)


def _write(source: IO[bytes] | Hashed | gzip.GzipFile, target: Path) -> None:
    with target.open("xb") as file:
        shutil.copyfileobj(cast("IO[bytes]", source), file, _BLOCK)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
