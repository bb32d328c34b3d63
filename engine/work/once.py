"""Once and only once: a command under a key is done the first time and remembered after that.

The key is written in the transaction of its command, so that a command is never done without
its key, and two requests with one key at the same moment are one command.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import CursorResult, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engine import clock
from engine.errors import BihuanError, Conflict
from engine.store.base import table
from engine.store.database import Database
from engine.store.tables import Idempotency

Result = TypeVar("Result")

_COUNTED = {"preserve_rowcount": True}
_REMEMBER = {
    name: statement.on_conflict_do_nothing().execution_options(**_COUNTED)
    for name, statement in (
        ("sqlite", sqlite.insert(table(Idempotency))),
        ("postgresql", postgresql.insert(table(Idempotency))),
    )
}

ANSWER = "answer"
"""Where the answer that a person was given is kept beside the command's result."""


def _unheard() -> None:
    """Let it pass that something had been done before."""


@dataclass(frozen=True)
class Once:
    """The key that a person chose, and the digest of what they asked for under it.

    `again` is called where the command turns out to have been done before, also by a request
    of the same moment that this one had to wait for.
    """

    key: str
    digest: str
    again: Callable[[], None] = field(default=_unheard, compare=False)


@dataclass(frozen=True)
class Keeping(Generic[Result]):
    """How what a command came to is kept under a key, and how it is told again."""

    command: str
    kept: Callable[[Result], Mapping[str, Any]]
    again: Callable[[Session, Mapping[str, Any]], Result]


class _Raced(Conflict):
    """The same moment brought the same key twice; this one comes second."""


def run_once(
    database: Database,
    agency: str,
    actor: str,
    once: Once | None,
    keeping: Keeping[Result],
    work: Callable[[Session], Result],
) -> Result:
    """Do work in a unit of work; under a key that it was done for, tell what it came to then.

    Raises:
        Conflict: the key was used for another request.
    """

    def unit(session: Session) -> Result:
        if once is None:
            return work(session)
        before = remembered(session, agency, actor, once)
        if before is not None:
            return keeping.again(session, before)
        result = work(session)
        remember(session, agency, actor, once, (keeping.command, keeping.kept(result)))
        return result

    def told_again(session: Session) -> tuple[Result] | None:
        before = None if once is None else remembered(session, agency, actor, once)
        return None if before is None else (keeping.again(session, before),)

    try:
        return database.run(unit)
    except (BihuanError, IntegrityError):
        # The same request may have been quicker elsewhere, and stand in the way of this one.
        twin = database.run(told_again)
        if twin is None:
            raise
        return twin[0]


def remembered(session: Session, agency: str, actor: str, once: Once) -> dict[str, Any] | None:
    """Return what was kept of a command under a key, or None if it was not done yet.

    Raises:
        Conflict: the key was used for another request.
    """
    kept = _kept(session, agency, actor, once)
    if kept is not None:
        once.again()
    return kept


def remember(
    session: Session, agency: str, actor: str, once: Once, kept: tuple[str, Mapping[str, Any]]
) -> None:
    """Keep a command's name and result under a key, in the command's own transaction.

    Raises:
        Conflict: another command took the key meanwhile; this one must not be done.
    """
    command, result = kept
    row = {
        "agency": agency,
        "actor": actor,
        "key": once.key,
        "command": command[:64],
        "digest": once.digest,
        "result": dict(result),
        "at": clock.now(),
    }
    written = session.connection().execute(_REMEMBER[session.get_bind().dialect.name], row)
    if not cast(CursorResult[Any], written).rowcount:
        raise _taken(once, _Raced)


def answer(
    session: Session, agency: str, actor: str, once: Once, given: Mapping[str, Any]
) -> dict[str, Any]:
    """Keep the answer given under a key and return it; the first one kept stays."""
    kept = _kept(session, agency, actor, once)
    if kept is None:
        return dict(given)
    if ANSWER not in kept:
        kept[ANSWER] = dict(given)
        session.execute(update(Idempotency).where(*_of(agency, actor, once)).values(result=kept))
    return dict(kept[ANSWER])


def replace(
    session: Session, agency: str, actor: str, once: Once, result: Mapping[str, Any]
) -> None:
    """Keep another result under a key that is remembered."""
    session.execute(
        update(Idempotency).where(*_of(agency, actor, once)).values(result=dict(result))
    )


def _kept(session: Session, agency: str, actor: str, once: Once) -> dict[str, Any] | None:
    found = session.execute(
        select(Idempotency.digest, Idempotency.result).where(*_of(agency, actor, once))
    ).one_or_none()
    if found is None:
        return None
    if found.digest != once.digest:
        raise _taken(once)
    return dict(found.result)


def _of(agency: str, actor: str, once: Once) -> tuple[Any, ...]:
    return (
        Idempotency.agency == agency,
        Idempotency.actor == actor,
        Idempotency.key == once.key,
    )


def _taken(once: Once, kind: type[Conflict] = Conflict) -> Conflict:
    return kind(
        "Expected something that was not sent before, but it was, with other content; "
        f"what was recorded then stands (key {once.key})",
        "此前已提交过一次，这次内容不同，没有再次记录；以先前记录的为准",
    )
