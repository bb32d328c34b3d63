"""What a case waits for, as one line of a page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """Who must do what next; `address` = where the reader does it, None for others' steps."""

    title: str
    who: str
    roles: str
    address: str | None
