"""What templates may call: texts, labels, navigation, clock; and filters for dates."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, request, url_for
from flask_login import current_user
from sqlalchemy.orm import Session

from engine import clock
from engine.store import queries
from webapp.context import bihuan, reading
from webapp.i18n.language import both, current_language, t
from webapp.notices import feed
from webapp.presentation import labels
from webapp.presentation.naming import spoken
from webapp.presentation.remaining import instant_words
from workflows.designing import news
from workflows.domain import organisation, substitutes, zone

TABLES = {
    "levels": labels.LEVELS,
    "states": labels.STATES,
    "acts": labels.ACTS,
    "roles": labels.ROLES,
}


@dataclass(frozen=True)
class NavigationItem:
    """One entry of the main navigation."""

    key: str
    address: str
    icon: str
    current: bool
    count: int = 0


Entry = tuple[str, str, str, tuple[str, ...]]
"""Text key, endpoint, icon, and the sets of pages or single pages that are marked by it."""

AUTHORITY: tuple[Entry, ...] = (
    ("nav.inbox", "inbox.show", "inbox", ("inbox", "tasks")),
    ("nav.intake", "intake.show", "plus", ("intake",)),
    ("nav.ledger", "ledger.show", "table", ("ledger", "cases", "imports")),
    ("nav.interviews", "interviews.show", "users", ("interviews",)),
    ("nav.definitions", "studio.definitions", "route", ("studio", "drafts", "running")),
    ("nav.notifications", "notices.show", "bell", ("notices",)),
)

ENTERPRISE: tuple[Entry, ...] = (
    ("nav.inbox", "inbox.show", "inbox", ("inbox", "tasks")),
    ("nav.self_report", "intake.show", "plus", ("intake",)),
    ("nav.my_cases", "ledger.my_cases", "folder", ("ledger", "cases")),
    ("nav.notifications", "notices.show", "bell", ("notices",)),
)

ADMINISTRATION: tuple[Entry, ...] = (
    ("admin.start", "administration.start", "table", ("administration.start",)),
    ("admin.bodies", "administration.bodies", "building", ("administration.bodies",)),
    (
        "admin.persons",
        "administration.persons",
        "users",
        ("administration.persons", "administration.person"),
    ),
    (
        "admin.enterprises",
        "administration.enterprises",
        "folder",
        ("administration.enterprises", "office_import"),
    ),
    ("admin.accounts", "administration.accounts", "lock", ("administration.accounts",)),
)


@dataclass(frozen=True)
class ClockReading:
    """What a virtual clock shows."""

    iso: str
    words: str


def navigation() -> list[NavigationItem]:
    """Return the entries for the person signed in, by what their posts may do."""
    entries = ENTERPRISE if current_user.is_enterprise else AUTHORITY
    if current_user.must_change:
        return []
    if current_user.is_administrator:
        entries = ADMINISTRATION
    with reading() as session:
        counts = {
            "nav.inbox": queries.count_inbox(session, current_user.actor),
            "nav.notifications": _news(session),
            "nav.definitions": _incidents(session),
        }
    return [
        NavigationItem(
            key,
            url_for(endpoint),
            icon,
            bool({request.blueprint, request.endpoint} & set(blueprints)),
            counts.get(key, 0),
        )
        for key, endpoint, icon, blueprints in entries
        if endpoint != "intake.show" or current_user.may_register
    ]


def _news(session: Session) -> int:
    """Return how much news waits for the person, of drafts too for whoever reads those."""
    person = current_user.actor.id
    drafts = news.unread(session, person) if current_user.reads_drafts else 0
    return feed.waiting(session, person) + drafts


def _incidents(session: Session) -> int:
    """Return how many incidents wait for the person, if it is theirs to see to them."""
    if not current_user.sees_to_cases:
        return 0
    return queries.count_open_incidents(session, agency=bihuan().settings.agency)


def standing_in() -> list[tuple[str, str]]:
    """Return whom the person signed in may act for, as id and name; nobody while acting."""
    if current_user.actor.acting_for:
        return []
    with reading() as session:
        found = substitutes.standing_in(session, current_user.actor.id, clock.now())
        names = organisation.names(session, [one.absent for one in found])
    return [(name, both(person.name_zh, person.name)) for name, person in names.items()]


def acted_for() -> str:
    """Return the name of whom the person signed in acts for; "" where for nobody."""
    absent = current_user.actor.acting_for
    if not absent:
        return ""
    with reading() as session:
        person = organisation.person(session, absent)
    return both(person.name_zh, person.name)


def posts() -> list[str]:
    """Return the posts of the person signed in, as words."""
    language = current_language()
    with reading() as session:
        bodies = zone.body_map(session)
        held = [(bodies[one.body], one.role) for one in current_user.actor.grants]
    return [
        f"{both(body.name_zh, body.name)} · {labels.label(labels.ROLES, role, language)}"
        for body, role in held
    ]


def virtual_clock() -> ClockReading | None:
    """Return what the clock shows where it is not the machine's; None where it is."""
    if isinstance(clock.current(), clock.SystemClock):
        return None
    now = clock.now()
    return ClockReading(now.isoformat(), instant_words(now, current_language()))


def here() -> str:
    """Return the address of this page, to come back to; the start page after a POST."""
    return request.full_path.rstrip("?") if request.method == "GET" else url_for("home.start")


def register(app: Flask) -> None:
    """Give templates their functions; macros see them too."""
    app.jinja_env.globals.update(
        t=t,
        both=both,
        label=lambda table, name: labels.label(TABLES[table], name, current_language()),
        tone=lambda state: labels.STATE_TONES.get(state, "quiet"),
        navigation=navigation,
        posts=posts,
        standing_in=standing_in,
        acted_for=acted_for,
        virtual_clock=virtual_clock,
        here=here,
        spoken=spoken,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.context_processor(lambda: {"language": current_language()})
