"""The only commit of the product, with the errors of the database told in our own words."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TypeVar

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from engine.errors import Unavailable

ATTEMPTS = 6
"""How often a unit of work is tried before the caller is told to come back later."""

PATIENCE_SECONDS = 3
"""After this long no attempt is begun: a person waits for the answer."""

_RETRIED_STATES = frozenset({"40001", "40P01", "55P03", "SQLITE_BUSY", "SQLITE_LOCKED"})
"""Serialisation failure, deadlock, lock not available; SQLite's lock held for too long."""

_OUTAGES = (
    *("08", "40", "53", "55P03", "57P", "58"),
    *("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_IOERR", "SQLITE_FULL", "SQLITE_CANTOPEN"),
    *("SQLITE_READONLY", "SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_PROTOCOL"),
)
"""How the signs of a database in trouble begin; a wrong statement is no such sign."""

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
    """Do work in a unit of work, again where the database asks for it and patience lasts."""
    began = monotonic()
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with begin(open_session) as session:
                return work(session)
        except _Again:
            if attempt == ATTEMPTS or monotonic() - began > PATIENCE_SECONDS:
                raise
            _rest(attempt)
    raise AssertionError("unreachable: the last attempt returns or raises")


@contextmanager
def translated() -> Iterator[None]:
    """Turn the database's troubles into Unavailable; faults of ours stay as they are."""
    try:
        yield
    except PoolTimeout as error:
        raise out_of_reach() from error
    except DBAPIError as error:
        if must_repeat(error):
            raise out_of_reach(_Again) from error
        if is_outage(error):
            raise out_of_reach() from error
        raise


def must_repeat(error: DBAPIError) -> bool:
    """Return whether the transaction failed only because of another one at the same time."""
    return _state(error) in _RETRIED_STATES


def is_outage(error: BaseException) -> bool:
    """Return whether an error lies with the database itself, not with what was asked of it."""
    if isinstance(error, Unavailable | PoolTimeout):
        return True
    if not isinstance(error, DBAPIError):
        return False
    state = _state(error)
    if error.connection_invalidated or state.startswith(_OUTAGES):
        return True
    if not state and isinstance(error, OperationalError | InterfaceError):
        return True
    # SQLite gives up the whole transaction on a full disk: then its savepoints are missing too.
    return isinstance(error.__context__, DBAPIError) and is_outage(error.__context__)


def _state(error: DBAPIError) -> str:
    """Return PostgreSQL's five signs, SQLite's name of the error, or "" if there is none."""
    for name in ("sqlstate", "sqlite_errorname"):
        state = getattr(error.orig, name, None)
        if state:
            return str(state)
    return ""


def _rest(attempt: int) -> None:
    # Jitter, so that two commands that met once do not meet again.
    threading.Event().wait(random.uniform(0.01, 0.03) * 2**attempt)  # noqa: S311 no secret


def out_of_reach(kind: type[Unavailable] = Unavailable) -> Unavailable:
    """Return what is told of a database that does not answer."""
    return kind(
        "Expected the database to answer, but it is locked or gone; please try again",
        "数据库暂时繁忙或不可用，请稍后再试",
    )
