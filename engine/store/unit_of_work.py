"""The only commit of the product, with the errors of the database told in our own words."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from engine.errors import Unavailable

ATTEMPTS = 6
"""How often a unit of work is tried before the caller is told to come back later."""

_RETRIED_STATES = frozenset({"40001", "40P01", "55P03"})
"""Serialisation failure, deadlock, lock not available."""

Result = TypeVar("Result")


class _Again(Unavailable):
    """The database asks to do the unit of work again from its start."""


@contextmanager
def begin(open_session: Callable[[], Session]) -> Iterator[Session]:
    """Open a unit of work; commit at the end, roll back on any error."""
    with translated(), open_session() as session:
        session.connection()
        yield session
        session.commit()


def run(open_session: Callable[[], Session], work: Callable[[Session], Result]) -> Result:
    """Do work in a unit of work, at most `ATTEMPTS` times where the database asks for it."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with begin(open_session) as session:
                return work(session)
        except _Again:
            if attempt == ATTEMPTS:
                raise
            _rest(attempt)
    raise AssertionError("unreachable: the last attempt returns or raises")


@contextmanager
def translated() -> Iterator[None]:
    """Turn the database's troubles into Unavailable; faults of ours stay as they are."""
    try:
        yield
    except PoolTimeout as error:
        raise _unavailable(Unavailable) from error
    except DBAPIError as error:
        if must_repeat(error):
            raise _unavailable(_Again) from error
        if isinstance(error, OperationalError | InterfaceError) or error.connection_invalidated:
            raise _unavailable(Unavailable) from error
        raise


def must_repeat(error: DBAPIError) -> bool:
    """Return whether the transaction failed only because of another one at the same time."""
    state = getattr(error.orig, "sqlstate", None)
    return state in _RETRIED_STATES or "database is locked" in str(error.orig)


def is_outage(error: BaseException) -> bool:
    """Return whether an error lies with the database itself, not with what was asked of it."""
    if isinstance(error, Unavailable | PoolTimeout):
        return True
    if not isinstance(error, DBAPIError):
        return False
    lost = isinstance(error, OperationalError | InterfaceError) or error.connection_invalidated
    return lost or must_repeat(error)


def _rest(attempt: int) -> None:
    # Jitter, so that two commands that met once do not meet again.
    threading.Event().wait(random.uniform(0.01, 0.03) * 2**attempt)  # noqa: S311 no secret


def _unavailable(kind: type[Unavailable]) -> Unavailable:
    return kind(
        "Expected the database to answer, but it is locked or gone; please try again",
        "数据库暂时繁忙或不可用,请稍后再试",
    )
