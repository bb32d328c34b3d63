"""Rows as plain values: a dataclass names what is taken of a row."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, TypeVar

Plain = TypeVar("Plain")


def plain(kind: type[Plain], row: object, **read: object) -> Plain:
    """Return a dataclass filled from a row by name; what is `read` stands for the column."""
    names: Any = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    return kind(**{name: read[name] if name in read else getattr(row, name) for name in names})
