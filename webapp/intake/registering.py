"""The registration of a hazard, from the empty form to the case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import url_for

from engine import clock
from engine.errors import BihuanError, Conflict
from engine.ports import Actor
from engine.store.ids import new_id
from engine.work import form_view
from engine.work.form_view import FormView
from webapp.context import bihuan, reading
from webapp.forms.attempt import Attempt
from webapp.forms.drawing import drawn, parts, submitted
from webapp.forms.form_page import Back, FormPage
from webapp.forms.posting import posted
from webapp.forms.sending import KEY, sent_key
from webapp.i18n.catalogue import text
from webapp.refusals import refusal
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
        self._key = sent_key()
        self._values: Mapping[str, Any] = beginnings(self._view, actor)
        self._tried: Attempt[str] = Attempt()

    def retype(self) -> None:
        """Take what was typed so far, without files."""
        self._values = posted(self._view.form)

    def submit(self) -> bool:
        """Register with what was posted; False if that was refused."""
        sent = submitted(self._view, self._actor, self._key)
        self._values = sent.data
        self._tried = sent.attempt(lambda: self._start(sent.data))
        if isinstance(self._tried.refusal, Conflict):
            # The key was used for what had been typed before; this is another hazard.
            self._key = new_id()
        return self._tried.done

    @property
    def case_id(self) -> str:
        """The case that was begun; "" while there is none."""
        return self._tried.result or ""

    @property
    def refusal(self) -> BihuanError | None:
        """Why it was refused, other than by faults of its fields."""
        return self._tried.refusal

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
            form=drawn(
                self._view, self._values, language, errors=self._tried.faults, redraw=redraw
            ),
            hidden={KEY: self._key},
            refusal=refusal(self.refusal, language),
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
