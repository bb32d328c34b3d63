"""The form that begins a case, with its choices now."""

from __future__ import annotations

from typing import Any

from engine.errors import NotAllowed, NotFound
from webapp.accounts.users import MAY_REGISTER
from webapp.api.access import actor, agency, language, needs
from webapp.api.blueprint import Blueprint
from webapp.api.form_json import form_json
from webapp.api.schemas.forms import StartForm
from webapp.context import bihuan
from webapp.intake.registering import beginnings
from workflows.app import ROOT_PROCESS

blueprint = Blueprint("forms", __name__, ("立案表单", "The form that begins a case"))


@blueprint.call("GET", "/forms/<process>", "查看立案表单")
@needs.read
@blueprint.gives(StartForm)
def read_form(process: str) -> dict[str, Any]:
    """Tell the form that begins a case of a process: what `POST /cases` takes as `data`."""
    check_begun_by_people(process)
    if not any(grant.role in MAY_REGISTER for grant in actor().grants):
        raise NotAllowed(
            f"Expected one of the posts {', '.join(sorted(MAY_REGISTER))}, but you hold none",
            "您的岗位不能登记隐患",
        )
    view = bihuan().runtime.start_form(actor(), process, agency())
    values = beginnings(view, actor())
    return {"process": process, "form": form_json(view, language()), "values_": values}


def check_begun_by_people(process: str) -> None:
    """Raise NotFound for a process that only others begin, or that there is none of."""
    if process != ROOT_PROCESS:
        raise NotFound(
            f"Expected a process that people begin, but {process} is none",
            f"没有可由人发起的流程 {process}",
        )
