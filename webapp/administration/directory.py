"""The lists of the organisation in words: bodies, persons, enterprises, accounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask import request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.administration.sheet import Cell, Line, Link, Sheet, act, asked, cut, fits
from webapp.i18n.language import both, current_language, t
from webapp.presentation.remaining import day_words, instant_words
from workflows.accounts import policy, sessions
from workflows.accounts.tables import Account
from workflows.administration.enterprises import SIZES
from workflows.administration.kinds import KINDS, role_name
from workflows.domain import organisation
from workflows.domain.org_facts import Body, Enterprise
from workflows.domain.org_tables import GrantRow, PersonRow


@dataclass(frozen=True)
class Post:
    """A post in words."""

    person: str
    words: str
    until: date | None


def bodies_sheet(session: Session, now: datetime) -> Sheet:
    """Return the bodies but the enterprises, each with who holds its posts."""
    names = _names(session)
    holders: dict[str, list[Post]] = {}
    for row in _posts_in_force(session, now):
        body = organisation.body(session, row.body_id)
        post = Post(row.person_id, both(*role_name(body.kind, row.role)), row.valid_to)
        holders.setdefault(row.body_id, []).append(post)
    found = [
        _body_line(body, holders.get(body.id, []), names)
        for body in organisation.bodies(session)
        if body.kind != "enterprise" and fits(*_words_of(body, holders.get(body.id, []), names))
    ]
    lines, place = cut(found)
    return Sheet(
        t("admin.bodies"),
        t("admin.bodies_lead"),
        "admin.body",
        lines,
        place,
        len(found),
        add=[act("body.add")],
        hint=t("admin.hint_body"),
        text=asked(),
        action=request.path,
    )


def persons_sheet(session: Session, now: datetime) -> Sheet:
    """Return the persons with their posts and accounts."""
    posts = posts_of_persons(session, now)
    ways = _accounts_by_person(session)
    rows = session.scalars(select(PersonRow).order_by(PersonRow.name_zh, PersonRow.id))
    found = [
        _person_line(row, posts.get(row.id, []), ways.get(row.id))
        for row in rows
        if fits(*_words_of_person(row, posts.get(row.id, []), ways.get(row.id)))
    ]
    lines, place = cut(found)
    return Sheet(
        t("admin.persons"),
        t("admin.persons_lead"),
        "admin.person",
        lines,
        place,
        len(found),
        add=[act("person.add")],
        hint=t("admin.hint_person"),
        text=asked(),
        action=request.path,
    )


def enterprises_sheet(session: Session) -> Sheet:
    """Return the enterprises with who supervises them."""
    names = {one.id: both(one.name_zh, one.name) for one in organisation.bodies(session)}
    found = [
        Line(
            Link(both(one.name_zh, one.name), act("enterprise.edit", one.id).address),
            [
                Cell("admin.park", names.get(one.park or "", "")),
                Cell("admin.town", names.get(one.town, "")),
                Cell("admin.department", names.get(one.industry_department, "")),
                Cell("admin.size", both(*SIZES[one.size_class])),
                Cell("admin.legal", one.legal_representative),
                _state(one.closed_on),
            ],
            [act("enterprise.close", one.id)] if one.open else [],
        )
        for one in organisation.enterprises(session)
        if fits(*_words_of_enterprise(one, names))
    ]
    lines, place = cut(found)
    return Sheet(
        t("admin.enterprises"),
        t("admin.enterprises_lead"),
        "admin.enterprise",
        lines,
        place,
        len(found),
        add=[act("enterprise.add"), Link(t("admin.import"), url_for("office_import.show"))],
        hint=t("admin.hint_enterprise"),
        text=asked(),
        action=request.path,
    )


def accounts_sheet(session: Session) -> Sheet:
    """Return the accounts with whether they can sign in and where they are signed in."""
    names = _names(session)
    opened = sessions.count_of_sessions(session)
    rules = policy.current(session)
    rows = session.scalars(select(Account).order_by(Account.username))
    found = [
        _account_line(row, names.get(row.person_id, row.person_id), opened.get(row.id, 0))
        for row in rows
        if fits(row.username, names.get(row.person_id, ""))
    ]
    lines, place = cut(found)
    return Sheet(
        t("admin.accounts"),
        t("admin.accounts_lead"),
        "admin.username",
        lines,
        place,
        len(found),
        add=[act("person.add")],
        hint=t("admin.hint_account"),
        text=asked(),
        action=request.path,
        notes=[
            t("admin.policy_length", shortest=rules.shortest),
            t(
                "admin.policy_lock",
                failures=rules.failures,
                minutes=rules.locked_minutes,
            ),
            t("admin.policy_session", hours=rules.session_hours, minutes=rules.idle_minutes),
            t("admin.policy_token", days=rules.token_days),
        ],
    )


def posts_of_persons(session: Session, now: datetime) -> dict[str, list[Post]]:
    """Return the posts held now, by person, in words."""
    bodies = {body.id: body for body in organisation.bodies(session)}
    found: dict[str, list[Post]] = {}
    for row in _posts_in_force(session, now):
        words = post_words(bodies[row.body_id], row.role)
        found.setdefault(row.person_id, []).append(Post(row.person_id, words, row.valid_to))
    return found


def post_words(body: Body, role: str) -> str:
    """Return a post in words, such as “经济商务局 · 负责人”."""
    return f"{both(body.name_zh, body.name)} · {both(*role_name(body.kind, role))}"


def _posts_in_force(session: Session, now: datetime) -> list[GrantRow]:
    query = select(GrantRow).where(organisation.in_force(now))
    return list(session.scalars(query.order_by(GrantRow.body_id, GrantRow.role)))


def _body_line(body: Body, posts: list[Post], names: Mapping[str, str]) -> Line:
    people = [
        Link(f"{post.words} · {names.get(post.person, post.person)}", _person(post.person))
        for post in posts
    ]
    cells = [
        Cell("admin.kind", both(KINDS[body.kind].name_zh, KINDS[body.kind].name)),
        Cell("admin.holders", links=people),
        Cell("admin.power", t("admin.yes") if body.may_order else ""),
        _state(body.closed_on),
    ]
    actions = [act("body.close", body.id)] if body.open and not KINDS[body.kind].single else []
    edit = act("body.edit", body.id)
    return Line(Link(both(body.name_zh, body.name), edit.address), cells, actions)


def _words_of(body: Body, posts: list[Post], names: Mapping[str, str]) -> list[str]:
    kind = KINDS[body.kind]
    people = [names.get(post.person, post.person) for post in posts]
    return [body.name_zh, body.name, kind.name_zh, kind.name, *people]


def _words_of_enterprise(one: Enterprise, names: Mapping[str, str]) -> list[str]:
    over_it = [names.get(body or "", "") for body in (one.park, one.town, one.industry_department)]
    return [one.name_zh, one.name, one.sort_key, one.legal_representative, *over_it]


def _words_of_person(row: PersonRow, posts: list[Post], account: Account | None) -> list[str]:
    username = account.username if account else ""
    return [row.name_zh, row.name, row.id, username, *(post.words for post in posts)]


def _person_line(row: PersonRow, posts: list[Post], account: Account | None) -> Line:
    cells = [
        Cell("admin.posts", links=[Link(post.words) for post in posts]),
        Cell("admin.account", account.username if account and not account.closed_at else ""),
    ]
    return Line(Link(both(row.name_zh, row.name), _person(row.id)), cells)


def _account_line(row: Account, person: str, sessions: int) -> Line:
    state, tone = t("admin.account_open"), "done"
    if row.closed_at is not None:
        state, tone = t("admin.account_closed"), "quiet"
    elif row.must_change:
        state, tone = t("admin.account_once"), "warning"
    cells = [
        Cell("admin.person", links=[Link(person, _person(row.person_id))]),
        Cell("admin.state", state, tone=tone),
        Cell("admin.sessions", str(sessions) if sessions else ""),
        Cell("admin.opened", instant_words(row.created_at, current_language())),
    ]
    return Line(Link(row.username, _person(row.person_id)), cells, account_actions(row, sessions))


def told_once(session: Session, person: str) -> str:
    """Return a person with the user names that wait for a one-time password."""
    waiting = select(Account.username).filter_by(person_id=person, must_change=True, closed_at=None)
    found = organisation.person(session, person)
    names = session.scalars(waiting.order_by(Account.username))
    return " · ".join((both(found.name_zh, found.name), *names))


def account_actions(row: Account, sessions: int) -> list[Link]:
    """Return what may be done to an account."""
    if row.closed_at is not None:
        return [act("account.reopen", row.id)]
    more = [act("account.end_sessions", row.id)] if sessions else []
    return [act("account.reset", row.id), act("account.close", row.id), *more]


def _state(closed_on: date | None) -> Cell:
    if closed_on is None:
        return Cell("admin.state", t("admin.in_use"), tone="done")
    words = t("admin.closed_on", day=day_words(closed_on, current_language()))
    return Cell("admin.state", words, tone="quiet")


def _person(person: str) -> str:
    return url_for("administration.person", person=person)


def _names(session: Session) -> dict[str, str]:
    return {row.id: both(row.name_zh, row.name) for row in session.scalars(select(PersonRow))}


def _accounts_by_person(session: Session) -> dict[str, Account]:
    return {row.person_id: row for row in session.scalars(select(Account))}
