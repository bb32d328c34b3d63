"""What one account may ask for in a minute, and how many drafts may be under way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from engine.errors import Conflict
from tests.designing.editor import DIAGRAM, Editor, begun
from tests.designing.roads import changed, who
from tests.web.visitor import Visitor
from webapp.studio import draft_json, draft_page
from workflows.app import Bihuan
from workflows.designing import beginning, reviewing


@pytest.fixture
def editor(app: Flask, visit: Callable[..., Visitor], monkeypatch: pytest.MonkeyPatch) -> Editor:
    visitor = visit("designer")
    found = Editor(visitor, begun(visitor))
    monkeypatch.setitem(app.config, "RATELIMIT_ENABLED", True)
    return found


def test_savings_are_counted(editor: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft_json, "SAVINGS", 2)
    text = editor.files[DIAGRAM]
    assert editor.save(DIAGRAM, text + "<!-- 1 -->").status_code == 200
    assert editor.undo().status_code == 200
    late = editor.save(DIAGRAM, text + "<!-- 2 -->")
    assert (late.status_code, late.json["status"]) == (429, 429)
    assert int(late.headers["Retry-After"]) > 0


def test_overviews_are_counted_because_each_examines(
    editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft_page, "LOOKS", 1)
    found = [editor.visitor.get(f"/drafts/{editor.draft}").status_code for _ in range(2)]
    assert found == [200, 429]


def test_what_carries_no_file_is_small(editor: Editor) -> None:
    long = {"revision": editor.revision, "more": "a" * 20_000}
    assert editor.send("POST", "undo", long).status_code == 413


@pytest.mark.usefixtures("copied")
def test_a_draft_is_taken_up_again_where_there_is_room(
    bihuan: Bihuan, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = changed(bihuan)
    reviewing.discard(bihuan, who(bihuan), draft.id)
    monkeypatch.setattr(beginning, "MOST_OPEN", 0)
    with pytest.raises(Conflict, match="fewer than"):
        reviewing.take_up(bihuan, who(bihuan), draft.id)
    monkeypatch.undo()
    assert reviewing.take_up(bihuan, who(bihuan), draft.id).state == "open"
