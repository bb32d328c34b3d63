"""What our own engine says of an expression that somebody is writing in an editor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from flask import Response
from flask_login import current_user

from engine.deployment import asking
from engine.deployment.asking import KINDS, Kind, Question
from engine.errors import Invalid
from engine.expressions.findings import Finding
from webapp.api import limits
from webapp.i18n.catalogue import pick
from webapp.i18n.language import current_language
from webapp.policy import allow
from webapp.studio.answers import answer, json_only, sent
from webapp.studio.draft_blueprint import READERS, blueprint
from webapp.studio.editor_files import opened, text_of

CHECKS = 300
"""A minute of one account: an editor asks where somebody pauses in typing."""

_MOST_NAMES = 300


@blueprint.post("/drafts/<draft_id>/expression")
@allow.roles(*READERS)
@json_only
def expression(draft_id: str) -> Response:
    """Say the type of an expression, or what is wrong with it and where."""
    limits.count("expression", current_user.account_id, CHECKS)
    question = _question(sent())
    found = asking.answer(opened(draft_id).subject(), question)
    return answer({"type": found.type, "error": _told(found.error) if found.error else None})


def _question(document: Mapping[str, Any]) -> Question:
    kind = text_of(document, "kind") or "expression"
    if kind not in KINDS:
        known = ", ".join(sorted(KINDS))
        raise Invalid.at(
            "kind",
            f"Expected a kind among {known}, but it is {kind[:40]!r}",
            f"kind 应为以下之一：{known}",
        )
    return Question(
        text=text_of(document, "text"),
        kind=cast("Kind", kind),
        element=text_of(document, "element"),
        tested=text_of(document, "tested"),
        names=_names(document.get("names")),
    )


def _names(found: object) -> dict[str, str]:
    if not isinstance(found, dict):
        return {}
    pairs = list(found.items())[:_MOST_NAMES]
    return {str(name): kind for name, kind in pairs if isinstance(kind, str)}


def _told(error: Finding) -> dict[str, Any]:
    message = pick(current_language(), error.placed_zh, error.placed)
    return {"message": message, "line": error.line, "column": error.column}
