"""Playing a case on while its scenario is written: the deed that was sent, the form to be drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.errors import FieldError, Invalid
from engine.forms.rendering import Choice, Widget
from webapp.forms.page_form import PageForm, form_of
from webapp.studio.scenario_json import spoken
from workflows.scenarios.rows import KINDS
from workflows.trying.filling import Fill

_MOST_VALUES = 2000
_DEEDS = KINDS[:3]


def fill_of(body: Mapping[str, Any], language: str) -> Fill | None:
    """Return the deed that is filled in, None where the case is only played.

    Raises:
        Invalid: it is none.
    """
    sent = body.get("fill")
    if sent is None:
        return None
    if not isinstance(sent, dict) or sent.get("kind") not in _DEEDS:
        raise Invalid.at("fill", f"Expected one of {', '.join(_DEEDS)}", "fill 应为一次办理")
    texts = {name: sent.get(name, "") for name in ("name", "by", "text", "which")}
    if not all(isinstance(one, str) for one in texts.values()):
        raise Invalid.at("fill", "Expected texts", "fill 的各项应为文字")
    return Fill(
        kind=sent["kind"],
        values=_pairs(sent.get("values")),
        sent=sent.get("sent") is True,
        language=language,
        **texts,
    )


def answer_of(found: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return what a rehearsal answered in one language, without the form's controls."""
    answer = {key: value for key, value in found.items() if key != "form"}
    for name in ("played", "denied", "refused", "faulty"):
        if answer.get(name):
            answer[name] = spoken(answer[name], language)
    if answer.get("stands"):
        tasks = [spoken(one, language) for one in answer["stands"]["tasks"]]
        answer["stands"] = {**answer["stands"], "tasks": tasks}
    return answer


def page_form_of(drawn: Mapping[str, Any], language: str) -> PageForm:
    """Return a form that was drawn in a rehearsal as the inbox shows it."""
    errors = [
        FieldError(one["field"], one["sentence"], one["sentence_zh"]) for one in drawn["errors"]
    ]
    return form_of([_widget(one) for one in drawn["widgets"]], errors, language)


def _widget(value: Mapping[str, Any]) -> Widget:
    return Widget(
        **{
            **value,
            "values": tuple(value["values"]),
            "errors": tuple(value["errors"]),
            "options": tuple(Choice(**one) for one in value["options"]),
            "children": tuple(map(_widget, value["children"])),
            "rows": tuple(tuple(map(_widget, row)) for row in value["rows"]),
            "blank_row": tuple(map(_widget, value["blank_row"])),
        }
    )


def _pairs(sent: object) -> list[tuple[str, str]] | None:
    """Return what was entered, in the order in which a page would post it."""
    if sent is None:
        return None
    if not isinstance(sent, list) or len(sent) > _MOST_VALUES or not all(map(_is_pair, sent)):
        raise Invalid.at("values", "Expected pairs of name and value", "values 应为名称和值的列表")
    return [(name, value) for name, value in sent]


def _is_pair(one: object) -> bool:
    return isinstance(one, list) and len(one) == 2 and all(isinstance(part, str) for part in one)  # noqa: PLR2004 a name and a value
