"""Moving a step of a case: where it may go, who would do it there and by when, and the reason."""

from __future__ import annotations

from collections.abc import Mapping

from flask import url_for

from engine.work.finish import CommandResult
from engine.work.move_token import Place
from webapp.forms.attempt import Attempt
from webapp.i18n.language import both, current_language, t
from webapp.presentation.facts import Fact
from webapp.presentation.remaining import due_words
from webapp.running.migration_page import posts_words
from webapp.running.operation_page import Choice, OperationPage, faults_of
from workflows.domain.org_facts import Body
from workflows.running.moving import Movable


def move_page(
    found: Movable,
    bodies: Mapping[str, Body],
    taker: str = "",
    reason: str = "",
    chosen: str = "",
    tried: Attempt[CommandResult] | None = None,
) -> OperationPage:
    """Return the page of a move, after an attempt with what became of it."""
    language, task = current_language(), found.task
    only = found.places[0].element if len(found.places) == 1 else ""
    refusal = tried.refusal if tried else None
    taken = [Fact(t("move.taken"), t("move.taken_lead", who=taker), whole=True)] if taker else []
    return OperationPage(
        title=t("move.title"),
        lead=t("move.lead") if found.places else t("move.none"),
        facts=[
            Fact(t("running.case"), found.number),
            Fact(t("move.now"), both(task.title_zh, task.title)),
            *taken,
        ],
        action=url_for("running.move", task_id=task.id),
        submit=t("move.submit"),
        hint=t("move.reason_hint"),
        reason=reason,
        faults=faults_of(tried.faults, language, choice=t("move.to")) if tried else [],
        refused=refusal.text(language) if refusal else "",
        back=url_for("cases.show", case_id=task.case_id),
        question=t("move.to"),
        choices=[
            Choice(one.element, _place(one, bodies), one.element == (chosen or only))
            for one in found.places
        ],
        hidden={"seen": str(task.row_version)},
    )


def _place(one: Place, bodies: Mapping[str, Body]) -> str:
    due = due_words(one.due_at, current_language()) if one.due_at else t("migrate.no_date")
    who = posts_words(one.candidates, bodies)
    return t("move.place", title=both(one.title_zh, one.title), who=who, due=due)
