"""Who is signed in, for Flask-Login: the cookie holds a session token, the server the rest."""

from __future__ import annotations

from contextlib import suppress

from flask import Flask, session
from flask_login import AnonymousUserMixin, LoginManager, UserMixin
from sqlalchemy.orm import Session

from engine import clock
from engine.errors import NotAllowed, Unavailable
from engine.ports import Actor
from webapp.context import bihuan, reading
from webapp.i18n.language import preferred
from workflows.accounts import sessions
from workflows.accounts.sessions import SignedIn
from workflows.designing import permission as designing
from workflows.domain import organisation, substitutes, zone
from workflows.running import permission

MAY_REGISTER = frozenset({"officer", "head", "deputy", "safety_officer"})

ACTING_FOR = "acting_for"
"""What the cookie's session keeps while somebody acts for another."""


class Nobody(AnonymousUserMixin):  # type: ignore[misc]  # the library has no types
    """Nobody is signed in."""

    language = ""
    is_enterprise = False
    is_administrator = False
    may_register = False
    sees_to_cases = False
    decides_on_cases = False
    designs = False
    reads_drafts = False
    must_change = False


class User(UserMixin):  # type: ignore[misc]  # the library has no types
    """A signed-in account with the posts its person holds now."""

    def __init__(self, token: str, account: SignedIn, actor: Actor, kinds: set[str]) -> None:
        """Keep the token of the session, its account, the actor and the kinds of its bodies."""
        self.token = token
        self.username = account.username
        self.account_id = account.account_id
        self.language = account.language or ""
        self.actor = actor
        self.is_enterprise = "enterprise" in kinds
        self.is_administrator = any(grant.role == "admin" for grant in actor.grants)
        self.must_change = account.must_change
        self.sees_to_cases = permission.KIND in kinds and any(
            grant.role in permission.LOOKING for grant in actor.grants
        )
        self.decides_on_cases = self.sees_to_cases and any(
            grant.role in permission.DECIDING for grant in actor.grants
        )
        self.designs = designing.may_change(actor)
        self.reads_drafts = self.designs or self.decides_on_cases
        self.may_register = any(grant.role in MAY_REGISTER for grant in actor.grants)

    def get_id(self) -> str:
        """Return what the cookie keeps: the session token, not the account."""
        return self.token


def load(token: str) -> User | None:
    """Return the user of a session token, or None where it was ended or has expired."""
    with reading() as database:
        account = sessions.signed_in(database, token)
        if account is None:
            return None
        language = preferred(session.get("language"), account.language)
        actor = organisation.actor_of(database, account.person_id, clock.now(), language)
        actor = _acting(database, actor)
        bodies = zone.body_map(database)
        kinds = {bodies[grant.body].kind for grant in actor.grants}
    if account.unseen:
        _keep_seen(token)
    return User(token, account, actor, kinds)


def _keep_seen(token: str) -> None:
    """Keep that the session is in use; a database that only reads now ends nobody's session."""
    with suppress(Unavailable):
        bihuan().database.run(lambda database: sessions.seen(database, token))


def own_actor(database: Session, actor: Actor) -> Actor:
    """Return a person with his own posts, whoever he acts for."""
    return organisation.actor_of(database, actor.id, clock.now(), actor.language)


def _acting(database: Session, actor: Actor) -> Actor:
    """Return the actor as substitute where he chose to be and still may be."""
    absent = session.get(ACTING_FOR)
    if not absent:
        return actor
    try:
        return substitutes.acting_for(database, actor, absent, clock.now())
    except NotAllowed:
        session.pop(ACTING_FOR, None)
        return actor


def register(app: Flask) -> None:
    """Let Flask-Login find users by their session token."""
    manager = LoginManager()
    manager.session_protection = None
    manager.anonymous_user = Nobody
    manager.user_loader(load)
    manager.init_app(app)
