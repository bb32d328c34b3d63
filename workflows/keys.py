"""Keys that the product makes for itself when the operator gives none.

They lie beside the data, outside the database: whoever can write the database cannot sign.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path


def kept_key(directory: Path, name: str) -> str:
    """Return the key of a name, made at first use; all processes get the same one.

    The file appears whole or not at all, readable by its owner only: two processes that
    start together agree on whichever of them was first.
    """
    path = directory / f"{name}.key"
    if not path.exists():
        directory.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=directory)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
        try:
            os.link(temporary, path)
        except FileExistsError:
            pass  # another process was first: its key counts
        finally:
            Path(temporary).unlink()
    return path.read_text(encoding="ascii")


def known_key(directory: Path, name: str) -> str | None:
    """Return the key of a name if there is one; none is made."""
    path = directory / f"{name}.key"
    return path.read_text(encoding="ascii") if path.exists() else None
