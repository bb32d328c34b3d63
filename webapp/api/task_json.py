"""Tasks as programs read them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from engine.store.base import json_text
from engine.store.queries import TaskRow
from engine.work.form_view import FormView
from webapp.presentation.case_facts import Bodies
from webapp.presentation.step_titles import step_title

_VERSION = re.compile(r'"(?P<quoted>\d{1,8})"|(?P<plain>\d{1,8})', re.ASCII)


def task_item(
    task: TaskRow,
    number: str,
    bodies: Bodies,
    language: str,
    document: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return a task as lists show it."""
    kept = ("id", "process", "version", "element", "act", "status", "assignee", "opened_at")
    more = ("due_at", "completed_at", "completed_by", "outcome")
    return {name: getattr(task, name) for name in (*kept, *more)} | {
        "case": task.case_id,
        "number": number,
        "title": step_title(task, bodies, language, document),
        "candidates": [{"body": g.body, "role": g.role} for g in task.candidates],
        "etag": etag(task),
    }


def etag(task: TaskRow) -> str:
    """Return the version of a task, quoted as HTTP wants it."""
    return f'"{task.row_version}"'


def seen_version(if_match: str | None) -> int | None:
    """Return the version that `If-Match` names: 0, which is never present, for a foreign one."""
    if if_match is None or if_match.strip() == "*":
        return None
    found = _VERSION.fullmatch(if_match.strip())
    return int(found["quoted"] or found["plain"]) if found else 0


def snapshot(task: TaskRow, view: FormView, document: Mapping[str, Any]) -> str:
    """Return the hash of what a person is shown before completing a task."""
    shown = {
        "task": task.id,
        "version": task.row_version,
        "process": [task.process, task.version, task.form],
        "values": dict(view.values),
        "document": dict(document),
    }
    return hashlib.sha256(json_text(shown).encode()).hexdigest()
