"""The hash chain of a case: how a row is hashed, so that nothing can be changed unnoticed.

A row's hash is SHA-256 over the hash before it and the row's canonical JSON (sorted keys, no
spaces). Personal content enters only as a salted digest: it may lawfully be deleted later,
together with its salt, and the chain still fits.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from engine.store.base import json_text

ORIGIN = "0" * 64
"""What stands for the hash before the first row."""


@dataclass(frozen=True)
class Entry:
    """What one row of history says; `data` is canonical JSON text, never parsed again."""

    case_id: str
    seq: int
    agency: str
    at: datetime
    actor: str
    actor_name: str
    acting_for: str | None
    act: str
    outcome: str | None
    element: str | None
    process: str | None
    task_id: str | None
    data: str
    personal_digest: str | None
    prev: str


@dataclass(frozen=True)
class Sealed:
    """Personal content beside the chain: its text, the salt, and the digest that is chained."""

    text: str | None = None
    salt: str | None = None
    digest: str | None = None


def entry_hash(entry: Entry) -> str:
    """Return the hash that chains an entry to the one before it."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    record = vars(entry) | {"at": at}
    return hashlib.sha256((entry.prev + json_text(record)).encode()).hexdigest()


def seal(personal: Mapping[str, Any] | None) -> Sealed:
    """Return personal content with a fresh salt and its digest."""
    if not personal:
        return Sealed()
    text = json_text(dict(personal))
    salt = os.urandom(16).hex()
    return Sealed(text, salt, personal_digest(text, salt))


def personal_digest(text: str, salt: str) -> str:
    """Return the salted digest of personal content."""
    return hashlib.sha256((salt + text).encode()).hexdigest()
