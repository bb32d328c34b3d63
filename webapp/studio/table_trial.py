"""Making a decision of a draft for values that somebody typed, as the engine would make it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine import clock, errors
from engine.deployment.subject import Subject
from engine.errors import Invalid, NotFound
from engine.expressions import feel
from engine.expressions.builtins_text import shown
from engine.expressions.decision_graph import Answer, DecisionModel
from engine.expressions.decision_types import check_types
from engine.expressions.function import Function, named
from webapp.context import reading
from webapp.studio.constants import context_of
from workflows.domain import functions, rule_store
from workflows.domain.deadlines import Basis


def model_of(subject: Subject, path: str) -> DecisionModel:
    """Return the decisions of a file.

    Raises:
        Invalid: it cannot be read; the sentence is that of the gate.
    """
    for problem in subject.bundle.read.problems:
        if problem.file == path and problem.code == "decision.unreadable":
            raise Invalid(problem.sentence, problem.sentence_zh)
    for one in subject.bundle.read.decisions.values():
        if one.path == path:
            return one.model
    raise NotFound("Expected a decision in the file, but there is none", "该文件中没有决策")


def tried(
    subject: Subject, path: str, decision: str, values: Mapping[str, Any], language: str
) -> dict[str, Any]:
    """Make a decision; what keeps it from being made is told in the place of its value."""
    model = model_of(subject, path)
    if decision not in model.by_id:
        raise NotFound(f"Expected a decision {decision!r}, but there is none", "没有该决策")
    context = context_of(values)
    try:
        made = model.answer(decision, context, _functions())
        check_types(model, made)
    except errors.BihuanError as error:
        rules = error.details.get("rules")
        matched = rules if isinstance(rules, list) else []
        return {"error": error.text(language), "rules": matched}
    return _told(model, made)


def _told(model: DecisionModel, made: Answer) -> dict[str, Any]:
    return {
        "text": shown(made.last.value),
        "value": feel.to_json(made.last.value),
        "decisions": [
            {
                "id": one,
                "name": model.by_id[one].name,
                "text": shown(decision.value),
                "matched": list(decision.matched),
                "read": {name: shown(value) for name, value in decision.read.items()},
            }
            for one, decision in made.made.items()
        ],
    }


def _functions() -> Mapping[str, Function]:
    """Return the functions of the domain over the rule set and the calendar of today."""
    today = clock.beijing_date(clock.now())

    def basis() -> Basis:
        with reading() as session:
            rules = rule_store.rules_in_force(session, today)
            return Basis(rules, rule_store.calendar(session))

    calls = functions.functions_over(basis)
    return {name: named(name, call) for name, call in calls.items()}
