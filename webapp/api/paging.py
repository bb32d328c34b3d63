"""Cursors: opaque to clients, the place of a page's last row to us, sealed so that none is made up.

The next page begins behind that place, not behind so many rows: rows that come, go or move while
a client pages through are neither missed nor told twice because of it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from flask import request

from engine.errors import Invalid
from engine.store.base import json_text
from webapp.api.schemas.common import NO_CURSOR, NO_CURSOR_ZH
from webapp.context import bihuan
from workflows.domain import ledger_marks
from workflows.domain.ledger_marks import Mark

Item = TypeVar("Item")
Place = tuple[str | int, ...]

_LETTER = "m"
_SEAL = 16
"""Hexadecimal digits of a seal; guessing it one by one meets the limits on requests first."""


def sealed(place: Sequence[Any] | None, asked: Mapping[str, Any]) -> str | None:
    """Return the cursor of a place in the list that is asked for; None where nothing follows."""
    if place is None:
        return None
    text = json_text([_seal(place, asked), *place])
    return _LETTER + base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def opened(cursor: str | None, asked: Mapping[str, Any]) -> list[Any] | None:
    """Return the place of a cursor; raise Invalid if we did not give it for this very list."""
    if cursor is None:
        return None
    found = _read(cursor)
    if not isinstance(found, list) or not found or not isinstance(found[0], str):
        raise _no_cursor()
    if not hmac.compare_digest(found[0].encode(), _seal(found[1:], asked).encode()):
        raise _no_cursor()
    return found[1:]


def marked(mark: Mark | None, asked: Mapping[str, Any]) -> str | None:
    """Return the cursor of a mark in the ledger; None where nothing follows."""
    return sealed(None if mark is None else ledger_marks.told(mark), asked)


def mark_of(cursor: str | None, asked: Mapping[str, Any], kind: type) -> Mark | None:
    """Return the mark of a cursor; raise Invalid if it is none of this very list."""
    place = opened(cursor, asked)
    if place is None:
        return None
    mark = ledger_marks.read(place, kind)
    if mark is None:
        raise _no_cursor()
    return mark


def cut(
    found: Sequence[Item],
    wanted: Mapping[str, Any],
    place: Callable[[Item], Place],
    *,
    descending: bool = False,
) -> dict[str, Any]:
    """Return the page that `limit` and `cursor` ask for of a list ordered by places."""
    rows = sorted(found, key=place, reverse=descending)
    after = opened(wanted["cursor"], wanted)
    if after is not None:
        mark = tuple(after)
        rows = [one for one in rows if (place(one) < mark if descending else place(one) > mark)]
    items, size = rows[: wanted["limit"]], wanted["limit"]
    last = place(items[-1]) if len(rows) > size else None
    return {"items": items, "total": len(found), "next": sealed(last, wanted)}


def instant(at: datetime | None) -> str | None:
    """Return an instant as a part of a place."""
    return None if at is None else at.isoformat()


def instant_of(text: str | None) -> datetime | None:
    """Return the instant of a part of a place."""
    return None if text is None else datetime.fromisoformat(text)


def _read(cursor: str) -> object:
    try:
        filled = cursor[1:] + "=" * (-len(cursor[1:]) % 4)
        return json.loads(base64.b64decode(filled, altchars=b"-_", validate=True))
    except (ValueError, RecursionError):
        return None


def _seal(place: Sequence[Any], asked: Mapping[str, Any]) -> str:
    """Return what only we can tell of a place in one list, by its address, filters and order."""
    told = {name: str(value) for name, value in asked.items() if name not in ("cursor", "limit")}
    text = json_text([request.path, told, list(place)])
    key = bihuan().secret_key.encode()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:_SEAL]


def _no_cursor() -> Invalid:
    return Invalid.at("cursor", NO_CURSOR, NO_CURSOR_ZH)
