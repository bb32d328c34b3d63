"""The key that signs cookies, kept beside the data so that every process signs alike."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

NAME = "secret-key"


def kept_secret(directory: Path) -> str:
    """Return the key kept in the data directory, making it at the first start.

    Processes that start together agree: whoever links the file first has made the key.
    """
    path = directory / NAME
    if not path.exists():
        directory.mkdir(parents=True, exist_ok=True)
        own = directory / f"{NAME}.{os.getpid()}"
        own.touch(mode=0o600)
        own.write_text(secrets.token_hex(32), encoding="utf-8")
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(own)
        own.unlink()
    return path.read_text(encoding="utf-8").strip()
