"""Passwords tried from outside: counted by address in the database, for every process alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from math import ceil
from typing import TypeVar

from flask import request
from sqlalchemy.orm import Session
from werkzeug.exceptions import TooManyRequests

from engine.errors import NotAllowed
from webapp.context import bihuan
from workflows.accounts import sign_in, throttle
from workflows.accounts.sessions import Origin
from workflows.accounts.sign_in import Attempt

Found = TypeVar("Found")


def attempt(username: str, password: str) -> Attempt:
    """Try a password and open a session; raise TooManyRequests after too many wrong ones."""
    demonstration, where = bihuan().settings.demo, origin()

    def work(session: Session) -> Attempt:
        return sign_in.attempt(
            session, username, password, demonstration=demonstration, origin=where
        )

    return counted(work, lambda made: made.token is None)


def counted(work: Callable[[Session], Found], failed: Callable[[Found], bool]) -> Found:
    """Do something with a password unless its address failed too often; count a failure."""
    network = throttle.network_of(request.remote_addr)

    def run(session: Session) -> Found | timedelta:
        wait = throttle.waits(session, throttle.ADDRESS, network)
        if wait is not None:
            return wait
        found = work(session)
        if failed(found):
            throttle.count(session, throttle.ADDRESS, network)
        return found

    made = bihuan().database.run(run)
    if isinstance(made, timedelta):
        raise TooManyRequests(retry_after=ceil(made.total_seconds()))
    return made


def is_refusal(found: object) -> bool:
    """Return whether what came of a password is a refusal."""
    return isinstance(found, NotAllowed)


def origin() -> Origin:
    """Return where this request comes from."""
    return Origin(request.remote_addr or "", request.user_agent.string)
