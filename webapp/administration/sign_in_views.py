"""The rules of signing in with their bounds, and the browsers signed in now."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from webapp.administration.sheet import Cell, Line, Link, Sheet, act, asked, cut, fits
from webapp.administration.views import ROLE
from webapp.context import reading
from webapp.i18n.language import both, current_language, t
from webapp.policy import allow
from webapp.presentation.browsers import browser_words
from webapp.presentation.remaining import instant_words
from workflows.accounts import policy, sessions
from workflows.accounts.policy import BOUNDS
from workflows.accounts.sessions import OpenSession
from workflows.administration.sign_in_rules import WORDS
from workflows.domain import organisation
from workflows.domain.org_facts import Person

blueprint = Blueprint("office_sign_in", __name__, url_prefix="/administration")


@blueprint.get("/sign-in")
@allow.roles(ROLE)
def rules() -> ResponseReturnValue:
    """Show what holds for signing in, and within which bounds it may be decided."""
    with reading() as session:
        held = asdict(policy.current(session))
    lines = [
        Line(
            Link(both(*WORDS[name])),
            [
                Cell("admin.held", str(held[name])),
                Cell("admin.bounds", f"{bounds.least} – {bounds.most}"),
                Cell("admin.at_first", str(getattr(policy.DEFAULT, name))),
            ],
        )
        for name, bounds in BOUNDS.items()
    ]
    shown, place = cut(lines)
    sheet = Sheet(
        t("admin.sign_in"),
        t("admin.sign_in_lead"),
        "admin.rule",
        shown,
        place,
        len(lines),
        add=[act("sign_in.edit")],
    )
    return render_template("administration/sheet.html", page=sheet)


@blueprint.get("/sessions")
@allow.roles(ROLE)
def open_now() -> ResponseReturnValue:
    """List the browsers signed in now, what was used last at the head."""
    with reading() as session:
        sheet = _sheet(session)
    return render_template("administration/sheet.html", page=sheet)


def _sheet(session: Session) -> Sheet:
    found = sessions.open_sessions(session, limit=sessions.ALL)
    persons = organisation.names(session, {one.person for one in found})
    lines = [
        session_line(one, persons.get(one.person))
        for one in found
        if fits(one.username, one.address, *_names(persons.get(one.person)))
    ]
    shown, place = cut(lines)
    return Sheet(
        t("admin.sessions_open"),
        t("admin.sessions_lead"),
        "admin.username",
        shown,
        place,
        len(lines),
        hint=t("admin.hint_session"),
        text=asked(),
        action=request.path,
    )


def session_line(one: OpenSession, person: Person | None) -> Line:
    """Return an open session in words, with the way to end it."""
    language = current_language()
    return Line(
        Link(one.username),
        [
            Cell("admin.person", both(*_names(person)) if person else ""),
            Cell("sessions.browser", browser_words(one.browser) or t("sessions.unknown")),
            Cell("sessions.address", one.address),
            Cell("sessions.opened", instant_words(one.opened_at, language)),
            Cell("sessions.seen", instant_words(one.seen_at, language)),
        ],
        [act("session.end", one.id)],
    )


def _names(person: Person | None) -> tuple[str, str]:
    return (person.name_zh, person.name) if person else ("", "")
