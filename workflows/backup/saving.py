"""Taking a backup: the database first, then the files that it names; the system may run.

Files of the evidence are never changed or removed, so whatever the database names at its instant
is still there when it is copied. The archive appears under its name when it is whole.
"""

from __future__ import annotations

import gzip
import io
import os
import shutil
import tarfile
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from alembic.migration import MigrationContext
from sqlalchemy.orm import Session

from engine import clock
from engine.errors import Invalid, Unavailable
from workflows.app import Bihuan
from workflows.backup import databases, manifest
from workflows.backup.archive import EVIDENCE
from workflows.backup.hashing import Hashed
from workflows.backup.manifest import Manifest
from workflows.domain.evidence import EvidenceStore

Progress = Callable[[int, int], None]

_PACKED = 6


@dataclass(frozen=True)
class Saved:
    """An archive that was written."""

    file: Path
    size: int
    manifest: Manifest


def save(bihuan: Bihuan, target: Path, progress: Progress) -> Saved:
    """Write a backup to a file, or into a folder under a name of its own.

    Raises:
        Invalid: the file exists already, or its folder does not.
        Unavailable: the database does not answer, a program is missing, or there is no room.
    """
    file = _place(target)
    kind = databases.kind_of(bihuan.database)
    databases.check_program(kind, "pg_dump")
    try:
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=".bihuan-backup-") as name:
            return _save(bihuan, kind, file, Path(name), progress)
    except OSError as error:
        raise Unavailable(
            f"Expected to write the backup into {file.parent}, but: {error.strerror}",
            f"备份无法写入 {file.parent}：{error.strerror}",
        ) from error


def _place(target: Path) -> Path:
    if target.is_dir():
        stamp = clock.now().strftime("%Y%m%dT%H%M%SZ")
        target = target / f"bihuan-{stamp}.tar"
    if target.exists():
        raise Invalid(
            f"Expected a new file for the backup, but {target} exists", f"备份文件 {target} 已存在"
        )
    if not target.absolute().parent.is_dir():
        raise Invalid(
            f"Expected a folder for the backup, but {target.absolute().parent} is none",
            f"目录 {target.absolute().parent} 不存在",
        )
    return target.absolute()


def _save(bihuan: Bihuan, kind: str, file: Path, folder: Path, progress: Progress) -> Saved:
    dump, partial = folder / "database", folder / "archive"
    with databases.dumped(bihuan.database, dump) as session:
        found = _described(bihuan, session, kind)
        names = manifest.named_files(session)
    member = _packed(dump) if kind == databases.SQLITE else dump
    with partial.open("xb") as written, tarfile.open(fileobj=written, mode="w") as archive:
        sha256, size = _add(archive, found.member, member)
        kept, missing, total = _evidence(archive, bihuan.evidence, names, progress)
        found = replace(
            found,
            sha256=sha256,
            size=size,
            evidence=len(kept),
            evidence_bytes=total,
            evidence_digest=manifest.digest_of(kept),
            missing=missing,
        )
        found = replace(found, signature=found.signed(bihuan.anchor_key))
        content = found.text().encode()
        archive.addfile(_info(manifest.NAME, len(content)), io.BytesIO(content))
        archive.close()
        written.flush()
        os.fsync(written.fileno())
    partial.rename(file)
    return Saved(file, file.stat().st_size, found)


def _described(bihuan: Bihuan, session: Session, kind: str) -> Manifest:
    revision = MigrationContext.configure(session.connection()).get_current_revision()
    return Manifest(
        format=manifest.FORMAT,
        product=version("bihuan"),
        created_at=clock.now().isoformat(),
        database=kind,
        revision=revision or "",
        member=databases.MEMBERS[kind],
        sha256="",
        size=0,
        evidence=0,
        evidence_bytes=0,
        evidence_digest="",
        missing=[],
        heads=manifest.heads(session),
        keys={
            "anchor": manifest.fingerprint(bihuan.anchor_key),
            "secret": manifest.fingerprint(bihuan.secret_key.encode()),
        },
    )


def _evidence(
    archive: tarfile.TarFile, store: EvidenceStore, names: Sequence[str], progress: Progress
) -> tuple[list[str], list[str], int]:
    """Copy the files; return which are there as they came, which are not, and their bytes."""
    kept, missing, total = [], [], 0
    for number, name in enumerate(names, 1):
        path = store.path(name)
        found = _add(archive, f"{EVIDENCE}/{name}", path) if path.is_file() else ("", 0)
        if found[0] == name:
            kept.append(name)
            total += found[1]
        else:
            missing.append(name)
        progress(number, len(names))
    return kept, missing, total


def _add(archive: tarfile.TarFile, name: str, path: Path) -> tuple[str, int]:
    """Add a file and return the hash and the size of what was added."""
    with path.open("rb") as opened:
        size = os.fstat(opened.fileno()).st_size
        read = Hashed(opened)
        archive.addfile(_info(name, size), read)
    return read.sha256, size


def _info(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = size, 0o600, int(clock.now().timestamp())
    return info


def _packed(dump: Path) -> Path:
    packed = dump.with_suffix(".gz")
    with dump.open("rb") as source, gzip.open(packed, "wb", compresslevel=_PACKED) as target:
        shutil.copyfileobj(source, target, 1 << 20)
    dump.unlink()
    return packed
