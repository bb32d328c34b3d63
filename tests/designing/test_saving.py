"""Saving a draft: nothing is lost, whoever saves at once; everything can be undone after reload."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import event

from tests.designing.editor import DIAGRAM, PROCESS, Editor, begun
from tests.web.visitor import Visitor
from workflows.app import Bihuan
from workflows.designing import saving
from workflows.designing.tables import SavingRow

FORM = "forms/decide_void.json"


@pytest.fixture
def editor(visit: Callable[..., Visitor]) -> Editor:
    visitor = visit("designer")
    return Editor(visitor, begun(visitor))


def test_a_draft_begins_with_the_files_of_its_version(editor: Editor, bihuan: Bihuan) -> None:
    found = editor.load()
    assert (found["process"], found["state"], found["revision"]) == (PROCESS, "open", 1)
    assert found["may_change"]
    assert found["reader"] == "designer"
    assert DIAGRAM in found["files"]
    assert FORM in found["files"]
    assert any(path.startswith("scenarios/") for path in found["files"])


def test_saving_is_by_revision(editor: Editor) -> None:
    before = editor.files[DIAGRAM]
    assert editor.save(DIAGRAM, before.replace("误报更正", "误报撤销")).json["revision"] == 2
    editor.revision = 1
    refused = editor.save(DIAGRAM, before)
    assert refused.status_code == 409
    assert refused.mimetype == "application/problem+json"
    assert refused.json["revision"] == 2
    assert refused.json["changed_by"] == "流程设计员一"
    assert refused.json["changed_at"].startswith("2026-03-02T01:00")
    assert "误报撤销" in editor.load()["files"][DIAGRAM]


@pytest.mark.usefixtures("copied")
def test_undo_and_redo_outlive_the_page(editor: Editor) -> None:
    first = editor.files[DIAGRAM]
    editor.save(DIAGRAM, first + "<!-- 1 -->")
    editor.save(FORM, "{}")
    editor.remove(FORM)
    again = Editor(editor.visitor, editor.draft)
    assert FORM not in again.files
    assert again.load()["undo"]["path"] == FORM
    assert again.undo().json["files"] == {FORM: "{}"}
    again.undo()
    undone = again.undo().json
    assert (undone["files"], undone["undo"]) == ({DIAGRAM: first}, None)
    assert again.undo().status_code == 409
    assert again.redo().json["files"] == {DIAGRAM: first + "<!-- 1 -->"}
    again.save(FORM, "[]")
    assert again.redo().status_code == 409


@pytest.mark.usefixtures("copied")
def test_writing_again_what_was_there_undoes(editor: Editor) -> None:
    first = editor.files[DIAGRAM]
    texts = [f"{first}<!-- {number} -->" for number in range(4)]
    for text in (*texts, texts[2], texts[0]):
        editor.save(DIAGRAM, text)
    assert editor.load()["redo"]
    assert editor.undo().json["files"] == {DIAGRAM: first}
    for text in texts[:3]:
        editor.save(DIAGRAM, text)
    assert editor.redo().json["files"] == {DIAGRAM: texts[3]}
    assert [editor.undo().status_code for _ in range(5)] == [200, 200, 200, 200, 409]


@pytest.mark.usefixtures("copied")
def test_no_file_of_an_earlier_saving_is_read_to_save(editor: Editor) -> None:
    first, read = editor.files[DIAGRAM], list[SavingRow]()
    for number in range(4):
        editor.save(DIAGRAM, f"{first}<!-- {number} -->")

    def count(saving: SavingRow, _: object) -> None:
        read.append(saving)

    event.listen(SavingRow, "load", count)
    try:
        editor.load()
        editor.save(DIAGRAM, f"{first}<!-- 5 -->")
        editor.save(DIAGRAM, f"{first}<!-- 1 -->")
        assert read == []
        assert editor.undo().json["files"] == {DIAGRAM: f"{first}<!-- 0 -->"}
        assert len(read) == 1
    finally:
        event.remove(SavingRow, "load", count)


@pytest.mark.usefixtures("copied")
def test_a_file_that_was_not_there_is_led_back_to(editor: Editor) -> None:
    added = "forms/added.json"
    editor.save(added, "{}")
    assert editor.remove(added).status_code == 200
    told = editor.load()
    assert (told["undo"], told["redo"]["path"]) == (None, added)
    editor.save(added, "{}")
    assert editor.load()["redo"] is None


@pytest.mark.usefixtures("copied")
def test_what_stands_between_is_not_undone_with_it(
    editor: Editor, visit: Callable[..., Visitor]
) -> None:
    first = editor.files[DIAGRAM]
    editor.save(DIAGRAM, first + "<!-- 1 -->")
    editor.save(FORM, "{}")
    editor.save(DIAGRAM, first)
    assert editor.undo().json["files"] == {DIAGRAM: first + "<!-- 1 -->"}
    editor.redo()
    colleague = Editor(visit("designer2"), editor.draft)
    colleague.save(DIAGRAM, first + "<!-- 1 -->")
    assert colleague.undo().json["files"] == {DIAGRAM: first}


@pytest.mark.usefixtures("copied")
def test_whose_saving_is_undone_is_told_before(
    editor: Editor, visit: Callable[..., Visitor]
) -> None:
    mine = editor.save(FORM, "{}").json
    assert mine["undo"] == editor.load()["undo"]
    assert (mine["undo"]["path"], mine["undo"]["own"], mine["redo"]) == (FORM, True, None)
    colleague = Editor(visit("designer2"), editor.draft)
    theirs = colleague.load()["undo"]
    assert (theirs["who"], theirs["own"]) == ("流程设计员一", False)
    assert theirs["at"].startswith("2026-03-02T01:00")
    undone = colleague.undo().json
    assert (undone["undo"], undone["redo"]) == (None, theirs)


@pytest.mark.usefixtures("copied")
def test_what_is_kept_for_undoing_is_bounded(
    editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "MOST_SAVINGS", 3)
    for number in range(6):
        editor.save(FORM, f"[{number}]")
    undone = [editor.undo().status_code for _ in range(4)]
    assert undone == [200, 200, 200, 409]
    assert editor.load()["files"][FORM] == "[2]"


def test_nothing_changed_is_no_saving(editor: Editor) -> None:
    assert editor.save(DIAGRAM, editor.files[DIAGRAM]).json["revision"] == 1
    assert editor.load()["undo"] is None


@pytest.mark.parametrize(
    ("path", "content", "field"),
    [
        ("other.bpmn", "<x/>", "path"),
        ("forms/..%2fx.json", "{}", "path"),
        ("forms/a b.json", "{}", "path"),
        ("readme.md", "x", "path"),
        (FORM, 7, "content"),
        (FORM, None, "content"),
        (DIAGRAM, "x" * 5_000_001, "content"),
    ],
)
def test_what_cannot_be_kept_is_told_at_its_field(
    editor: Editor, path: str, content: object, field: str
) -> None:
    answer = editor.save(path, content)  # type: ignore[arg-type]
    assert answer.status_code == 422, answer.text
    assert list(answer.json["errors"]) == [field]
    assert editor.load()["revision"] == 1


def test_a_body_that_is_no_object_is_refused(editor: Editor) -> None:
    assert editor.send("PUT", f"files/{FORM}", [1]).status_code == 422
    assert editor.send("POST", "undo", {"revision": "1"}).json["errors"]
    assert editor.send("POST", "undo", {"revision": True}).status_code == 422
    assert editor.remove(DIAGRAM).status_code == 422
    assert editor.remove("forms/none.json").status_code == 404


def test_the_gate_looks_at_what_is_not_saved_yet(editor: Editor) -> None:
    clean = editor.send("POST", "check", {}).json
    assert (clean["process"], clean["deployable"]) == (PROCESS, True)
    broken = editor.files[DIAGRAM].replace('value="void.decide"', 'value="void.decided"')
    found = editor.send("POST", "check", {"files": {DIAGRAM: broken}}).json
    assert not found["deployable"]
    assert [one["code"] for one in found["findings"]] == ["task.act_unknown"]
    assert found["findings"][0]["element"] == "decide_void"
    assert editor.load()["revision"] == 1


@pytest.mark.parametrize(
    "diagram",
    ["", "<a>", "<!DOCTYPE x [<!ENTITY y 'z'>]><x>&y;</x>", "<a/>", "\ufeff<a/>"],
)
def test_a_broken_diagram_is_kept_and_told(editor: Editor, diagram: str) -> None:
    assert editor.save(DIAGRAM, diagram).status_code == 200
    found = editor.send("POST", "check", {}).json
    assert not found["deployable"]
    assert found["findings"]
    assert editor.visitor.get(f"/drafts/{editor.draft}").status_code == 200


def test_who_may_not_change_reads_at_most(editor: Editor, visit: Callable[..., Visitor]) -> None:
    head = Editor(visit("office_head"), editor.draft)
    assert not head.load()["may_change"]
    assert head.save(FORM, "{}").status_code == 403
    stranger = visit("inspector1")
    assert stranger.get("/drafts").status_code == 403
    refused = stranger.client.get(f"/drafts/{editor.draft}/files")
    assert (refused.status_code, refused.mimetype) == (403, "application/problem+json")
    assert visit("bureau_head").get(f"/drafts/{editor.draft}").status_code == 403


def test_without_the_token_of_the_page_nothing_is_written(editor: Editor) -> None:
    editor.token = ""
    refused = editor.save(FORM, "{}")
    assert (refused.status_code, refused.mimetype) == (400, "application/problem+json")
    assert editor.load()["revision"] == 1
