"""Who holds which role, held it or will hold it: every grant of a role or of a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Executable, bindparam, select, tuple_
from sqlalchemy.orm import Session

from engine.ports import Grant
from engine.store.base import table
from workflows.domain.org_facts import Post
from workflows.domain.org_tables import GrantRow

_GRANTS = table(GrantRow).c
_POSTS = select(
    _GRANTS.person_id, _GRANTS.body_id, _GRANTS.role, _GRANTS.valid_from, _GRANTS.valid_to
)
_IN = _POSTS.where(
    tuple_(_GRANTS.body_id, _GRANTS.role).in_(bindparam("pairs", expanding=True))
).order_by(_GRANTS.person_id)
_OF = _POSTS.where(_GRANTS.person_id == bindparam("person")).order_by(_GRANTS.body_id, _GRANTS.role)


def posts_in(session: Session, pairs: Iterable[tuple[str, str]]) -> Sequence[Post]:
    """Return every grant of some roles, each by body and role, in the order of the persons."""
    return _read(session, _IN, {"pairs": list(pairs)})


def posts_of(session: Session, person: str) -> Sequence[Post]:
    """Return every grant of a person, by body and role."""
    return _read(session, _OF, {"person": person})


def _read(session: Session, query: Executable, given: Mapping[str, Any]) -> Sequence[Post]:
    rows = session.connection().execute(query, given)
    return [Post(who, Grant(body, role), since, until) for who, body, role, since, until in rows]
