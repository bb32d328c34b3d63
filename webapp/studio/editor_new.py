"""A new table or form of a draft: its editor opens empty, and saves it with the first change."""

from __future__ import annotations

from typing import Final

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.errors import Invalid
from webapp.context import current_actor, reading
from webapp.forms.attempt import attempt
from webapp.i18n.language import current_language
from webapp.policy import allow
from webapp.refusals import headers_of, status_of
from webapp.studio.draft_blueprint import DESIGNERS, agency, blueprint
from webapp.studio.draft_page import Sent, draft_page, looked
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
    name = request.args.get("name", "").strip()
    tried = attempt(lambda: _way(draft_id, name))
    if tried.result is not None:
        return redirect(tried.result, 303)
    looked(draft_id)
    language = current_language()
    sent = Sent(
        values={"add-name": name, "kind": request.args.get("kind", "")},
        faults={"add-name": tried.faults[0].text(language)} if tried.faults else {},
        refused=tried.refusal.text(language) if tried.refusal else "",
    )
    with reading() as session:
        page = draft_page(session, current_actor(), agency(), draft_id, sent)
    status, headers = status_of(tried.refusal), headers_of(tried.refusal)
    return render_template("studio/draft.html", page=page), status, headers


def _way(draft_id: str, name: str) -> str:
    """Return where the editor of a new file is; raise Invalid for a name that will not do."""
    draft = opened(draft_id)
    form, endpoint = KINDS.get(request.args.get("kind", ""), KINDS["form"])
    path = form.format(name=name)
    if not paths.NAME.fullmatch(name):
        raise Invalid.at(
            "name",
            "Expected 1 to 63 letters, digits, - and _, a letter or digit first, "
            f"but it is {name[:80]!r}",
            "名称应为 1 至 63 个字母、数字、- 或 _，以字母或数字开头",
        )
    if path in draft.files:
        raise Invalid.at(
            "name",
            f"Expected a name that is free, but the draft has {path}",
            f"草稿中已有 {path}，请换一个名称",
        )
    checked_path(draft, path)
    return url_for(endpoint, draft_id=draft_id, name=name)
