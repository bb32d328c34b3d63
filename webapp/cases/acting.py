"""The form of an act on a case, from drawing to performing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import url_for

from engine.errors import FieldError
from engine.ports import Actor
from engine.work import form_view
from webapp.context import bihuan, reading
from webapp.forms.attempt import attempt
from webapp.forms.drawing import drawn, parts, submitted
from webapp.forms.form_page import Back, FormPage
from webapp.forms.posting import posted
from webapp.i18n.catalogue import pick, text
from workflows.domain import ledger


class ActForm:
    """One act on one case for one person; NotFound where the person may not see the case."""

    def __init__(self, actor: Actor, case_id: str, act: str) -> None:
        """Read the case's number and the act's form."""
        self._actor = actor
        self._case_id = case_id
        self._act = act
        with reading() as session:
            self._number = ledger.row(session, actor, case_id).number
        self._view = form_view.act_form(parts(), actor, case_id, act)
        self._values: Mapping[str, Any] | None = None
        self._errors: list[FieldError] = []

    def title(self, language: str) -> str:
        """Return what the act is called."""
        known = bihuan().runtime.application.acts[self._act]
        return pick(language, known.title_zh, known.title)

    def retype(self) -> None:
        """Take what was typed so far, without files."""
        self._values = posted(self._view.form)

    def submit(self) -> bool:
        """Perform the act with what was posted; False if the data is wrong."""
        data, self._errors = submitted(self._view, self._actor)
        self._values = data
        if not self._errors:
            runtime = bihuan().runtime
            _, self._errors = attempt(
                lambda: runtime.perform_act(
                    self._actor, self._case_id, self._act, data, assume_beijing=True
                )
            )
        return not self._errors

    def page(self, language: str) -> FormPage:
        """Return the page that shows the form."""
        redraw = url_for("cases.act_fields", case_id=self._case_id, act=self._act)
        return FormPage(
            title=self.title(language),
            lead=self._number,
            action=url_for("cases.perform", case_id=self._case_id, act=self._act),
            submit=text("form.submit", language),
            back=Back(url_for("cases.show", case_id=self._case_id), self._number),
            form=drawn(self._view, self._values, language, errors=self._errors, redraw=redraw),
        )
