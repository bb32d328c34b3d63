"""Evidence: originals kept byte for byte under their hash, copies for the screen beside them."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from engine.errors import Incident, Invalid, NotFound, Unavailable
from engine.ports import Actor, Context
from engine.store.base import table
from engine.store.ids import new_id
from workflows.domain import images
from workflows.domain.evidence_tables import EvidenceRow

_NAME_LIMIT = 100
_BLOCK = 1 << 20

_FILES = table(EvidenceRow)
_ADD = insert(_FILES)
_ATTACH = (
    update(_FILES)
    .where(
        _FILES.c.id.in_(bindparam("ids", expanding=True)),
        _FILES.c.case_id.is_(None),
        _FILES.c.uploaded_by == bindparam("uploader"),
    )
    .values(case_id=bindparam("of_case"), attached_at=bindparam("at"))
)
"""Binds those that nobody has bound yet; whoever looks afterwards sees what was not his."""


@dataclass(frozen=True)
class Evidence:
    """One file as pages and exports see it."""

    id: str
    case_id: str | None
    sha256: str
    size: int
    mime: str
    name: str
    width: int | None
    height: int | None
    screen_sha256: str | None
    uploaded_by: str
    uploaded_at: datetime


@dataclass(frozen=True)
class Measured:
    """What a stored file is, whatever its row says."""

    sha256: str
    size: int


class EvidenceStore:
    """The directory of originals and copies; a file's name is its SHA-256."""

    def __init__(self, directory: Path) -> None:
        """Take the directory; it is made when the first file arrives."""
        self._directory = directory

    def add(self, session: Session, actor: Actor, name: str, content: bytes, now: datetime) -> str:
        """Keep a file and return its id; raise Invalid if it may not be kept."""
        found = images.read(content, name)
        row = {
            "id": new_id(),
            "case_id": None,
            "sha256": self._write(content),
            "size": len(content),
            "mime": found.mime,
            "name": clean_name(name),
            "width": found.width,
            "height": found.height,
            "screen_sha256": self._write(found.screen) if found.screen else None,
            "uploaded_by": actor.id,
            "uploaded_at": now,
            "attached_at": None,
        }
        session.connection().execute(_ADD, row)
        return str(row["id"])

    def original(self, evidence: Evidence) -> bytes:
        """Return the original; raise Incident if the bytes no longer fit their hash."""
        return self._read(evidence.sha256)

    def screen(self, evidence: Evidence) -> bytes | None:
        """Return the copy for the screen; None for a file that is no image."""
        return self._read(evidence.screen_sha256) if evidence.screen_sha256 else None

    def measured(self, digest: str) -> Measured | None:
        """Return size and hash of a file as it lies there now, None if it is missing."""
        found, size = hashlib.sha256(), 0
        try:
            with self.path(digest).open("rb") as file:
                while block := file.read(_BLOCK):
                    found.update(block)
                    size += len(block)
        except FileNotFoundError:
            return None
        return Measured(found.hexdigest(), size)

    def path(self, digest: str) -> Path:
        """Return where a file of a hash lies, if it is there."""
        return self._directory / digest[:2] / digest

    def _write(self, content: bytes) -> str:
        digest = hashlib.sha256(content).hexdigest()
        path = self.path(digest)
        try:
            self._place(path, content)
        except OSError as error:
            raise Unavailable(
                "Expected room for the file, but the evidence cannot be written; please try again",
                "证据暂时无法写入，请稍后再试",
            ) from error
        return digest

    def _place(self, path: Path, content: bytes) -> None:
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)

    def _read(self, digest: str) -> bytes:
        path = self.path(digest)
        content = path.read_bytes() if path.exists() else b""
        if hashlib.sha256(content).hexdigest() != digest:
            raise Incident(
                f"Expected the evidence {digest} unaltered, but it is missing or changed",
                "证据原件缺失或已被改动",
            )
        return content


def get(session: Session, evidence_id: str) -> Evidence:
    """Return what is known of a file; raise NotFound."""
    row = session.get(EvidenceRow, evidence_id)
    if row is None:
        raise NotFound(f"Expected evidence {evidence_id}, but there is none", "没有该证据文件")
    return _evidence(row)


def of_case(session: Session, case_id: str) -> list[Evidence]:
    """Return the files of a case in the order they came."""
    rows = session.scalars(
        select(EvidenceRow)
        .where(EvidenceRow.case_id == case_id)
        .order_by(EvidenceRow.uploaded_at, EvidenceRow.id)
    )
    return [_evidence(row) for row in rows]


def attach(
    session: Session, ids: Sequence[str], case_id: str, context: Context, field: str = "photos"
) -> list[str]:
    """Bind uploaded files to a case; a file belongs to one case and to who uploaded it."""
    if not ids:
        return []
    wanted = set(ids)
    given = {
        "ids": list(wanted),
        "uploader": context.actor.id,
        "of_case": case_id,
        "at": context.now,
    }
    if session.connection().execute(_ATTACH, given).rowcount < len(wanted):
        _check_attached(session, ids, case_id, field)
    return list(ids)


def _check_attached(session: Session, ids: Sequence[str], case_id: str, field: str) -> None:
    """Raise Invalid where a file is not the case's: it is another's, or was never there."""
    own = select(EvidenceRow.id).where(EvidenceRow.case_id == case_id, EvidenceRow.id.in_(ids))
    known = set(session.scalars(own))
    for evidence_id in ids:
        if evidence_id not in known:
            raise Invalid.at(
                field,
                f"Expected a file that you uploaded for this case, but {evidence_id!r} is none",
                "照片不存在或不属于本隐患，请重新上传",
            )


def clean_name(name: str) -> str:
    """Return a file name without path, control characters or endless length."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(c for c in last if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*')
    stem, dot, ending = kept.strip(" .").rpartition(".")
    if not dot:
        stem, ending = ending, ""
    short = stem[: _NAME_LIMIT - len(ending) - 1] or "file"
    return f"{short}.{ending[:10]}" if ending else short


def _evidence(row: EvidenceRow) -> Evidence:
    return Evidence(
        id=row.id,
        case_id=row.case_id,
        sha256=row.sha256,
        size=row.size,
        mime=row.mime,
        name=row.name,
        width=row.width,
        height=row.height,
        screen_sha256=row.screen_sha256,
        uploaded_by=row.uploaded_by,
        uploaded_at=row.uploaded_at,
    )
