"""The form of an act on a case, from drawing to performing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request, url_for

from engine import clock
from engine.errors import BihuanError, Conflict, NotAllowed
from engine.ports import Actor
from engine.store.ids import new_id
from engine.work import form_view
from engine.work.finish import CommandResult
from engine.work.form_view import FormView
from webapp.cases import extension_form
from webapp.cases.next_steps import steps_ahead
from webapp.cases.sources import CaseSources, case_sources
from webapp.cases.standing_still import would_stand_still
from webapp.context import bihuan, reading
from webapp.forms.attempt import Attempt
from webapp.forms.drawing import drawn, parts, submitted
from webapp.forms.form_page import Back, FormPage
from webapp.forms.posting import posted
from webapp.forms.sending import KEY, once, sent_key
from webapp.i18n.catalogue import pick, text
from webapp.presentation.facts import Fact
from webapp.presentation.steps import Step
from webapp.refusals import refusal
from workflows.domain import ledger, suspension


class ActForm:
    """One act on one case for one person; NotFound where the person may not see the case."""

    def __init__(self, actor: Actor, case_id: str, act: str) -> None:
        """Read the case's number and the act's form; what is posted is kept if it is refused.

        Raises:
            NotAllowed, Conflict: the act is refused now, and nothing was typed yet.
        """
        self._actor = actor
        self._case_id = case_id
        self._act = act
        self._key = sent_key()
        with reading() as session:
            self._number = ledger.row(session, actor, case_id).number
        self._values: Mapping[str, Any] | None = None
        self._tried: Attempt[CommandResult] = Attempt()
        self._closed: BihuanError | None = None
        self._view = self._look(keep=request.method == "POST")

    def title(self, language: str) -> str:
        """Return what the act is called."""
        known = bihuan().runtime.application.acts[self._act]
        return pick(language, known.title_zh, known.title)

    def retype(self) -> None:
        """Take what was typed so far, without files."""
        self._values = posted(self._view.form)

    def submit(self) -> bool:
        """Perform the act with what was posted; False if that was refused."""
        sent = submitted(self._view, self._actor, self._key)
        self._values = sent.data
        self._tried = sent.attempt(lambda: self._perform(sent.data))
        if isinstance(self._tried.refusal, Conflict):
            self._key = new_id()
        if self._tried.refusal is not None:
            self._view = self._look(keep=True)
        return self._tried.done

    @property
    def refusal(self) -> BihuanError | None:
        """Why it was refused, other than by faults of its fields."""
        return self._tried.refusal

    def page(self, language: str) -> FormPage:
        """Return the page that shows the form, or only what was typed where it is closed."""
        redraw = url_for("cases.act_fields", case_id=self._case_id, act=self._act)
        form = drawn(self._view, self._values, language, errors=self._tried.faults, redraw=redraw)
        asking = self._asking(language)
        return FormPage(
            title=self.title(language),
            lead=self._number,
            action=url_for("cases.perform", case_id=self._case_id, act=self._act),
            submit=text("form.submit", language),
            back=Back(url_for("cases.show", case_id=self._case_id), self._number),
            form=asking.drawn(form) if asking else form,
            facts=asking.facts() if asking else self._preview(language),
            hidden={KEY: self._key},
            refusal=refusal(self.refusal, language),
            open=self._closed is None,
            next=self._next(language) if self.refusal is not None else (),
        )

    def _preview(self, language: str) -> list[Fact]:
        """Return what the act would hold and leave running, where it holds anything."""
        if self._act != suspension.SUSPEND.name or self._closed is not None:
            return []
        return would_stand_still(self._sources(), language)

    def _asking(self, language: str) -> extension_form.Asking | None:
        if self._act != extension_form.REQUEST or self._closed is not None:
            return None
        return extension_form.of_act(self._sources(), self._act, clock.now(), language)

    def _look(self, *, keep: bool) -> FormView:
        try:
            view = form_view.act_form(parts(), self._actor, self._case_id, self._act)
        except (Conflict, NotAllowed) as error:
            if not keep:
                raise
            self._closed = error
            return form_view.refused_act_form(parts(), self._actor, self._case_id, self._act)
        return view

    def _perform(self, data: Mapping[str, Any]) -> CommandResult:
        return bihuan().runtime.perform_act(
            self._actor,
            self._case_id,
            self._act,
            data,
            assume_beijing=True,
            once=once(self._key, self._case_id, self._act, dict(data)),
        )

    def _next(self, language: str) -> list[Step]:
        return steps_ahead(self._sources(), self._actor, language)

    def _sources(self) -> CaseSources:
        with reading() as session:
            return case_sources(session, self._actor, self._case_id)
