"""The scenarios of a draft: read with their faults, written as a table, played apart."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy.orm import Session

from engine.errors import Unavailable
from tests.designing.editor import DIAGRAM, PROCESS, Editor, begun
from tests.web.visitor import Visitor
from workflows.cli.scenario_tests import test_command as command
from workflows.deploying import bundles
from workflows.designing import drafts
from workflows.designing.beginning import shipped_scenarios
from workflows.designing.packing import Package, write
from workflows.scenarios import written
from workflows.trying import apart, asking
from workflows.trying.trial import Trial, conduct

Visit = Callable[..., Visitor]
NAME = "withdrawn"
PATH = f"scenarios/{NAME}.yaml"


@pytest.fixture
def editor(visit: Visit) -> Editor:
    designer = visit("designer")
    return Editor(designer, begun(designer))


def package(**changed: bytes) -> Package:
    (bundle,) = bundles([PROCESS])
    return Package(PROCESS, {**bundle.files, **shipped_scenarios(PROCESS), **changed})


def lines(answer: Any) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.text.splitlines()]


def test_the_page_names_every_scenario_and_the_overview_leads_to_it(
    visit: Visit, editor: Editor
) -> None:
    designer = visit("designer")
    overview = designer.get(f"/drafts/{editor.draft}").text
    assert f"/drafts/{editor.draft}/tests" in overview
    assert f"/drafts/{editor.draft}/scenarios/{NAME}" in overview
    for tail in ("tests", f"scenarios/{NAME}"):
        assert designer.get(f"/drafts/{editor.draft}/{tail}").status_code == 200
    found = editor.send("POST", "scenarios/read", {}).json["scenarios"]
    assert [one["path"] for one in found] == sorted(shipped_scenarios(PROCESS))
    assert all(one["rows"][0]["kind"] == "start" for one in found)


def test_faults_of_what_is_not_saved_are_told_in_the_readers_language(editor: Editor) -> None:
    text = editor.files[PATH].replace("clock:", "clocks:", 1)
    sent = {"files": {PATH: text}}
    found = {
        one["path"]: one for one in editor.send("POST", "scenarios/read", sent).json["scenarios"]
    }
    assert "缺少 clock" in [fault["sentence"] for fault in found[PATH]["faults"]]
    assert "rows" not in found[PATH]


def test_a_scenario_that_is_written_wrongly_is_a_warning_of_the_draft(
    visit: Visit, editor: Editor
) -> None:
    editor.save(PATH, editor.files[PATH].replace("clock:", "clocks:", 1))
    page = visit("designer").get(f"/drafts/{editor.draft}").text
    assert "缺少 clock" in page
    assert "提请审核" in page or "还没有改动" in page


@pytest.mark.parametrize(
    ("asked", "at_most"),
    [
        # The overview is examined before it is read, so that nothing is held open meanwhile.
        (lambda editor: editor.visitor.get(f"/drafts/{editor.draft}"), (2, 1)),
        (lambda editor: editor.visitor.get(f"/drafts/{editor.draft}/tests"), (1, 0)),
        (lambda editor: editor.send("POST", "scenarios/read", {}), (1, 1)),
    ],
)
def test_a_draft_is_read_once(
    editor: Editor,
    monkeypatch: pytest.MonkeyPatch,
    asked: Callable[[Editor], Any],
    at_most: tuple[int, int],
) -> None:
    files, read = list[str](), list[str]()
    every, one = drafts.files, written.read_one

    def files_of(session: Session, draft_id: str) -> dict[str, bytes]:
        files.append(draft_id)
        return every(session, draft_id)

    def read_of(path: str, content: bytes) -> written.Written:
        read.append(path)
        return one(path, content)

    monkeypatch.setattr(drafts, "files", files_of)
    monkeypatch.setattr(written, "read_one", read_of)
    assert asked(editor).status_code == 200
    scenarios = len(shipped_scenarios(PROCESS))
    assert (len(files), len(read)) == (at_most[0], at_most[1] * scenarios)


def test_a_table_becomes_a_text_that_is_saved(editor: Editor) -> None:
    found = editor.send("POST", "scenarios/read", {}).json["scenarios"]
    one = next(each for each in found if each["path"] == PATH)
    rows = [
        {"kind": "", "by": "", "name": "", "text": "", "refused": "", **row} for row in one["rows"]
    ]
    body = {name: one[name] for name in ("title_zh", "title_en", "clock", "before")}
    text = editor.send("POST", "scenarios/compose", {**body, "rows": rows}).json["text"]
    assert editor.save(PATH, text).status_code == 200
    again = editor.send("POST", "scenarios/read", {}).json["scenarios"]
    assert next(each for each in again if each["path"] == PATH)["rows"] == one["rows"]
    for wrong in ([], [{"kind": "task"}], "rows"):
        assert editor.send("POST", "scenarios/compose", {**body, "rows": wrong}).status_code == 422


def test_the_draft_is_played_and_not_what_is_in_force(editor: Editor) -> None:
    played = lines(editor.send("POST", "tests/run", {"only": [NAME]}))
    assert [one["kind"] for one in played] == ["begun", "played", "coverage", "ended"]
    assert played[1]["passed"], played[1]
    broken = editor.files[DIAGRAM].replace('value="void.decide"', 'value="void.decided"')
    editor.save(DIAGRAM, broken)
    told = lines(editor.send("POST", "tests/run", {"only": [NAME]}))
    assert "refused" in [one["kind"] for one in told]


def test_what_became_of_scenarios_is_kept_until_something_changes(
    visit: Visit, editor: Editor
) -> None:
    """The overview warns whoever proposes or approves; how a file is written is no change."""
    designer = visit("designer")
    editor.save(DIAGRAM, editor.files[DIAGRAM].replace('name="', 'name="新', 1))
    overview = f"/drafts/{editor.draft}"
    total = len(shipped_scenarios(PROCESS))
    assert f"上次改动之后，{total} 个场景都还没有运行" in designer.get(overview).text

    lines(editor.send("POST", "tests/run", {"only": [NAME]}))
    last = editor.send("POST", "scenarios/read", {}).json["last"]
    assert list(last) == [NAME]
    assert (last[NAME]["passed"], last[NAME]["fresh"]) == (True, True)
    assert (
        f"{total} 个场景中，{total - 1} 个在上次改动之后没有运行。" in designer.get(overview).text
    )
    editor.save(PATH, f"# 说明\n{editor.files[PATH]}")
    assert editor.send("POST", "scenarios/read", {}).json["last"][NAME]["fresh"]

    editor.save(PATH, editor.files[PATH] + "  - expect: {state: nowhere}\n")
    assert not editor.send("POST", "scenarios/read", {}).json["last"][NAME]["fresh"]
    lines(editor.send("POST", "tests/run", {"only": [NAME]}))
    told = editor.send("POST", "scenarios/read", {}).json["last"][NAME]
    assert (told["passed"], told["fresh"]) == (False, True)
    assert told["sentence"].startswith("状态应为 nowhere")
    assert "1 个不符" in designer.get(overview).text


def test_what_was_expected_stands_beside_what_was_found() -> None:
    wrong = shipped_scenarios(PROCESS)[PATH] + b"  - expect: {state: nowhere}\n"
    trial = asking.of_package(package(**{PATH: wrong}))
    trial = Trial(trial.process, trial.bundles, trial.scenarios, frozenset({NAME}))
    _, played, coverage = conduct(trial)
    (failure,) = played["failures"]
    assert (failure["word"], failure["expected"]) == ("state", "nowhere")
    assert failure["found"] != "nowhere"
    assert failure["sentence_zh"].startswith("状态应为 nowhere")
    assert played["steps"].count("failed") == 1
    assert any(one["visited"] for one in coverage["flows"])
    assert not all(one["visited"] for one in coverage["flows"])


def test_a_trial_ends_with_its_time() -> None:
    events = list(apart.played_apart(asking.of_package(package()), seconds=0.2))
    assert events[-1] == {"kind": "ended", "whole": False, "why": "late"}


def test_only_so_many_are_played_at_once() -> None:
    trial = asking.of_package(package())
    going = [apart.played_apart(trial) for _ in range(apart.AT_ONCE)]
    with pytest.raises(Unavailable):
        apart.played_apart(trial)
    going.clear()
    assert list(apart.played_apart(trial, seconds=0.1))


def test_an_exported_folder_is_tested_from_the_command_line(tmp_path: Path) -> None:
    root = write(package(), tmp_path)
    done = CliRunner().invoke(command, [f"{root}/", "--json"])
    assert done.exit_code == 0, done.output
    document = json.loads(done.stdout)
    assert document["passed"] is True
    assert len(document["scenarios"]) == len(shipped_scenarios(PROCESS))
