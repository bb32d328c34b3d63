"""A form as a program reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.forms.components import Component, Limits, Option
from engine.forms.definition import FormDefinition
from engine.work.form_view import FormView
from workflows.domain.town_form import as_told


def form_json(view: FormView, language: str) -> dict[str, Any]:
    """Return a form with its run-time choices in a language."""
    told = as_told(view)
    return fields_json(told.form, told.options, language)


def fields_json(
    form: FormDefinition, options: Mapping[str, Sequence[Option]], language: str
) -> dict[str, Any]:
    """Return a form that belongs to no case, with its choices."""
    return {
        "id": form.id,
        "fields_": [_field(one, options, language) for one in form.components],
    }


def _field(
    one: Component, options: Mapping[str, Sequence[Option]], language: str
) -> dict[str, Any]:
    english = language == "en"
    offered = options.get(one.options_from, ()) if one.options_from else one.options
    return {
        "key": one.key,
        "kind": one.kind,
        "label": one.label if english else one.label_zh,
        "hint": one.hint if english else one.hint_zh,
        "required": one.limits.required,
        "readonly": one.readonly,
        "multiple": one.multiple,
        "default": one.default,
        "hide": one.hide,
        "limits": _limits(one.limits),
        "options": [{"value": o.value, "label": o.text(language)} for o in offered],
        "children": [_field(child, options, language) for child in one.children],
    }


def _limits(limits: Limits) -> dict[str, Any]:
    found = {
        "min_length": limits.min_length,
        "max_length": limits.max_length,
        "minimum": limits.minimum,
        "maximum": limits.maximum,
        "pattern": limits.pattern,
        "digits": limits.digits,
    }
    return {name: value for name, value in found.items() if value is not None}
