"""One incident: what failed and what trying again does, with the form that asks for the reason."""

from __future__ import annotations

from flask import url_for

from engine.errors import BihuanError
from webapp.forms.attempt import Attempt
from webapp.i18n.language import both, current_language, t
from webapp.presentation.facts import Fact
from webapp.presentation.remaining import instant_words
from webapp.running.operation_page import OperationPage, faults_of
from webapp.running.start_page import START, case_link, next_attempt, what_failed
from workflows.running.incidents import OfCase


def incident_page(found: OfCase, reason: str, tried: Attempt[None] | None) -> OperationPage:
    """Return the page of an incident, after an attempt with what became of it."""
    one, language = found.incident, current_language()
    facts = [
        Fact(t("running.case"), case_link(found).words),
        Fact(t("running.what"), what_failed(found)),
        Fact(t("running.why"), both(one.message_zh, one.message), whole=True),
        Fact(t("running.at"), instant_words(one.at, language)),
        Fact(t("running.attempts"), str(one.attempts)),
        Fact(t("running.retry_at"), next_attempt(found)),
    ]
    refusal: BihuanError | None = tried.refusal if tried else None
    return OperationPage(
        title=t("running.incident"),
        lead=_what_it_does(found),
        facts=facts,
        action=url_for("running.retry", incident_id=one.id),
        submit=t("running.retry"),
        hint=t("running.reason_hint"),
        reason=reason,
        faults=faults_of(tried.faults, language) if tried else [],
        refused=refusal.text(language) if refusal else "",
    )


def _what_it_does(found: OfCase) -> str:
    if found.incident.case_id is None or found.incident.subject.startswith(START):
        return t("running.retry_start")
    timer = found.incident.kind == "timer"
    return t("running.retry_timers" if timer else "running.retry_command")
