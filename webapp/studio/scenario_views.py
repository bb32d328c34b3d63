"""The scenarios of a draft: their page, reading and writing them, and playing them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from engine.errors import Invalid
from webapp.api import limits
from webapp.context import bihuan, current_actor, reading
from webapp.i18n.language import current_language
from webapp.policy import allow
from webapp.studio import scenario_names as names
from webapp.studio.answers import answer, json_only, sent
from webapp.studio.draft_blueprint import READERS, blueprint
from webapp.studio.editor_files import checked_path, opened, text_of
from webapp.studio.scenario_json import composed, results_json, scenarios_json, spoken
from webapp.studio.scenario_play import answer_of, fill_of, page_form_of
from workflows.designing import contents, paths
from workflows.designing.people import names_of
from workflows.scenarios.written import read_all
from workflows.trying import asking, kept
from workflows.trying.apart import played_apart
from workflows.trying.rehearsal import Question
from workflows.trying.trial import Event
from workflows.trying.warm import WARM

READS = 240
"""A minute of one account."""

PLAYS = 120
"""A minute of one account."""

TRIALS = 12
"""A minute of one account: each prepares a database and plays on it."""


@blueprint.get("/drafts/<draft_id>/tests")
@allow.roles(*READERS)
def tests(draft_id: str) -> ResponseReturnValue:
    """Show the scenarios of a draft."""
    return _page(draft_id, "")


@blueprint.get("/drafts/<draft_id>/scenarios/<name>")
@allow.roles(*READERS)
def scenario(draft_id: str, name: str) -> ResponseReturnValue:
    """Show the scenarios of a draft with one of them open."""
    return _page(draft_id, name)


@blueprint.post("/drafts/<draft_id>/scenarios/read")
@allow.roles(*READERS)
@json_only
def read_scenarios(draft_id: str) -> Response:
    """Give the scenarios as rows, unsaved texts over the saved ones, with what is wrong."""
    limits.count("scenarios", current_user.account_id, READS)
    draft = opened(draft_id)
    held = {**asking.scenarios(draft.files), **_unsaved(draft.draft.process, sent())}
    read = read_all(draft.draft.process, held)
    found = scenarios_json(read, held, current_language())
    with reading() as session:
        bundle = contents.bundle(session, draft.draft, draft.files)
        last = kept.results(session, draft.draft, bundle, read)
        who = names_of(session, {one.by for one in last.values()})
    return answer({"scenarios": found, "last": results_json(last, who)})


@blueprint.post("/drafts/<draft_id>/scenarios/compose")
@allow.roles(*READERS)
@json_only
def compose_scenario(draft_id: str) -> Response:
    """Write the text of a scenario that is edited as a table."""
    limits.count("scenarios", current_user.account_id, READS)
    opened(draft_id)
    return answer({"text": composed(sent())})


@blueprint.post("/drafts/<draft_id>/tests/run")
@allow.roles(*READERS)
@json_only
def run_tests(draft_id: str) -> Response:
    """Play scenarios of the draft as it was saved; a line of JSON for each thing that happens."""
    limits.count("trials", current_user.account_id, TRIALS)
    draft = opened(draft_id)
    only = _names(sent())
    with reading() as session:
        trial = asking.of_draft(session, draft.draft, only, draft.files)
    events = kept.keeping(bihuan(), (draft_id, current_actor().id), trial, played_apart(trial))
    return Response(
        _lines(events, current_language()),
        mimetype="application/x-ndjson",
        headers={"X-Accel-Buffering": "no"},
    )


@blueprint.post("/drafts/<draft_id>/scenarios/play")
@allow.roles(*READERS)
@json_only
def play_scenario(draft_id: str) -> Response:
    """Play a table to its end on the draft as it was saved; draw or do the deed after it."""
    limits.count("plays", current_user.account_id, PLAYS)
    body, language = sent(), current_language()
    draft = opened(draft_id)
    path = checked_path(draft, f"{paths.SCENARIOS}{text_of(body, 'name')}.yaml")
    with reading() as session:
        trial = asking.of_draft(session, draft.draft, held=draft.files)
    written = {path: composed(body).encode()}
    question = Question(
        {**asking.scenarios(draft.files), **_unsaved(draft.draft.process, body), **written},
        text_of(body, "name"),
        fill_of(body, language),
    )
    found = WARM.answer(trial, question)
    told = answer_of(found, language)
    if found.get("form"):
        form = page_form_of(found["form"], language)
        told["html"] = render_template("studio/form_preview.html", page={"form": form})
        told["files"] = found["form"]["files"]
    return answer(told)


def _page(draft_id: str, name: str) -> str:
    draft, language = opened(draft_id), current_language()
    if name:
        checked_path(draft, f"{paths.SCENARIOS}{name}.yaml")
    with reading() as session:
        trial = asking.of_draft(session, draft.draft, held=draft.files)
    page = {
        "draft": draft.draft,
        "title": draft.title,
        "name": name,
        "may_change": draft.may_change,
        "people": names.people(language),
        "registrars": names.registrars(),
        "tasks": names.tasks([trial.bundle, *trial.bundles], language),
        "acts": names.acts(language),
        "diagram": url_for("drafts.drawing", draft_id=draft_id, language=language),
    }
    return render_template("studio/tests.html", page=page)


def _lines(events: Iterator[Event], language: str) -> Iterator[str]:
    for event in events:
        yield json.dumps(spoken(event, language), ensure_ascii=False) + "\n"


def _unsaved(process: str, body: dict[str, Any]) -> dict[str, bytes]:
    given = body.get("files", {})
    if not isinstance(given, dict):
        raise Invalid.at("files", "Expected files by path", "files 应为按文件名列出的内容")
    for path in given:
        paths.check_path(process, path)
    held = {path: paths.check_content(content) for path, content in given.items()}
    paths.check_whole({path: len(content) for path, content in held.items()})
    return {path: held[path] for path in held if not paths.is_deployed(path)}


def _names(body: dict[str, Any]) -> list[str]:
    found = body.get("only", [])
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise Invalid.at("only", "Expected a list of names", "only 应为场景名称清单")
    return found[: paths.MOST_FILES]
