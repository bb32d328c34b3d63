"""What the editors of tables, forms and expressions read: a draft's files as the gate sees them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.deployment.subject import Subject
from engine.errors import Invalid, NotFound
from engine.execution.bpmn_model import Diagram
from webapp.context import bihuan, current_actor, reading
from webapp.studio.draft_blueprint import agency
from webapp.studio.draft_list import title_words
from workflows.designing import drafts, paths, permission
from workflows.designing.drafts import Draft

NO_DIAGRAM: Final = Diagram((), (), (), frozenset(), frozenset(), {}, frozenset())
"""In the place of a diagram that cannot be read, so that tables and forms are still looked at."""


@dataclass(frozen=True)
class Opened:
    """A draft as it was saved last, and what whoever asks may do with it."""

    draft: Draft
    files: Mapping[str, bytes]
    may_change: bool
    title: str

    def subject(self, unsaved: Mapping[str, bytes] | None = None) -> Subject:
        """Return the files, with unsaved ones over them, beside what the application gives."""
        bundle = drafts.bundle_of(self.draft.process, {**self.files, **(unsaved or {})})
        return Subject(bundle, bundle.diagram or NO_DIAGRAM, bihuan().gate_environment(), {})


def opened(draft_id: str) -> Opened:
    """Return a draft with its files; raise NotAllowed for whoever may not see drafts."""
    with reading() as session:
        permission.reading_desk(session, current_actor(), agency())
        draft = drafts.one(session, agency(), draft_id)
        held = drafts.files(session, draft_id)
    may_change = draft.state == drafts.OPEN and permission.may_change(current_actor())
    return Opened(draft, held, may_change, title_words(draft))


def checked_path(draft: Opened, path: str) -> str:
    """Return the path of a file that a draft may hold; raise NotFound for any other."""
    try:
        paths.check_path(draft.draft.process, path)
    except Invalid as error:
        raise NotFound("Expected a file of the draft, but there is none", "没有该文件") from error
    if path not in draft.files and not draft.may_change:
        raise NotFound("Expected a file of the draft, but there is none", "草稿中没有该文件")
    return path


def unsaved(draft: Opened, path: str, body: Mapping[str, Any]) -> dict[str, bytes]:
    """Return what an editor sent of its file that is not saved yet."""
    if "content" not in body:
        return {}
    content = paths.check_content(body["content"])
    held = {**draft.files, path: content}
    paths.check_whole({name: len(data) for name, data in held.items()})
    return {path: content}


def text_of(document: Mapping[str, Any], name: str) -> str:
    """Return a text of what was sent; "" where it has none.

    Raises:
        Invalid: it is something else.
    """
    found = document.get(name, "")
    if isinstance(found, str):
        return found
    raise Invalid.at(name, f"Expected {name} as text, but it is none", f"{name} 应为文字")
