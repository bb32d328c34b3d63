"""A new table or form of a draft: its editor opens empty, and saves it with the first change."""

from __future__ import annotations

from typing import Final

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from engine.errors import Invalid
from webapp.policy import allow
from webapp.studio.draft_blueprint import DESIGNERS, blueprint
from webapp.studio.editor_files import checked_path, opened
from workflows.designing import paths

KINDS: Final = {
    "table": ("{name}.dmn", "drafts.table"),
    "form": ("forms/{name}.json", "drafts.form"),
}


@blueprint.get("/drafts/<draft_id>/add")
@allow.roles(*DESIGNERS)
def add_file(draft_id: str) -> ResponseReturnValue:
    """Lead to the editor of a file that the draft does not hold yet."""
    draft = opened(draft_id)
    name = request.args.get("name", "").strip()
    path, endpoint = KINDS.get(request.args.get("kind", ""), KINDS["form"])
    paths.check_path(draft.draft.process, path.format(name=name))
    if path.format(name=name) in draft.files:
        raise Invalid.at(
            "name",
            f"Expected a name that is free, but the draft has {path.format(name=name)}",
            f"草稿中已有 {path.format(name=name)}，请换一个名称",
        )
    checked_path(draft, path.format(name=name))
    return redirect(url_for(endpoint, draft_id=draft_id, name=name), 303)
