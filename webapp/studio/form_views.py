"""The builder of a draft's forms: its page, the form as its reader sees it, what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from engine.errors import Invalid
from webapp.api import limits
from webapp.i18n.language import current_language
from webapp.policy import allow
from webapp.studio.answers import answer, json_only, sent
from webapp.studio.constants import context_of
from webapp.studio.draft_blueprint import READERS, blueprint
from webapp.studio.editor_files import checked_path, opened, unsaved
from webapp.studio.form_preview import names_read, preview
from webapp.studio.form_report import faults

CHECKS = 240
"""A minute of one account."""

_MOST_VALUES = 2000


@blueprint.get("/drafts/<draft_id>/forms/<name>")
@allow.roles(*READERS)
def form(draft_id: str, name: str) -> ResponseReturnValue:
    """Show the builder of a form."""
    draft = opened(draft_id)
    path = checked_path(draft, f"forms/{name}.json")
    page = {"draft": draft.draft, "title": draft.title, "name": name, "path": path}
    return render_template("studio/form_builder.html", page=page)


@blueprint.post("/drafts/<draft_id>/forms/<name>/preview")
@allow.roles(*READERS)
@json_only
def preview_form(draft_id: str, name: str) -> Response:
    """Draw a form as its reader will see it, and say what is wrong with it."""
    limits.count("form", current_user.account_id, CHECKS)
    body = sent()
    draft = opened(draft_id)
    path = checked_path(draft, f"forms/{name}.json")
    subject = draft.subject(unsaved(draft, path, body))
    language = current_language()
    told: dict[str, Any] = {"faults": faults(subject, path, language), "html": None, "reads": []}
    found = subject.bundle.read.forms.get(name)
    if found is not None:
        names = context_of(_texts(body, "names"))
        drawn = preview(found, _pairs(body), names, language, sent=body.get("sent") is True)
        told["html"] = render_template("studio/form_preview.html", page={"form": drawn})
        told["reads"] = names_read(subject, found)
    return answer(told)


def _pairs(body: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what was entered, in the order in which a page would post it."""
    found = body.get("values", [])
    if not isinstance(found, list) or len(found) > _MOST_VALUES or not all(map(_is_pair, found)):
        raise Invalid.at("values", "Expected pairs of name and value", "values 应为名称和值的列表")
    return [(name, value) for name, value in found]


def _is_pair(one: object) -> bool:
    return isinstance(one, list) and len(one) == 2 and all(isinstance(part, str) for part in one)  # noqa: PLR2004 a name and a value


def _texts(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = body.get(name, {})
    if isinstance(found, dict):
        return found
    raise Invalid.at(name, f"Expected {name} by name", f"{name} 应为按名称列出的值")
