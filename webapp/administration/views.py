"""The administration: what is missing, the organisation, and every command on it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import clock
from webapp.administration import directory, person_page, record_page
from webapp.administration.form_views import CommandPage, place_of
from webapp.administration.start_page import start_page
from webapp.context import bihuan, current_actor, reading
from webapp.i18n.language import both, t
from webapp.policy import allow
from webapp.refusals import headers_of, status_of
from workflows.administration.command import Command, Done
from workflows.administration.registry import command

ROLE = "admin"

blueprint = Blueprint("administration", __name__, url_prefix="/administration")


@blueprint.get("")
@allow.roles(ROLE)
def start() -> ResponseReturnValue:
    """Show what the zone still lacks."""
    with reading() as session:
        page = start_page(session, current_actor(), bihuan().settings.agency)
    return render_template("administration/start.html", page=page)


@blueprint.get("/bodies")
@allow.roles(ROLE)
def bodies() -> ResponseReturnValue:
    """List the bodies."""
    with reading() as session:
        sheet = directory.bodies_sheet(session, clock.now())
    return render_template("administration/sheet.html", page=sheet)


@blueprint.get("/persons")
@allow.roles(ROLE)
def persons() -> ResponseReturnValue:
    """List the persons."""
    with reading() as session:
        sheet = directory.persons_sheet(session, clock.now())
    return render_template("administration/sheet.html", page=sheet)


@blueprint.get("/persons/<person>")
@allow.roles(ROLE)
def person(person: str) -> ResponseReturnValue:
    """Show a person: posts with their days, substitutions, account."""
    with reading() as session:
        page = person_page.person_page(session, person, clock.now())
    return render_template("administration/person.html", page=page)


@blueprint.get("/enterprises")
@allow.roles(ROLE)
def enterprises() -> ResponseReturnValue:
    """List the enterprises."""
    with reading() as session:
        sheet = directory.enterprises_sheet(session)
    return render_template("administration/sheet.html", page=sheet)


@blueprint.get("/accounts")
@allow.roles(ROLE)
def accounts() -> ResponseReturnValue:
    """List the accounts and what holds for signing in."""
    with reading() as session:
        sheet = directory.accounts_sheet(session)
    return render_template("administration/sheet.html", page=sheet)


@blueprint.get("/record")
@allow.roles(ROLE)
def record() -> ResponseReturnValue:
    """Show what the administration did, the newest first."""
    with reading() as session:
        page = record_page.record_page(session, bihuan().settings.agency)
    return render_template("administration/record.html", page=page)


@blueprint.get("/do/<name>")
@allow.roles(ROLE)
def show(name: str) -> ResponseReturnValue:
    """Show the form of a command; `subject` in the address names what it is about."""
    form = CommandPage(current_actor(), command(name), _subject())
    return render_template("form_page.html", page=form.page())


@blueprint.post("/do/<name>")
@allow.roles(ROLE)
def perform(name: str) -> ResponseReturnValue:
    """Do a command, or show its form again with what is wrong or in the way."""
    wanted = command(name)
    form = CommandPage(current_actor(), wanted, _subject())
    done = form.submit()
    if done is None:
        status, headers = status_of(form.refusal), headers_of(form.refusal)
        return render_template("form_page.html", page=form.page()), status, headers
    if done.secret:
        with reading() as session:
            whose = directory.told_once(session, done.subject)
        page = {"title": both(*wanted.title), "secret": done.secret, "whose": whose}
        page["back"] = _after(wanted, done)
        return render_template("administration/secret.html", page=page)
    flash(t("admin.done", title=both(*wanted.title)), "done")
    return redirect(_after(wanted, done), 303)


def _subject() -> str:
    return request.args.get("subject", "")[:64]


def _after(wanted: Command, done: Done) -> str:
    """Return where a command leads: to the person it concerned, else to the list."""
    if wanted.place in ("persons", "accounts"):
        return url_for("administration.person", person=done.subject)
    return place_of(wanted)[1]
