"""Facts of the zone that are read once for many cases begun in one unit of work.

Nobody asks for it but whoever begins many: a unit of work of one case reads what is there now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session

Given = ParamSpec("Given")
Found = TypeVar("Found")

_KEPT = "bihuan_read_once"


@contextmanager
def reading_once(session: Session) -> Iterator[None]:
    """Keep what is read of the zone until the block ends; nobody may change the zone within it."""
    session.info[_KEPT] = {}
    try:
        yield
    finally:
        del session.info[_KEPT]


def once(
    read: Callable[Concatenate[Session, Given], Found],
) -> Callable[Concatenate[Session, Given], Found]:
    """Let a function of a session and plain values be asked once within `reading_once`."""

    @wraps(read)
    def reading(session: Session, /, *args: Given.args, **kwargs: Given.kwargs) -> Found:
        kept: dict[Any, Found] | None = session.info.get(_KEPT)
        if kept is None:
            return read(session, *args, **kwargs)
        key = (read, args, tuple(kwargs.items()))
        if key not in kept:
            kept[key] = read(session, *args, **kwargs)
        return kept[key]

    return reading
