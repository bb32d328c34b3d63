"""Builds the marshmallow schema of a form: one field a component, each saying its sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from marshmallow import RAISE, Schema, ValidationError, fields, missing

from engine.forms import values
from engine.forms.components import Component, fields_of
from engine.forms.sentences import Sentence

Read = Callable[[Component, object], Any]


class Cell(fields.Field[Any]):
    """The field of one component: reads with the reader of its kind."""

    def __init__(self, component: Component) -> None:
        """Take required and null from the component."""
        required = component.limits.required
        super().__init__(
            required=required,
            allow_none=True,
            load_default=False if component.kind == "checkbox" and not required else missing,
        )
        self.component = component

    def make_error(self, key: str, **kwargs: object) -> ValidationError:
        """Return marshmallow's own complaints in both languages."""
        code = "required" if key in ("required", "null") else key
        return ValidationError(Sentence.of(code, **kwargs))

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        try:
            return READERS[self.component.kind](self.component, value)
        except values.Refused as refused:
            raise ValidationError(refused.sentence) from refused


class Rows(Cell):
    """The field of repeated rows: checks their number; each row has a schema of its own."""

    def __init__(self, component: Component) -> None:
        """Build the schema of a row."""
        super().__init__(component)
        self.row = build_schema(component.children)


def build_schema(components: Sequence[Component]) -> Schema:
    """Return the schema that loads the fields of one scope; unknown keys are refused."""
    cells: dict[str, fields.Field[Any]] = {
        c.key: Rows(c) if c.kind == "dynamiclist" else Cell(c)
        for c in fields_of(components)
        if not c.readonly
    }
    schema = Schema.from_dict(dict(cells), name="FormSchema")(unknown=RAISE)
    schema.error_messages = {**schema.error_messages, "unknown": Sentence.of("unknown")}
    return schema


def _choice(component: Component, value: object) -> str:
    return values.choice_value(_known(component), value)


def _checklist(component: Component, value: object) -> list[str]:
    known = _known(component)
    return values.entries(component, value, lambda item: values.choice_value(known, item))


def _files(component: Component, value: object) -> list[str]:
    return values.entries(component, value, values.file_value)


def _instant(_component: Component, value: object) -> str:
    return values.instant_value(value, assume_beijing=False)


def _rows(component: Component, value: object) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise values.Refused("type.list")
    values.check_count(component, len(value))
    return list(value)


def _known(component: Component) -> frozenset[str] | None:
    if component.options_from is not None:
        return None
    return frozenset(option.value for option in component.options)


READERS: Final[Mapping[str, Read]] = {
    "textfield": values.text_value,
    "textarea": values.text_value,
    "number": values.number_value,
    "date": values.date_value,
    "datetime": _instant,
    "select": _choice,
    "radio": _choice,
    "checkbox": values.boolean_value,
    "checklist": _checklist,
    "filepicker": _files,
    "dynamiclist": _rows,
}
"""The reader of every kind of component that carries a value."""
