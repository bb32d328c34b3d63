"""One person: posts past, present and to come, who stands in, and the way in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engine.clock import beijing_date
from webapp.administration.directory import account_actions, post_words
from webapp.administration.sheet import Cell, Line, Link, act
from webapp.i18n.language import both, current_language, t
from webapp.presentation.browsers import browser_words
from webapp.presentation.remaining import day_words, instant_words
from workflows.accounts import sessions
from workflows.accounts.sessions import OpenSession
from workflows.accounts.tables import Account
from workflows.administration.desk import ROLE
from workflows.domain import organisation
from workflows.domain.org_facts import FOREVER
from workflows.domain.org_tables import GrantRow, SubstituteRow


@dataclass(frozen=True)
class PersonPage:
    """What the page of a person shows."""

    name: str
    id: str
    actions: Sequence[Link]
    posts: Sequence[Line]
    substitutes: Sequence[Line]
    accounts: Sequence[Line]


def person_page(session: Session, person: str, now: datetime) -> PersonPage:
    """Return a person; raise NotFound."""
    found = organisation.person(session, person)
    today = beijing_date(now)
    ways = [_account(session, row) for row in _accounts(session, person)]
    opening = [] if ways else [act("account.add", person)]
    return PersonPage(
        name=both(found.name_zh, found.name),
        id=person,
        actions=[
            act("person.edit", person),
            act("post.give", person),
            *opening,
            act("person.leave", person),
        ],
        posts=[_post(session, row, today) for row in _grants(session, person)],
        substitutes=[_substitute(session, row, today) for row in _substitutes(session, person)],
        accounts=ways,
    )


def _grants(session: Session, person: str) -> Sequence[GrantRow]:
    query = select(GrantRow).where(GrantRow.person_id == person)
    return list(session.scalars(query.order_by(GrantRow.valid_from.desc(), GrantRow.body_id)))


def _substitutes(session: Session, person: str) -> Sequence[SubstituteRow]:
    mine = or_(SubstituteRow.absent_id == person, SubstituteRow.substitute_id == person)
    query = select(SubstituteRow).where(mine).order_by(SubstituteRow.valid_from.desc())
    return list(session.scalars(query))


def _accounts(session: Session, person: str) -> Sequence[Account]:
    return list(session.scalars(select(Account).where(Account.person_id == person)))


def _post(session: Session, row: GrantRow, today: date) -> Line:
    over = _is_over(row, today)
    words = post_words(organisation.body(session, row.body_id), row.role)
    standing_in = [act("substitute.add", row.id)] if row.role != ROLE else []
    actions = [] if over else [*standing_in, act("post.end", row.id)]
    days = _days(row.valid_from, None if _never_held(row) else row.valid_to)
    return Line(Link(words), [days, _time(row, today)], actions)


def _never_held(row: GrantRow) -> bool:
    """Whether a post was taken back before its first day."""
    return row.valid_to is not None and row.valid_to < row.valid_from


def _is_over(row: GrantRow, today: date) -> bool:
    return _never_held(row) or (row.valid_to is not None and row.valid_to < today)


def _substitute(session: Session, row: SubstituteRow, today: date) -> Line:
    names = organisation.names(session, [row.absent_id, row.substitute_id])
    absent, stands = names[row.absent_id], names[row.substitute_id]
    words = t(
        "admin.stands_in",
        name=both(stands.name_zh, stands.name),
        absent=both(absent.name_zh, absent.name),
    )
    cells = [
        Cell("admin.post", post_words(organisation.body(session, row.body_id), row.role)),
        Cell("admin.instrument", row.instrument),
        _days(row.valid_from, row.valid_to),
    ]
    over = row.valid_to < today
    return Line(Link(words), cells, [] if over else [act("substitute.end", row.id)])


def _account(session: Session, row: Account) -> Line:
    language = current_language()
    opened = sessions.open_sessions(session, account=row.id)
    state = t("admin.account_closed") if row.closed_at else t("admin.account_open")
    cells = [
        Cell("admin.state", t("admin.account_once") if row.must_change else state),
        Cell("admin.opened", instant_words(row.created_at, language)),
        Cell(
            "admin.sessions",
            links=[Link(_session(one), act("session.end", one.id).address) for one in opened],
        ),
    ]
    return Line(Link(row.username), cells, account_actions(row, len(opened)))


def _session(one: OpenSession) -> str:
    words = (
        browser_words(one.browser),
        one.address,
        instant_words(one.seen_at, current_language()),
    )
    return " · ".join(word for word in words if word)


def _days(first: date, last: date | None) -> Cell:
    language = current_language()
    since = day_words(first, language) if first != FOREVER else ""
    until = day_words(last, language) if last is not None else ""
    if since and until:
        return Cell("admin.days", t("admin.from_until", first=since, last=until))
    if until:
        return Cell("admin.days", t("admin.until", day=until))
    return Cell("admin.days", t("admin.from", day=since) if since else "")


def _time(row: GrantRow, today: date) -> Cell:
    if _never_held(row):
        return Cell("admin.state", t("admin.post_never"), tone="quiet")
    if _is_over(row, today):
        return Cell("admin.state", t("admin.post_over"), tone="quiet")
    if row.valid_from > today:
        return Cell("admin.state", t("admin.post_later"), tone="warning")
    return Cell("admin.state", t("admin.post_now"), tone="done")
