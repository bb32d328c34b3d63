"""Random numbers by purpose: the same seed and the same purpose always give the same number.

A number is drawn for what it is about (a case, an element, its how-manieth visit), not in the
order of asking. Two versions of a process therefore see the same load and the same people: what
both do draws the same numbers, however differently they run.
"""

from __future__ import annotations

import hashlib
from typing import Final

_BITS: Final = 53
_STEP: Final = 2.0**-_BITS


class Streams:
    """The numbers of one replication."""

    __slots__ = ("_key",)

    def __init__(self, seed: int | str) -> None:
        """Take the seed, of any length."""
        self._key = hashlib.blake2b(str(seed).encode(), digest_size=32).digest()

    def uniform(self, *purpose: object) -> float:
        """Return a number between 0 and 1, neither of them included."""
        words = "\x1f".join(map(str, purpose)).encode()
        digest = hashlib.blake2b(words, key=self._key, digest_size=8).digest()
        return ((int.from_bytes(digest, "big") >> (64 - _BITS)) + 0.5) * _STEP
