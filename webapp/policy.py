"""Permission is part of registration: every route states who may, or nobody may.

`@allow.anyone`, `@allow.signed_in` and `@allow.roles(...)` mark a view; `enforce` refuses
before the view runs. A route without a mark is refused to everybody, and a contract test
names it. What a person may see or do to one case is decided further in, by the domain.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, request
from flask_login import current_user
from werkzeug.exceptions import Unauthorized

from engine.errors import NotAllowed, NotFound
from engine.ports import Actor

View = TypeVar("View", bound=Callable[..., Any])

ATTRIBUTE = "bihuan_policy"


@dataclass(frozen=True)
class Policy:
    """Who may call a route: anyone, everyone signed in, or holders of some roles."""

    signed_in: bool
    roles: frozenset[str] = frozenset()

    def admits(self, actor: Actor) -> bool:
        """Return whether a signed-in actor may call."""
        return not self.roles or any(grant.role in self.roles for grant in actor.grants)


class _Allow:
    """The marks."""

    @staticmethod
    def anyone(view: View) -> View:
        """Mark a route that needs no account."""
        setattr(view, ATTRIBUTE, Policy(signed_in=False))
        return view

    @staticmethod
    def signed_in(view: View) -> View:
        """Mark a route for everyone with an account."""
        setattr(view, ATTRIBUTE, Policy(signed_in=True))
        return view

    @staticmethod
    def roles(*names: str) -> Callable[[View], View]:
        """Mark a route for holders of at least one of the roles, in whatever body."""

        def mark(view: View) -> View:
            setattr(view, ATTRIBUTE, Policy(signed_in=True, roles=frozenset(names)))
            return view

        return mark


allow = _Allow()


def policy_of(app: Flask, endpoint: str, method: str) -> Policy | None:
    """Return the policy of an endpoint; of a class-based view, that of the method or class."""
    view = app.view_functions[endpoint]
    owner = getattr(view, "view_class", view)
    handler = getattr(owner, method.lower(), None)
    found = getattr(handler, ATTRIBUTE, None) or getattr(owner, ATTRIBUTE, None)
    return found if isinstance(found, Policy) else None


def unmarked(app: Flask) -> list[str]:
    """Return every route and method that states no policy, for the contract test."""
    return sorted(
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if policy_of(app, rule.endpoint, method) is None
    )


def enforce(app: Flask) -> None:
    """Check the policy before every request that found a route."""

    @app.before_request
    def check() -> None:
        if request.endpoint is None:
            return
        method = "GET" if request.method in {"HEAD", "OPTIONS"} else request.method
        _admit(policy_of(app, request.endpoint, method))
        _check_address()


def _check_address() -> None:
    """Find nothing under what no id holds: NUL, which PostgreSQL cannot compare."""
    if any("\x00" in str(value) for value in (request.view_args or {}).values()):
        raise NotFound("Expected an id, but it holds a NUL", "编号无效")


def _admit(policy: Policy | None) -> None:
    if policy is None:
        raise NotAllowed(
            "Expected the route to state who may call it, but it does not",
            "该功能未设定使用权限，暂不能使用",
        )
    if not policy.signed_in:
        return
    if not current_user.is_authenticated:
        raise Unauthorized
    if not policy.admits(current_user.actor):
        raise NotAllowed(
            f"Expected one of the posts {', '.join(sorted(policy.roles))}, but you hold none",
            "您的岗位无权使用此功能",
        )
