"""What a view reaches for: the product, the actor, a session that only reads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, cast

from flask import Flask, current_app, g
from flask_login import current_user
from sqlalchemy.orm import Session

from engine.ports import Actor

if TYPE_CHECKING:
    from workflows.app import Bihuan

KEY = "bihuan"


def bihuan() -> Bihuan:
    """Return the product that this application serves."""
    return cast("Bihuan", current_app.extensions[KEY])


def current_actor() -> Actor:
    """Return who is asking; only routes for signed-in people may call this."""
    return cast("Actor", current_user.actor)


def read_together(app: Flask) -> None:
    """Let all that a request reads be read by one session."""

    @app.before_request
    def begin() -> None:
        g.reading = ExitStack()
        g.reading.enter_context(bihuan().database.reading_together())

    @app.teardown_request
    def end(_error: BaseException | None) -> None:
        if "reading" in g:
            g.pop("reading").close()


@contextmanager
def reading() -> Iterator[Session]:
    """Open a session for queries; nothing of it is kept."""
    with bihuan().database.read() as session:
        yield session
