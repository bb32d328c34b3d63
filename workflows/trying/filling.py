"""Filling in a form while a case is played: drawn as the inbox draws it, sent, kept as a row."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from engine.errors import BihuanError, FieldError, Invalid
from engine.forms.posted import gather
from engine.forms.rendering import Widget
from engine.ports import Actor
from engine.work import form_view
from engine.work.form_view import FormView
from engine.work.parts import Parts
from workflows.app import ROOT_PROCESS
from workflows.domain.town_form import as_told
from workflows.scenarios import rows, yaml_nodes
from workflows.scenarios.loader import Deed, Start
from workflows.scenarios.player import AGENCY, REFUSED, Story
from workflows.trying.trial import Event

PAGES_OWN: Final = ("csrf_token",)


@dataclass(frozen=True)
class Fill:
    """A deed that is being written: by whom, what was entered or stands in its row.

    `values` are pairs as a page posts them; without them, the answers are those of `text`.
    """

    kind: str
    name: str
    by: str
    values: Sequence[tuple[str, str]] | None
    text: str
    sent: bool
    language: str
    which: str = ""
    """Which of several open tasks of one element."""


def filled(story: Story, fill: Fill) -> Event:
    """Draw the form of a deed; where it was sent, do it, and give its row or why it was refused."""
    view = _view(story, fill, story.actor(fill.by))
    data = _data(view, fill)
    if not fill.sent:
        return {"form": _drawn(view, data, (), fill), "row": None}
    answers = _kept(view, data, fill)
    told: Event = {"form": None, "row": _row(fill, answers)}
    try:
        _do(story, fill, answers)
    except BihuanError as error:
        errors = error.errors if isinstance(error, Invalid) else ()
        told |= {"form": _drawn(view, data, errors, fill), "denied": denied(error)}
    return told


def _view(story: Story, fill: Fill, actor: Actor) -> FormView:
    """Return the form in the words that are true of the case."""
    runtime = story.bihuan.runtime
    parts = Parts(runtime.database, runtime.application, runtime.catalogue)
    if fill.kind == "start":
        return as_told(form_view.start_form(parts, actor, ROOT_PROCESS, AGENCY))
    if fill.kind == "act":
        return as_told(form_view.refused_act_form(parts, actor, story.case, fill.name))
    return as_told(form_view.task_form(parts, actor, story.open_task(fill.name, fill.which).id))


def _data(view: FormView, fill: Fill) -> dict[str, Any]:
    """Return what was entered; before that, the answers of the row, else the starting values."""
    if fill.values is not None:
        return gather(view.form.components, fill.values, leave_out=PAGES_OWN)
    value = yaml_nodes.read(fill.text).value
    found = rows.plain(value) if isinstance(value, dict) else {}
    return {**view.values, **found}


def _do(story: Story, fill: Fill, answers: Mapping[str, Any]) -> None:
    if fill.kind == "start":
        story.begin(Start(fill.by, answers))
    else:
        story.do(Deed(fill.by, fill.name, fill.kind == "task", answers, which=fill.which))


def _row(fill: Fill, answers: Mapping[str, Any]) -> rows.Row:
    text = rows.lines(answers)
    row = {"kind": fill.kind, "by": fill.by, "name": fill.name, "text": text, "refused": ""}
    return row | ({"which": fill.which} if fill.which else {})


def denied(error: BihuanError) -> Event:
    """Return a refusal, with the name that a scenario gives it; "" where it has none."""
    kind = next((name for name, of in REFUSED.items() if type(error) is of), "")
    return {"kind": kind, "sentence": error.text("en"), "sentence_zh": error.text("zh")}


def _drawn(
    view: FormView, data: Mapping[str, Any], errors: Sequence[FieldError], fill: Fill
) -> Event:
    """Return the form as JSON; files stand beside it by name, since a scenario keeps none."""
    pickers = [one.key for one in view.form.fields if one.kind == "filepicker"]
    widgets = view.form.render_model(
        {key: value for key, value in data.items() if key not in pickers},
        errors,
        fill.language,
        names=view.names,
        options=view.options,
    )
    return {
        "widgets": [dataclasses.asdict(one) for one in widgets],
        "errors": [
            {"field": one.field, "sentence": one.text("en"), "sentence_zh": one.text("zh")}
            for one in errors
        ],
        "files": {key: list(data.get(key) or ()) for key in pickers},
    }


def _kept(view: FormView, data: Mapping[str, Any], fill: Fill) -> dict[str, Any]:
    """Return the answers that a person would have given: nothing blank, hidden or read only."""
    widgets = view.form.render_model(
        {key: value for key, value in data.items() if not isinstance(value, list)},
        (),
        fill.language,
        names=view.names,
        options=view.options,
    )
    unseen = {one.name for one in _unseen(widgets)}
    ticks = {one.key for one in view.form.fields if one.kind == "checkbox"}
    given = {key: _answer(value) for key, value in data.items() if key not in unseen}
    return {
        key: value == "true" if key in ticks else value
        for key, value in given.items()
        if value not in (None, "", [], {})
    }


def _answer(value: Any) -> Any:  # noqa: ANN401 what a form gathers
    if isinstance(value, list):
        return [one for one in map(_answer, value) if one not in ("", {})]
    if isinstance(value, Mapping):
        return {key: inner for key, one in value.items() if (inner := _answer(one)) not in ("", [])}
    return value


def _unseen(widgets: Sequence[Widget], *, hidden: bool = False) -> Iterator[Widget]:
    for one in widgets:
        if hidden or one.hidden or one.readonly:
            yield one
        yield from _unseen(one.children, hidden=hidden or one.hidden)
