"""Putting a backup back: into an empty place only, checked before and after, whole or not at all.

The archive is read to its end before anything is put in place, and what comes of it is made beside
its place. The evidence moves in first and the database last, for it is the database that makes a
place no longer empty: a restore that was cut off may simply be begun again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from alembic.script import ScriptDirectory

from engine.errors import Invalid, Unavailable
from engine.store.database import Database
from workflows.app import Bihuan
from workflows.backup import archive, databases, manifest, places
from workflows.backup.archive import Found
from workflows.backup.manifest import Heads, Manifest
from workflows.checking.inspection import inspect
from workflows.checking.report import Report
from workflows.keys import known_key
from workflows.migrations import run as migrations

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Restored:
    """What was put back, and what the deep check says of it."""

    manifest: Manifest
    report: Report
    same_key: bool


def restore(
    bihuan: Bihuan, file: Path, progress: Progress, *, without_key: bool = False
) -> Restored:
    """Restore an archive into the empty place that the settings name.

    Args:
        bihuan: the place: an empty database and a folder for the evidence.
        file: the archive.
        progress: told how far the check at the end has come.
        without_key: restore although the key that signed the anchors is not here.

    Raises:
        Invalid: the archive is damaged or of another kind, or the place is not empty.
        Unavailable: the database does not answer, a program is missing, or there is no room.
    """
    databases.check_empty(bihuan.database)
    try:
        with places.beside(bihuan) as (files, base):
            found = archive.read(file, places.Unpacking(files, base).take)
            same_key = _checked(bihuan, found, without_key=without_key)
            _put_in_place(bihuan, found, files, base)
    except OSError as error:
        raise Unavailable(
            f"Expected to write what is restored, but: {error.strerror}",
            f"恢复内容无法写入：{error.strerror}",
        ) from error
    migrations.upgrade(bihuan.database.engine)
    report = inspect(bihuan, progress, signed=same_key)
    return Restored(found.manifest, report, same_key)


def _checked(bihuan: Bihuan, found: Found, *, without_key: bool) -> bool:
    """Return whether the key of the anchors is here; refuse what does not belong here."""
    said = found.manifest
    kind = databases.kind_of(bihuan.database)
    if said.database != kind:
        raise Invalid(
            f"Expected a backup of {kind}, but it is one of {said.database}",
            f"目标数据库是 {kind}，备份却来自 {said.database}",
        )
    databases.check_program(kind, "pg_restore")
    if not _is_known(said.revision):
        raise Invalid(
            f"Expected a backup of this version or an older one, but its schema {said.revision} "
            "is not known here",
            f"备份的数据库结构 {said.revision} 比本程序新，请先升级程序",
        )
    places.check_evidence(bihuan.settings.evidence_directory, found.evidence)
    return _same_key(bihuan, said, without_key=without_key)


def _is_known(revision: str) -> bool:
    """Return whether a revision is on file, so that its schema can be brought up to date."""
    scripts = ScriptDirectory(str(Path(migrations.__file__).parent))
    return any(one.revision == revision for one in scripts.walk_revisions())


def _same_key(bihuan: Bihuan, said: Manifest, *, without_key: bool) -> bool:
    settings = bihuan.settings
    kept = known_key(settings.data_directory, "anchor")
    key = settings.anchor_key or (kept.encode() if kept else None)
    same = key is not None and manifest.fingerprint(key) == said.keys.get("anchor")
    if same and key is not None and said.signature != said.signed(key):
        raise Invalid(
            "Expected the manifest as it was signed, but it was changed; nothing was restored",
            "备份清单与签名不符；没有恢复任何内容",
        )
    if not same and not without_key:
        raise Invalid(
            "Expected the key that signed the anchors, but it is not here: put anchor.key into the "
            "data directory or set BIHUAN_ANCHOR_KEY, or restore without it by --without-key",
            "缺少签署历史锚点的密钥：请先放回 anchor.key 或设置 BIHUAN_ANCHOR_KEY，"
            "确实没有时用 --without-key",
        )
    return same


def _put_in_place(bihuan: Bihuan, found: Found, files: Path, base: Path) -> None:
    dump, sqlite = base / places.DATABASE, bihuan.database.is_sqlite
    if sqlite:
        copy = Database(f"sqlite:///{dump}")
        try:
            _prove(copy, found.manifest.heads)
        finally:
            copy.dispose()
    places.move_evidence(files, bihuan.settings.evidence_directory)
    if sqlite:
        places.move_database(dump, bihuan.database)
        return
    databases.put_back(bihuan.database, dump)
    try:
        _prove(bihuan.database, found.manifest.heads)
    except Invalid:
        databases.clear(bihuan.database)
        raise


def _prove(database: Database, heads: Heads) -> None:
    """Raise Invalid where the chains do not end where the manifest says that they ended."""
    with database.snapshot() as session:
        found = manifest.heads(session)
    if found != heads:
        raise Invalid(
            f"Expected {heads.rows} history rows with the heads of the manifest, but the database "
            f"of the backup has {found.rows} with other heads; nothing was restored",
            "备份中的数据库与清单所记的历史链首不符；没有恢复任何内容",
        )
