"""The editor of a draft's decision tables: its page, what is wrong with it, trying it."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from engine.deployment.decision_names import names_read
from engine.deployment.subject import Subject
from engine.deployment.table_report import TableFault, report
from engine.errors import Invalid
from engine.execution.dmn_tables import ROW_LIMIT
from webapp.api import limits
from webapp.i18n.language import current_language
from webapp.policy import allow
from webapp.studio.answers import answer, json_only, sent
from webapp.studio.draft_blueprint import READERS, blueprint
from webapp.studio.editor_files import Opened, checked_path, opened, text_of, unsaved
from webapp.studio.table_trial import model_of, tried

CHECKS = 180
"""A minute of one account."""


@blueprint.get("/drafts/<draft_id>/tables/<name>")
@allow.roles(*READERS)
def table(draft_id: str, name: str) -> ResponseReturnValue:
    """Show the editor of a decision table."""
    draft = opened(draft_id)
    path = checked_path(draft, f"{name}.dmn")
    page = {
        "draft": draft.draft,
        "title": draft.title,
        "name": name,
        "path": path,
        "rows": ROW_LIMIT,
        "may_change": draft.may_change,
    }
    return render_template("studio/tables.html", page=page)


@blueprint.post("/drafts/<draft_id>/tables/<name>/check")
@allow.roles(*READERS)
@json_only
def check_table(draft_id: str, name: str) -> Response:
    """Say what is wrong with a table, at its rows and cells, and which names it reads."""
    limits.count("table", current_user.account_id, CHECKS)
    _, path, subject = _asked(draft_id, name, sent())
    language = current_language()
    return answer(
        {
            "faults": [_fault(one, language) for one in report(subject, path)],
            "decisions": _decisions(subject, path),
            "limit": ROW_LIMIT,
        }
    )


@blueprint.post("/drafts/<draft_id>/tables/<name>/try")
@allow.roles(*READERS)
@json_only
def try_table(draft_id: str, name: str) -> Response:
    """Make a decision of the table for values that were typed."""
    limits.count("table", current_user.account_id, CHECKS)
    body = sent()
    _, path, subject = _asked(draft_id, name, body)
    values = body.get("values", {})
    if not isinstance(values, dict):
        raise Invalid.at("values", "Expected values by name", "values 应为按名称列出的值")
    decision = text_of(body, "decision")
    return answer(tried(subject, path, decision, values, current_language()))


def _asked(draft_id: str, name: str, body: dict[str, Any]) -> tuple[Opened, str, Subject]:
    draft = opened(draft_id)
    path = checked_path(draft, f"{name}.dmn")
    return draft, path, draft.subject(unsaved(draft, path, body))


def _decisions(subject: Subject, path: str) -> list[dict[str, Any]]:
    try:
        model = model_of(subject, path)
    except Invalid:
        return []  # told among the faults
    return [
        {
            "id": node.id,
            "name": node.name,
            "rows": len(node.table.rules) if node.table else 0,
            "reads": [
                {"name": one.name, "type": one.type, "values": list(one.values)}
                for one in names_read(subject, model, node.id)
            ],
        }
        for node in model.decisions
    ]


def _fault(one: TableFault, language: str) -> dict[str, Any]:
    english = language == "en"
    finding = one.finding
    return {
        "kind": one.kind,
        "severity": finding.severity,
        "code": finding.code,
        "decision": one.decision,
        "rules": list(one.rules),
        "column": one.column,
        "sentence": finding.sentence if english else finding.sentence_zh,
        "remedy": finding.remedy if english else finding.remedy_zh,
        "example": [{"expression": name, "value": value} for name, value in one.example],
    }
