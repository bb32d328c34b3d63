"""Applications lent from test to test: making one costs more than most requests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask

from webapp.context import KEY
from webapp.factory import create_app
from workflows.app import Bihuan

_IDLE: dict[str | None, list[tuple[Flask, dict[str, Any]]]] = {}
"""Applications that nobody has now by their secret, each with the settings it was made with."""


@contextmanager
def lent_app(bihuan: Bihuan, secret: str | None = None) -> Iterator[Flask]:
    """Lend an application to one product at a time, with the settings that it was made with.

    Whoever adds a route makes an application instead: one that has answered takes no more.
    """
    idle = _IDLE.setdefault(secret, [])
    if not idle:
        made = create_app(bihuan, testing=True, secret=secret)
        idle.append((made, dict(made.config)))
    app, settings = idle.pop()
    app.extensions[KEY] = bihuan
    try:
        yield app
    finally:
        app.config.clear()
        app.config.update(settings)
        idle.append((app, settings))
