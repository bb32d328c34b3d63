"""What the editors of a draft ask for: files, saving, undoing, and what is wrong with it."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_login import current_user

from engine.errors import Invalid
from webapp.api import limits
from webapp.context import bihuan, current_actor, reading
from webapp.i18n.language import current_language
from webapp.policy import allow
from webapp.studio.answers import SMALL_BODY, answer, json_only, sent, whole
from webapp.studio.draft_blueprint import DESIGNERS, READERS, agency, blueprint
from workflows.designing import drafts, paths, permission, saving, stepping
from workflows.designing.saving import Saved
from workflows.designing.stepping import Step, Steps
from workflows.surroundings import in_force
from workflows.verifying import PATIENCE, examination_json, examine

CHECKS = 120
"""A minute of one account: each reads and unfolds a whole diagram."""

SAVINGS = 240
"""A minute of one account: editors save once a second at most, and undo as fast as one clicks."""


@blueprint.get("/drafts/<draft_id>/files")
@allow.roles(*READERS)
@json_only
def files(draft_id: str) -> Response:
    """Give the files of a draft as they were saved last."""
    with reading() as session:
        permission.reading_desk(session, current_actor(), agency())
        draft = drafts.one(session, agency(), draft_id)
        held = drafts.files(session, draft_id)
        steps = stepping.steps(session, draft_id)
    return answer(
        {
            "draft": draft.id,
            "reader": current_actor().id,
            "process": draft.process,
            "revision": draft.revision,
            "state": draft.state,
            "files": _texts(held),
            "may_change": draft.state == drafts.OPEN and permission.may_change(current_actor()),
            **_steps(steps),
        }
    )


@blueprint.put("/drafts/<draft_id>/files/<path:path>")
@allow.roles(*DESIGNERS)
@json_only
def save(draft_id: str, path: str) -> Response:
    """Write one file."""
    _count()
    body = sent()
    change = (path, body.get("content"), whole(body, "revision"))
    return _told(saving.save(bihuan().database, current_actor(), agency(), draft_id, change))


@blueprint.delete("/drafts/<draft_id>/files/<path:path>")
@allow.roles(*DESIGNERS)
@json_only
def remove(draft_id: str, path: str) -> Response:
    """Delete one file."""
    _count()
    change = (path, whole(sent(SMALL_BODY), "revision"))
    return _told(saving.remove(bihuan().database, current_actor(), agency(), draft_id, change))


@blueprint.post("/drafts/<draft_id>/undo")
@allow.roles(*DESIGNERS)
@json_only
def undo(draft_id: str) -> Response:
    """Take the last saving back."""
    _count()
    revision = whole(sent(SMALL_BODY), "revision")
    return _told(saving.undo(bihuan().database, current_actor(), agency(), draft_id, revision))


@blueprint.post("/drafts/<draft_id>/redo")
@allow.roles(*DESIGNERS)
@json_only
def redo(draft_id: str) -> Response:
    """Do again what was taken back."""
    _count()
    revision = whole(sent(SMALL_BODY), "revision")
    return _told(saving.redo(bihuan().database, current_actor(), agency(), draft_id, revision))


@blueprint.post("/drafts/<draft_id>/check")
@allow.roles(*READERS)
@json_only
def check(draft_id: str) -> Response:
    """Say all that is wrong with a draft, with files that are not saved over the saved ones."""
    limits.count("check", current_user.account_id, CHECKS)
    unsaved = _unsaved(sent())
    with reading() as session:
        permission.reading_desk(session, current_actor(), agency())
        draft = drafts.one(session, agency(), draft_id)
        held = drafts.files(session, draft_id) | unsaved
        environment = in_force(session, agency(), bihuan().gate_environment())
    for path in unsaved:
        paths.check_path(draft.process, path)
    paths.check_whole({path: len(content) for path, content in held.items()})
    bundle = drafts.bundle_of(draft.process, held)
    found = examine([bundle], environment, seconds=PATIENCE)
    return answer(examination_json(found, current_language()))


def _count() -> None:
    limits.count("save", current_user.account_id, SAVINGS)


def _unsaved(body: dict[str, Any]) -> dict[str, bytes]:
    given = body.get("files", {})
    if not isinstance(given, dict):
        raise Invalid.at("files", "Expected files by path", "files 应为按文件名列出的内容")
    return {path: paths.check_content(content) for path, content in given.items()}


def _texts(held: dict[str, bytes]) -> dict[str, str]:
    return {path: content.decode("utf-8", "replace") for path, content in held.items()}


def _told(saved: Saved) -> Response:
    return answer(
        {
            "revision": saved.revision,
            "path": saved.path,
            "files": _texts(dict(saved.files)),
            **_steps(saved.steps),
        }
    )


def _steps(steps: Steps) -> dict[str, Any]:
    return {"undo": _step(steps.undo), "redo": _step(steps.redo)}


def _step(step: Step | None) -> dict[str, Any] | None:
    if step is None:
        return None
    who = step.name[1 if current_language() == "en" else 0]
    own = step.by == current_actor().id
    return {"path": step.path, "who": who, "at": step.at.isoformat(), "own": own}
