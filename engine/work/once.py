"""Once and only once: a command under a key is done the first time and remembered after that.

The key is written in the transaction of its command, so that a command is never done without
its key, and two requests with one key at the same moment are one command.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engine import clock
from engine.errors import Conflict
from engine.store.tables import Idempotency

ANSWER = "answer"
"""Where the answer that a person was given is kept beside the command's result."""


@dataclass(frozen=True)
class Once:
    """The key that a person chose, and the digest of what they asked for under it."""

    key: str
    digest: str


def remembered(session: Session, agency: str, actor: str, once: Once) -> dict[str, Any] | None:
    """Return what was kept of a command under a key, or None if it was not done yet.

    Raises:
        Conflict: the key was used for another request.
    """
    found = session.execute(
        select(Idempotency.digest, Idempotency.result).where(*_of(agency, actor, once))
    ).one_or_none()
    if found is None:
        return None
    if found.digest != once.digest:
        raise _taken(once)
    return dict(found.result)


def remember(
    session: Session, agency: str, actor: str, once: Once, kept: tuple[str, Mapping[str, Any]]
) -> None:
    """Keep a command's name and result under a key, in the command's own transaction.

    Raises:
        Conflict: another command took the key meanwhile; this one must not be done.
    """
    command, result = kept
    try:
        with session.begin_nested():
            session.execute(
                insert(Idempotency).values(
                    agency=agency,
                    actor=actor,
                    key=once.key,
                    command=command[:64],
                    digest=once.digest,
                    result=dict(result),
                    at=clock.now(),
                )
            )
    except IntegrityError as error:
        raise _taken(once) from error


def answer(
    session: Session, agency: str, actor: str, once: Once, given: Mapping[str, Any]
) -> dict[str, Any]:
    """Keep the answer given under a key and return it; the first one kept stays."""
    kept = remembered(session, agency, actor, once)
    if kept is None:
        return dict(given)
    if ANSWER not in kept:
        kept[ANSWER] = dict(given)
        session.execute(update(Idempotency).where(*_of(agency, actor, once)).values(result=kept))
    return dict(kept[ANSWER])


def _of(agency: str, actor: str, once: Once) -> tuple[Any, ...]:
    return (
        Idempotency.agency == agency,
        Idempotency.actor == actor,
        Idempotency.key == once.key,
    )


def _taken(once: Once) -> Conflict:
    return Conflict(
        f"Expected the key {once.key} to stand for one request, but it was used for another",
        "该请求标识已用于另一请求",
    )
