"""Reading an archive to its end before anything is believed of it."""

from __future__ import annotations

import gzip
import json
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from engine.errors import Invalid
from workflows.backup import manifest
from workflows.backup.hashing import Hashed
from workflows.backup.manifest import Manifest

EVIDENCE = "evidence"
_BLOCK = 1 << 20
_LARGEST_MANIFEST = 64 << 20
_MALFORMED = (ValueError, KeyError, TypeError)
"""What reading a manifest that is none ends in."""

Take = Callable[[str, Hashed], None]


@dataclass(frozen=True)
class Found:
    """What an archive holds, as it was read."""

    manifest: Manifest
    evidence: tuple[str, ...]


def read(file: Path, take: Take | None = None) -> Found:
    """Read a whole archive and check it; `take` is handed each member but the manifest.

    Raises:
        Invalid: it is damaged, cut off, or no backup of ours.
    """
    if not file.is_file():
        raise Invalid(f"Expected a backup at {file}, but there is none", f"没有备份文件 {file}")
    reading = _Reading(take)
    with _reported(), tarfile.open(file, "r:") as archive:
        for info in archive:
            reading.member(info, archive.extractfile(info) if info.isreg() else None)
    if reading.said is None:
        raise _damaged("its end is missing", "末尾缺失")
    return Found(reading.said, tuple(_checked(reading.said, reading.hashes)))


class _Reading:
    """One member after the other, the manifest last."""

    def __init__(self, take: Take | None) -> None:
        self.hashes: dict[str, tuple[str, int]] = {}
        self.said: Manifest | None = None
        self._take = take

    def member(self, info: tarfile.TarInfo, source: IO[bytes] | None) -> None:
        if source is None or info.name in self.hashes or self.said is not None:
            raise _damaged(f"{info.name} has no place in it", f"不应含有 {info.name}")
        if info.name == manifest.NAME:
            if info.size > _LARGEST_MANIFEST:
                raise _damaged("its manifest is too large", "清单过大")
            self.said = manifest.read(json.loads(source.read()))
            return
        member = Hashed(source)
        if self._take is not None:
            self._take(info.name, member)
        while member.read(_BLOCK):
            pass
        self.hashes[info.name] = (member.sha256, member.read_bytes)


def _checked(said: Manifest, hashes: dict[str, tuple[str, int]]) -> Iterator[str]:
    """Yield the files of the evidence; the rest must be the database that the manifest names."""
    found = hashes.pop(said.member, None)
    if found != (said.sha256, said.size):
        raise _damaged("its database is not the one that was saved", "数据库部分被改动")
    names: list[str] = []
    total = 0
    for member, (sha256, size) in hashes.items():
        folder, _, name = member.partition("/")
        if folder != EVIDENCE or (sha256 != name and name not in said.missing):
            raise _damaged(f"{member} is not what it was", f"{member} 被改动")
        if sha256 == name:
            names.append(name)
            total += size
    if (len(names), total) != (said.evidence, said.evidence_bytes) or (
        manifest.digest_of(names) != said.evidence_digest
    ):
        raise _damaged("files of the evidence are missing", "证据文件不全")
    yield from names


@contextmanager
def _reported() -> Iterator[None]:
    try:
        yield
    except (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, *_MALFORMED) as error:
        what = f"{type(error).__name__}: {error}"
        raise _damaged(what, what) from error


def _damaged(why: str, why_zh: str) -> Invalid:
    return Invalid(
        f"Expected a whole backup, but it is damaged: {why}; nothing was restored",
        f"备份文件损坏：{why_zh}；没有恢复任何内容",
    )
