"""The registration of a hazard, from the empty form to the case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request, url_for

from engine import clock
from engine.errors import FieldError
from engine.ports import Actor
from engine.store.ids import new_id
from engine.work import form_view
from engine.work.form_view import FormView
from webapp.context import bihuan, reading
from webapp.forms.attempt import attempt
from webapp.forms.drawing import drawn, parts, submitted
from webapp.forms.form_page import Back, FormPage
from webapp.forms.posting import posted
from webapp.i18n.catalogue import text
from workflows.app import ROOT_PROCESS
from workflows.domain import ledger

CHOSEN_ALONE = {"enterprise": "enterprises", "finder_body": "finder_bodies"}
"""Fields whose choice is made for a person who has only one, by the key of their choices."""


def beginnings(view: FormView, actor: Actor) -> dict[str, Any]:
    """Return what a registration begins with: now, and every choice that is the only one."""
    roles = {grant.role for grant in actor.grants}
    only = {
        field: choices[0].value
        for field, key in CHOSEN_ALONE.items()
        if len(choices := view.options.get(key, ())) == 1
    }
    source = {"source": "self"} if "safety_officer" in roles else {}
    return {"found_at": clock.beijing(clock.now()).isoformat(), **only, **source}


class Registration:
    """One registration by one person; the same form sent twice registers once."""

    def __init__(self, actor: Actor) -> None:
        """Read the form."""
        self._actor = actor
        self._agency = bihuan().settings.agency
        self._view = form_view.start_form(parts(), actor, ROOT_PROCESS, self._agency)
        self._key = request.form.get("_key", "")[:64] or new_id()
        self._values: Mapping[str, Any] = beginnings(self._view, actor)
        self._errors: list[FieldError] = []
        self.case_id = ""

    def retype(self) -> None:
        """Take what was typed so far, without files."""
        self._values = posted(self._view.form)

    def submit(self) -> bool:
        """Register with what was posted; False if the data is wrong."""
        data, self._errors = submitted(self._view, self._actor)
        self._values = data
        if not self._errors:
            case_id, self._errors = attempt(lambda: self._start(data))
            self.case_id = case_id or ""
        return not self._errors

    def number(self) -> str:
        """Return the number that the new case was given."""
        with reading() as session:
            return ledger.row(session, self._actor, self.case_id).number

    def page(self, language: str) -> FormPage:
        """Return the page that shows the form."""
        redraw = url_for("intake.fields")
        return FormPage(
            title=text("intake.title", language),
            lead=text("intake.lead", language),
            action=url_for("intake.register"),
            submit=text("intake.submit", language),
            back=Back(url_for("home.start"), text("error.home", language)),
            form=drawn(self._view, self._values, language, errors=self._errors, redraw=redraw),
            hidden={"_key": self._key},
        )

    def _start(self, data: Mapping[str, Any]) -> str:
        return bihuan().runtime.start_case(
            self._actor,
            ROOT_PROCESS,
            data,
            agency=self._agency,
            idempotency_key=self._key,
            assume_beijing=True,
        )
