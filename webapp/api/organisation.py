"""The organisation as administrators list it: bodies, persons, enterprises, accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import clock
from webapp.api.access import needs
from webapp.api.administration import blueprint, desk
from webapp.api.paging import cut
from webapp.api.schemas.accounts import SessionPage
from webapp.api.schemas.organisation import (
    AccountPage,
    BodyPage,
    EnterprisePage,
    PersonDetail,
    PersonPage,
    SearchQuery,
)
from webapp.context import reading
from workflows.accounts import policy, sessions
from workflows.accounts.sessions import OpenSession
from workflows.accounts.tables import Account
from workflows.domain import organisation
from workflows.domain.org_tables import GrantRow, PersonRow, SubstituteRow


@blueprint.call("GET", "/administration/bodies", "列出单位")
@needs.office_read
@blueprint.takes(SearchQuery, location="query")
@blueprint.gives(BodyPage)
def list_bodies(wanted: dict[str, Any]) -> dict[str, Any]:
    """List the bodies that are no enterprises."""
    with reading() as session:
        desk(session)
        found = [
            body
            for body in organisation.bodies(session)
            if body.kind != "enterprise" and _fits(wanted, body.id, body.name_zh, body.name)
        ]
    return cut(found, wanted, lambda one: (one.id,))


@blueprint.call("GET", "/administration/enterprises", "列出企业")
@needs.office_read
@blueprint.takes(SearchQuery, location="query")
@blueprint.gives(EnterprisePage)
def list_enterprises(wanted: dict[str, Any]) -> dict[str, Any]:
    """List the enterprises with who supervises them."""
    with reading() as session:
        desk(session)
        found = [
            one
            for one in organisation.enterprises(session)
            if _fits(wanted, one.id, one.name_zh, one.name, one.sort_key)
        ]
    return cut(found, wanted, lambda one: (one.sort_key, one.id))


@blueprint.call("GET", "/administration/persons", "列出人员")
@needs.office_read
@blueprint.takes(SearchQuery, location="query")
@blueprint.gives(PersonPage)
def list_persons(wanted: dict[str, Any]) -> dict[str, Any]:
    """List the persons."""
    with reading() as session:
        desk(session)
        rows = session.scalars(select(PersonRow))
        found = [row for row in rows if _fits(wanted, row.id, row.name_zh, row.name)]
        return cut(found, wanted, lambda one: (one.name_zh, one.id))


@blueprint.call("GET", "/administration/persons/<person>", "查看人员的岗位、代理和账号")
@needs.office_read
@blueprint.gives(PersonDetail)
def read_person(person: str) -> dict[str, Any]:
    """Tell a person: posts with their days, who stands in, accounts."""
    with reading() as session:
        desk(session)
        found = organisation.person(session, person)
        ways = select(Account).where(Account.person_id == person).order_by(Account.username)
        return vars(found) | {
            "posts": [_post(row) for row in _posts(session, person)],
            "substitutes": [_substitute(row) for row in _substitutes(session, person)],
            "accounts": _accounts(session, list(session.scalars(ways))),
        }


@blueprint.call("GET", "/administration/accounts", "列出账号和登录规则")
@needs.office_read
@blueprint.takes(SearchQuery, location="query")
@blueprint.gives(AccountPage)
def list_accounts(wanted: dict[str, Any]) -> dict[str, Any]:
    """List the accounts with their open sessions, and what holds for signing in."""
    with reading() as session:
        desk(session)
        rows = session.scalars(select(Account))
        fitting = [row for row in rows if _fits(wanted, row.username, row.person_id)]
        found = cut(fitting, wanted, lambda one: (one.username,))
        found["items"] = _accounts(session, found["items"])
        held = asdict(policy.current(session))
    return found | {"policy": held}


@blueprint.call("GET", "/administration/sessions", "列出登录中的浏览器")
@needs.office_read
@blueprint.takes(SearchQuery, location="query")
@blueprint.gives(SessionPage)
def list_sessions(wanted: dict[str, Any]) -> dict[str, Any]:
    """List the browsers that are signed in, who came last at the head."""
    with reading() as session:
        desk(session)
        found = [
            one
            for one in sessions.open_sessions(session, limit=sessions.ALL)
            if _fits(wanted, one.username, one.address)
        ]
    return cut(found, wanted, _begun, descending=True)


def _begun(one: OpenSession) -> tuple[str, str]:
    """Return when a session began, which does not change while somebody pages through."""
    return clock.beijing(one.opened_at).isoformat(), one.id


def _accounts(session: Session, rows: Sequence[Account]) -> list[dict[str, Any]]:
    opened: dict[str, list[Any]] = {}
    for one in sessions.open_sessions(session):
        opened.setdefault(one.account, []).append(one.opened_at)
    kept = ("id", "username", "must_change", "created_at", "locked_until")
    return [
        {name: getattr(row, name) for name in kept}
        | {
            "person": row.person_id,
            "closed": row.closed_at is not None,
            "sessions": opened.get(row.id, []),
        }
        for row in rows
    ]


def _posts(session: Session, person: str) -> Sequence[GrantRow]:
    query = select(GrantRow).where(GrantRow.person_id == person)
    return session.scalars(query.order_by(GrantRow.valid_from.desc(), GrantRow.body_id)).all()


def _post(row: GrantRow) -> dict[str, Any]:
    kept = ("id", "role", "valid_from", "valid_to")
    return {name: getattr(row, name) for name in kept} | {"body": row.body_id}


def _substitutes(session: Session, person: str) -> Sequence[SubstituteRow]:
    mine = (SubstituteRow.absent_id == person) | (SubstituteRow.substitute_id == person)
    query = select(SubstituteRow).where(mine)
    return session.scalars(query.order_by(SubstituteRow.valid_from.desc())).all()


def _substitute(row: SubstituteRow) -> dict[str, Any]:
    kept = ("id", "role", "instrument", "valid_from", "valid_to")
    more = {"absent": row.absent_id, "substitute": row.substitute_id, "body": row.body_id}
    return {name: getattr(row, name) for name in kept} | more


def _fits(wanted: dict[str, Any], *words: str) -> bool:
    """Return whether every word looked for stands in one of some texts."""
    said = "\n".join(words).casefold()
    return all(word in said for word in wanted["text"].casefold().split())
