"""Reading a file while its hash is taken, so that it is read once."""

from __future__ import annotations

import hashlib
import io
from typing import IO


class Hashed(io.BufferedIOBase):
    """A file that knows the hash of what was read from it."""

    def __init__(self, source: IO[bytes]) -> None:
        """Take the file to read from."""
        self._source = source
        self._hash = hashlib.sha256()
        self.read_bytes = 0

    @property
    def sha256(self) -> str:
        """The hash of everything read so far."""
        return self._hash.hexdigest()

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        """Read, and take what was read into the hash."""
        block = self._source.read(-1 if size is None else size)
        self._hash.update(block)
        self.read_bytes += len(block)
        return block
