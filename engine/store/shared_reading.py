"""What one request reads, read by one session: up to its next write, which begins anew.

A page asks the database in many places. A session for each would take a connection, ask whether
it still lives and roll it back again, which costs more than most of the questions do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session


class SharedReading:
    """The session that the reading of one block shares, opened when it is first asked for."""

    def __init__(self, opened: Callable[[], Session]) -> None:
        """Take how a session is opened."""
        self._opened = opened
        self._session: Session | None = None

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Give the session; after an error nobody reads with it any more."""
        if self._session is None:
            self._session = self._opened()
        session = self._session
        try:
            yield session
        except BaseException:
            self.end()
            raise
        finally:
            if session is not self._session:
                # Ended within this block, by an error or a write; what was read since took it up.
                _close(session)

    def end(self) -> None:
        """Give the connection back; what is read afterwards sees what was written meanwhile."""
        session, self._session = self._session, None
        if session is not None:
            _close(session)


def _close(session: Session) -> None:
    """Close a session that only read: where its connection was lost there is nothing to undo."""
    try:
        session.close()
    except DBAPIError:
        session.invalidate()


class Sharing:
    """Where a database finds the reading that is shared in this thread or task, if any is."""

    def __init__(self) -> None:
        """Begin with nothing shared."""
        self._shared: ContextVar[SharedReading | None] = ContextVar("shared_reading", default=None)

    @contextmanager
    def block(self, opened: Callable[[], Session]) -> Iterator[None]:
        """Share what is read until the block ends."""
        shared = SharedReading(opened)
        token = self._shared.set(shared)
        try:
            yield
        finally:
            self._shared.reset(token)
            shared.end()

    def current(self) -> SharedReading | None:
        """Return the reading shared now."""
        return self._shared.get()

    def give_back(self) -> None:
        """End what is shared so far; whoever reads next begins anew."""
        shared = self._shared.get()
        if shared is not None:
            shared.end()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Share nothing within the block, and begin anew behind it: somebody writes."""
        self.give_back()
        token = self._shared.set(None)
        try:
            yield
        finally:
            self._shared.reset(token)
