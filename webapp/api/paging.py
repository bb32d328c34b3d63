"""Cursors: opaque to clients, the place where the next page begins to us."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from engine.errors import Invalid
from engine.store.base import json_text
from workflows.domain import ledger_marks
from workflows.domain.ledger_marks import Mark

_CURSOR = re.compile(r"p([0-9a-z]{1,12})", re.ASCII)


def offset_of(cursor: str | None) -> int:
    """Return where a page begins; raise Invalid for a cursor that we did not give."""
    if cursor is None:
        return 0
    found = _CURSOR.fullmatch(cursor)
    if found is None:
        raise _no_cursor()
    return min(int(found.group(1), 36), 10**9)


def cursor_at(offset: int | None) -> str | None:
    """Return the cursor of a place; None where nothing follows."""
    return None if offset is None else f"p{_base36(offset)}"


def marked(mark: Mark | None, asked: Mapping[str, Any]) -> str | None:
    """Return the cursor of a mark in the list that was asked for; None where nothing follows."""
    if mark is None:
        return None
    text = json_text([_digest(asked), *ledger_marks.told(mark)])
    return "m" + base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def mark_of(cursor: str | None, asked: Mapping[str, Any], kind: type) -> Mark | None:
    """Return the mark of a cursor; raise Invalid if it is none of this very list."""
    if cursor is None:
        return None
    found = _opened(cursor)
    if not isinstance(found, list) or not found or found[0] != _digest(asked):
        raise _no_cursor()
    mark = ledger_marks.read(found[1:], kind)
    if mark is None:
        raise _no_cursor()
    return mark


def _opened(cursor: str) -> object:
    try:
        filled = cursor[1:] + "=" * (-len(cursor[1:]) % 4)
        return json.loads(base64.b64decode(filled, altchars=b"-_", validate=True))
    except (ValueError, RecursionError):
        return None


def _digest(asked: Mapping[str, Any]) -> str:
    """Return what tells one list, by its filters and its order, from another."""
    told = {name: str(value) for name, value in asked.items() if name not in ("cursor", "limit")}
    return hashlib.sha256(json_text(told).encode()).hexdigest()[:12]


def _no_cursor() -> Invalid:
    return Invalid.at(
        "cursor",
        "Expected a cursor from `next` of a page of the same list, but it is none",
        "cursor 应取自同一列表上一页的 next",
    )


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
