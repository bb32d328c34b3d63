"""Cursors: opaque to clients, the place where the next page begins to us."""

from __future__ import annotations

import re

from engine.errors import Invalid

_CURSOR = re.compile(r"p([0-9a-z]{1,12})", re.ASCII)


def offset_of(cursor: str | None) -> int:
    """Return where a page begins; raise Invalid for a cursor that we did not give."""
    if cursor is None:
        return 0
    found = _CURSOR.fullmatch(cursor)
    if found is None:
        raise Invalid.at(
            "cursor",
            "Expected a cursor from `next` of a page, but it is none",
            "cursor 应取自上一页的 next",
        )
    return min(int(found.group(1), 36), 10**9)


def cursor_at(offset: int | None) -> str | None:
    """Return the cursor of a place; None where nothing follows."""
    return None if offset is None else f"p{_base36(offset)}"


def _base36(number: int) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    text = ""
    while number:
        number, rest = divmod(number, 36)
        text = digits[rest] + text
    return text or "0"
