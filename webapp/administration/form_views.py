"""One command of the administration as a page: its form, what was wrong, what it came to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request, url_for

from engine.errors import BihuanError, Stale
from engine.ports import Actor
from webapp.administration.sheet import Link
from webapp.context import bihuan, reading
from webapp.errors import outcome_of
from webapp.forms.attempt import Attempt, attempt
from webapp.forms.form_page import Back, FormPage, Refusal
from webapp.forms.page_form import Surroundings, page_form
from webapp.forms.posting import posted
from webapp.i18n.language import both, current_language, t
from workflows.administration import rerouting
from workflows.administration.command import Command, Done
from workflows.administration.registry import begun, run, version

SEEN = "_seen"
"""The control that holds the version that the form began with."""


class CommandPage:
    """A command on a subject by one administrator."""

    def __init__(self, actor: Actor, command: Command, subject: str) -> None:
        """Read what the form begins with."""
        self._actor = actor
        self._command = command
        self._subject = subject
        self._agency = bihuan().settings.agency
        with reading() as session:
            begins, self._options = begun(session, actor, self._agency, command, subject)
            self._seen = version(session, command, subject) if command.edits else None
        asked = {name: value for name, value in request.args.items() if name in _keys(command)}
        self._values: Mapping[str, Any] = begins | asked
        self._tried: Attempt[Done] = Attempt()

    def submit(self) -> Done | None:
        """Do the command with what was posted; None if it was refused."""
        self._values = posted(self._command.form)
        if self._command.edits:
            self._seen = request.form.get(SEEN, "")
        self._tried = attempt(self._run)
        return self._tried.result if self._tried.done else None

    @property
    def refusal(self) -> BihuanError | None:
        """Why it was refused, other than by faults of its fields."""
        return self._tried.refusal

    @property
    def back(self) -> Link:
        """Where the page leads back to: a person's own page, or the list."""
        words, address = place_of(self._command)
        return Link(words, address)

    def page(self) -> FormPage:
        """Return the page that shows the form."""
        language = current_language()
        return FormPage(
            title=both(*self._command.title),
            lead=both(*self._command.lead),
            action=url_for(
                "administration.perform", name=self._command.name, subject=self._subject or None
            ),
            submit=both(*self._command.title),
            back=Back(self.back.address, self.back.words),
            form=page_form(
                self._command.form,
                self._values,
                self._tried.faults,
                language,
                Surroundings(options=self._options),
            ),
            hidden={SEEN: self._seen} if self._seen else {},
            refusal=banner(self.refusal),
            open=not isinstance(self.refusal, Stale),
        )

    def _run(self) -> Done:
        product = bihuan()
        done = run(
            product.database,
            self._actor,
            self._agency,
            self._command,
            self._subject,
            self._values,
            seen=self._seen,
        )
        if self._command.releases:
            rerouting.release_all(product.runtime)
        return done


def place_of(command: Command) -> tuple[str, str]:
    """Return the list that a command belongs to, as words and address."""
    words = {
        "bodies": t("admin.bodies"),
        "persons": t("admin.persons"),
        "accounts": t("admin.accounts"),
        "enterprises": t("admin.enterprises"),
        "policy": t("admin.sign_in"),
        "sessions": t("admin.sessions_open"),
        "rules": t("admin.rules"),
    }
    ways = {
        "policy": "office_sign_in.rules",
        "sessions": "office_sign_in.open_now",
        "rules": "office_rules.versions",
    }
    endpoint = ways.get(command.place, f"administration.{command.place}")
    return words[command.place], url_for(endpoint)


def banner(error: BihuanError | None) -> Refusal | None:
    """Return the banner for a refusal; None where there was none."""
    if error is None:
        return None
    return Refusal(t(outcome_of(error).title), error.text(current_language()), t("admin.unchanged"))


def _keys(command: Command) -> set[str]:
    return {field.key for field in command.form.fields}
