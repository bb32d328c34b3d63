"""Identifiers made in Python: UUIDv7, so that they sort by the instant they were made."""

from __future__ import annotations

import os
import threading

from engine import clock

_lock = threading.Lock()


class _Last:
    millisecond = -1
    number = 0


def new_id() -> str:
    """Return a new UUIDv7 as text; ids of one process ascend while its clock does."""
    millisecond = int(clock.now().timestamp() * 1000)
    number = _number(millisecond)
    random = int.from_bytes(os.urandom(8), "big") & ((1 << 62) - 1)
    value = (millisecond & ((1 << 48) - 1)) << 80 | 0x7 << 76 | number << 64 | 0b10 << 62 | random
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _number(millisecond: int) -> int:
    """Count within a millisecond, in the twelve bits that the format leaves for it."""
    with _lock:
        _Last.number = (_Last.number + 1) & 0xFFF if millisecond == _Last.millisecond else 0
        _Last.millisecond = millisecond
        return _Last.number
