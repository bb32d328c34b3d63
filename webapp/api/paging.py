"""Cursors: opaque to clients, the place where the next page begins to us."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

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


def cut(found: Sequence[Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return the page of a list that `limit` and `cursor` ask for."""
    start, size = offset_of(wanted["cursor"]), wanted["limit"]
    following = start + size if start + size < len(found) else None
    items = list(found[start : start + size])
    return {"items": items, "total": len(found), "next": cursor_at(following)}


def _base36(number: int) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    text = ""
    while number:
        number, rest = divmod(number, 36)
        text = digits[rest] + text
    return text or "0"
