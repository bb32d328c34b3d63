"""Pools: who finds an open task, as one key, so that an inbox is read from an index alone.

Most tasks fall to the same few roles and keep the same few persons away. A pool is such a set of
candidates with such a set of persons; its key is a digest of both, so that it never changes. A
person's inbox holds the tasks of the pools that one of the posts held opens and no bar closes.
A body that is kept away belongs to no pool: an enterprise is kept from all that supervises it, so
that pools would be as many as enterprises; such a bar is asked of the task.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, Select, and_, bindparam, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from engine.ports import Actor, Bar, Grant
from engine.store.base import json_text, table
from engine.store.tasks import Pool, PoolBar

_POOL, _BAR = table(Pool), table(PoolBar)
_ADD = {
    name: (made(_POOL).on_conflict_do_nothing(), made(_BAR).on_conflict_do_nothing())
    for name, made in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
_STORED = select(_POOL.c.pool).where(
    _POOL.c.body == bindparam("body"),
    _POOL.c.role == bindparam("role"),
    _POOL.c.pool == bindparam("pool"),
)
_KEY = 32

_known: WeakKeyDictionary[Engine | Connection, set[str]] = WeakKeyDictionary()
"""Pools that are there for good, by where: what this transaction wrote may be rolled back."""

_WRITTEN = "bihuan_pools"


def pool_of(candidates: Iterable[Grant], bars: Iterable[Bar]) -> str | None:
    """Return the key of a pool; None for what nobody finds by a post."""
    held = sorted({(grant.body, grant.role) for grant in candidates})
    if not held:
        return None
    return hashlib.sha256(json_text([held, _persons(bars)]).encode()).hexdigest()[:_KEY]


def _persons(bars: Iterable[Bar]) -> list[str]:
    return sorted({bar.person for bar in bars if bar.person})


def keep_pool(session: Session, candidates: Iterable[Grant], bars: Iterable[Bar]) -> str | None:
    """Return the key of a pool, and write the pool down where it was never seen."""
    # In one order, so that two who write the same pool at once do not wait for each other.
    held = tuple(sorted(set(candidates), key=lambda grant: (grant.body, grant.role)))
    kept = tuple(bars)
    pool = pool_of(held, kept)
    if pool is None:
        return None
    engine = session.get_bind()
    known = _known.setdefault(engine, set())
    if pool not in known and not _is_stored(session, pool, held[0], known):
        _write(session, engine.dialect.name, pool, held, _persons(kept))
    return pool


def _is_stored(session: Session, pool: str, first: Grant, known: set[str]) -> bool:
    one = {"pool": pool, "body": first.body, "role": first.role}
    stored = session.connection().execute(_STORED, one).first() is not None
    if stored and pool not in session.info.get(_WRITTEN, ()):
        known.add(pool)
    return stored


def _write(
    session: Session, dialect: str, pool: str, held: tuple[Grant, ...], kept: list[str]
) -> None:
    session.info.setdefault(_WRITTEN, set()).add(pool)
    add_pool, add_bar = _ADD[dialect]
    session.connection().execute(
        add_pool, [{"pool": pool, "body": g.body, "role": g.role} for g in held]
    )
    if kept:
        session.connection().execute(add_bar, [{"pool": pool, "person": person} for person in kept])


def is_kept(session: Session, pool: str, candidates: Iterable[Grant], bars: Iterable[Bar]) -> bool:
    """Return whether a pool is written down with every candidate and every person kept away."""
    held = set(candidates)
    rows = session.execute(
        select(Pool.body, Pool.role).where(
            Pool.pool == pool, Pool.body.in_(sorted({grant.body for grant in held}))
        )
    )
    barred = session.scalars(select(PoolBar.person).where(PoolBar.pool == pool))
    return {Grant(*row) for row in rows} == held and sorted(barred) == _persons(bars)


def pools_of(actor: Actor) -> Select[Any]:
    """Return the pools whose tasks a person may do by post."""
    held = or_(*(and_(Pool.body == grant.body, Pool.role == grant.role) for grant in actor.grants))
    barred = select(PoolBar.pool).where(PoolBar.pool == Pool.pool, PoolBar.person == actor.id)
    return select(Pool.pool).where(held, ~barred.exists())


def pools_open_to(bodies: Iterable[str]) -> Select[Any]:
    """Return the pools that any role in bodies finds."""
    return select(Pool.pool).where(Pool.body.in_(sorted(bodies)))
