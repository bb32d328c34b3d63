"""Open the application as the environment's settings say."""

from __future__ import annotations

from sqlalchemy.orm import Session

from engine import clock
from engine.errors import Invalid, NotFound
from engine.ports import Actor
from engine.store.database import Database
from workflows.app import Bihuan, Settings
from workflows.domain import organisation

_NAMED = 5


def application() -> Bihuan:
    """Return the application of this process."""
    return Bihuan.open(Settings.from_environment())


def database() -> Database:
    """Return the database alone, for work that comes before there is a schema."""
    return Database(Settings.from_environment().database_url)


def acting(session: Session, person: str) -> Actor:
    """Return whom a command acts as; raise Invalid with whom it could be if there is nobody."""
    try:
        return organisation.actor_of(session, person, clock.now())
    except NotFound as error:
        known = organisation.some_persons(session, _NAMED)
        raise Invalid.at(
            "as",
            f"Expected a person after --as, but nobody is “{person}”; "
            f"there are {', '.join(known) or 'none'}",
            f"没有人员“{person}”，请用 --as 指定经办人，如 {'、'.join(known) or '（尚无人员）'}",
        ) from error
