"""Fields of the case that a form adds to it: the type follows from the kind, the label is its."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from engine.forms.components import Component
from engine.operations import DesignedField

HELD: Final = {
    "textfield": "string",
    "textarea": "string",
    "number": "number",
    "date": "date",
    "datetime": "date and time",
    "select": "string",
    "radio": "string",
    "checkbox": "boolean",
}
"""The FEEL type of a field that is bound to the case, by the kind of the form's field."""


def designed_fields(components: Iterable[Component]) -> Iterator[tuple[str, DesignedField]]:
    """Yield the keys of the fields that are bound to `case.ext`, each with what it adds."""
    for one in components:
        if one.binding is not None and one.binding.target == "ext" and one.kind in HELD:
            yield one.key, DesignedField(one.binding.name, HELD[one.kind], one.label_zh, one.label)
