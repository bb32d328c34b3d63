"""What an archive says of itself: what it holds, by hash, and where every chain ended."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.errors import Invalid
from engine.store.base import json_text
from engine.store.tables import Anchor, Case
from workflows.domain.administration_tables import AdministrationEntry
from workflows.domain.evidence_tables import EvidenceRow

FORMAT = 1
NAME = "manifest.json"
_WHOLE = 1 << 256


@dataclass(frozen=True)
class Heads:
    """Where every chain ended; `digest` does not depend on an order, which databases differ in."""

    cases: int
    rows: int
    digest: str
    administration: dict[str, list[Any]]
    anchor: list[Any]


@dataclass(frozen=True)
class Manifest:
    """The last member of an archive: without it the archive is not whole."""

    format: int
    product: str
    created_at: str
    database: str
    revision: str
    member: str
    sha256: str
    size: int
    evidence: int
    evidence_bytes: int
    evidence_digest: str
    missing: list[str]
    heads: Heads
    keys: dict[str, str] = field(default_factory=dict)
    signature: str = ""

    def signed(self, key: bytes) -> str:
        """Return the signature of everything else with the key of the anchors."""
        content = asdict(self) | {"signature": ""}
        return hmac.new(key, json_text(content).encode(), hashlib.sha256).hexdigest()

    def text(self) -> str:
        """Return the text that is kept."""
        return json_text(asdict(self))


def read(values: Any) -> Manifest:  # noqa: ANN401 whatever a file held
    """Return a manifest from JSON; raise Invalid where it is none of ours."""
    known = isinstance(values, dict) and values.get("format") == FORMAT
    if not known or set(values) != {one.name for one in fields(Manifest)}:
        raise Invalid(
            f"Expected the manifest of a backup, format {FORMAT}, but it is another",
            f"不是本系统第 {FORMAT} 种格式的备份清单",
        )
    return Manifest(**(values | {"heads": Heads(**values["heads"])}))


def fingerprint(key: bytes) -> str:
    """Return what tells one key from another and gives none away."""
    return hashlib.sha256(b"bihuan key " + key).hexdigest()[:16]


def heads(session: Session) -> Heads:
    """Return where every chain of a database ends."""
    total = cases = rows = 0
    found = session.execute(
        select(Case.id, Case.history_seq, Case.history_hash).execution_options(yield_per=1000)
    )
    for row in found:
        line = f"{row.id} {row.history_seq} {row.history_hash}"
        total = (total + _number(line)) % _WHOLE
        cases, rows = cases + 1, rows + row.history_seq
    last = session.execute(
        select(Anchor.seq, Anchor.digest).order_by(Anchor.seq.desc()).limit(1)
    ).first()
    return Heads(cases, rows, f"{total:064x}", _administration(session), list(last or ()))


def _administration(session: Session) -> dict[str, list[Any]]:
    rows = session.execute(
        select(
            AdministrationEntry.agency, AdministrationEntry.seq, AdministrationEntry.hash
        ).order_by(AdministrationEntry.agency, AdministrationEntry.seq)
    )
    return {row.agency: [row.seq, row.hash] for row in rows}


def named_files(session: Session) -> list[str]:
    """Return the names of all files of the evidence, originals and copies, each once."""
    rows = session.execute(select(EvidenceRow.sha256, EvidenceRow.screen_sha256))
    return sorted({digest for row in rows for digest in row if digest})


def digest_of(names: Iterable[str]) -> str:
    """Return one digest of the names of files, which are their hashes."""
    return hashlib.sha256("\n".join(sorted(names)).encode()).hexdigest()


def _number(line: str) -> int:
    return int.from_bytes(hashlib.sha256(line.encode()).digest(), "big")
