"""What a command reads of the zone: rules, calendar, bodies, enterprises and posts.

It is what `rule_store` and `organisation` read, kept by the process as long as it holds. What
depends on a day is kept with its days: whether a post is held is asked of the day, not kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from sqlalchemy.orm import Session

from engine import clock
from engine.errors import NotFound
from engine.ports import Context, Grant
from workflows.domain import organisation, rule_store
from workflows.domain.deadlines import Basis
from workflows.domain.kept_facts import kept, kept_while_reading
from workflows.domain.org_facts import Body, Enterprise, Post
from workflows.domain.posts import posts_in, posts_of
from workflows.domain.revision_tables import BODIES, CALENDAR, POSTS, RULES
from workflows.domain.rule_set import RuleSet


def basis(context: Context, name: str, version: int) -> Basis:
    """Return what dates are computed from: a version of a rule set, and the calendar of today."""
    return Basis(
        _rules(context, name, version), kept(context, CALENDAR, ("calendar",), rule_store.calendar)
    )


def rules_in_force(context: Context, day: date) -> RuleSet:
    """Return the rule set that a case beginning on a day takes."""
    adopted = kept(context, RULES, ("adoptions",), rule_store.adoptions)
    return _rules(context, *rule_store.in_force(adopted, day))


def body(context: Context, body_id: str) -> Body:
    """Return a body; raise NotFound."""
    return kept(
        context, BODIES, ("body", body_id), lambda session: organisation.body(session, body_id)
    )


def bodies(context: Context, *kinds: str) -> Sequence[Body]:
    """Return the bodies of some kinds, or all, by id."""
    return kept(
        context, BODIES, ("bodies", *kinds), lambda session: organisation.bodies(session, *kinds)
    )


def body_of_kind(context: Context, kind: str) -> str:
    """Return the id of the one body of a kind, such as the emergency bureau."""
    return kept(
        context,
        BODIES,
        ("of_kind", kind),
        lambda session: organisation.body_of_kind(session, kind),
    )


def enterprises(context: Context) -> Mapping[str, Enterprise]:
    """Return every enterprise by its id, in pinyin order."""
    return kept(context, BODIES, ("enterprises",), organisation.enterprises_by_id)


def enterprise(context: Context, enterprise_id: str) -> Enterprise:
    """Return an enterprise; raise NotFound."""
    found = enterprises(context).get(enterprise_id)
    if found is None:
        raise NotFound(
            f"Expected {enterprise_id!r} to be an enterprise, but it is none",
            f"没有登记 {enterprise_id}",
        )
    return found


def holders(context: Context, grants: Iterable[Grant]) -> list[str]:
    """Return the persons who hold any of the grants at the instant of the command."""
    pairs = tuple((grant.body, grant.role) for grant in grants)
    if not pairs:
        return []
    today = clock.beijing_date(context.now)
    found = kept(context, POSTS, ("holders", *pairs), lambda session: posts_in(session, pairs))
    return list(dict.fromkeys(post.person for post in found if post.held_on(today)))


def grants_of(context: Context, person: str) -> tuple[Grant, ...]:
    """Return the grants of a person in force at the instant of the command."""
    posts: Sequence[Post] = kept(
        context, POSTS, ("person", person), lambda session: posts_of(session, person)
    )
    today = clock.beijing_date(context.now)
    return tuple(post.grant for post in posts if post.held_on(today))


def body_map(session: Session) -> Mapping[str, Body]:
    """Return every body by its id, for a page."""
    return kept_while_reading(session, BODIES, ("map",), _body_map)


def rules_of(session: Session, name: str, version: int) -> RuleSet:
    """Return a version of a rule set, for a page."""
    key = ("version", name, version)
    return kept_while_reading(
        session, RULES, key, lambda session: rule_store.rules_of(session, name, version)
    )


def _body_map(session: Session) -> Mapping[str, Body]:
    return MappingProxyType({body.id: body for body in organisation.bodies(session)})


def _rules(context: Context, name: str, version: int) -> RuleSet:
    return kept(
        context,
        RULES,
        ("version", name, version),
        lambda session: rule_store.rules_of(session, name, version),
    )
