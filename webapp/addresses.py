"""Addresses of lists: the same filters with something changed, page by page."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import request

from webapp.presentation.choices import Position, pages_of


def with_changes(**changes: str | int | None) -> str:
    """Return the address of this list with some parameters changed and empty ones dropped."""
    values = {**request.args.to_dict(), **changes}
    kept = {name: str(value) for name, value in values.items() if value not in ("", None)}
    return f"{request.path}?{urlencode(kept)}" if kept else request.path


def position(number: int, total: int, size: int) -> Position:
    """Return where a page stands in its list."""
    pages = pages_of(total, size)
    return Position(
        number,
        pages,
        with_changes(page=number - 1) if number > 1 else None,
        with_changes(page=number + 1) if number < pages else None,
    )
