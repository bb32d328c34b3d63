"""Lets submitted data in: only known fields, only what the conditions show, only clean values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, cast

from marshmallow import Schema, ValidationError

from engine.errors import FieldError, Invalid
from engine.forms.components import Component, Offered, Option, fields_of
from engine.forms.conditions import hidden_fields, reserved_names
from engine.forms.schema import Rows
from engine.forms.sentences import Sentence
from engine.forms.values import is_blank

SIZE_LIMIT: Final = 200_000
"""Bytes of one submission as JSON; photos travel as ids."""

_WITHOUT_ZONE: Final = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?", re.ASCII)
_SHOWN_NAME: Final = 80


class Cleaning:
    """The reading of one submission; keeps every error it meets."""

    def __init__(
        self,
        names: Mapping[str, Any],
        options: Mapping[str, Sequence[Option]],
        *,
        assume_beijing: bool,
    ) -> None:
        """Take what conditions may read, the run-time choices and how to read a bare time."""
        self._names = names
        self._options = options
        self._assume_beijing = assume_beijing
        self._errors: list[FieldError] = []

    def clean(
        self, components: Sequence[Component], schema: Schema, data: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Return the clean values; raise Invalid with every error by field."""
        _refuse_size(data)
        cleaned = self._scope(components, schema, data, self._names, "")
        if self._errors:
            raise Invalid(
                f"Expected valid values, but not every one is ({len(self._errors)} to mend)",
                f"有 {len(self._errors)} 处填写不符合要求",
                self._errors,
            )
        return cleaned

    def _scope(
        self,
        components: Sequence[Component],
        schema: Schema,
        data: Mapping[str, Any],
        names: Mapping[str, Any],
        prefix: str,
    ) -> dict[str, Any]:
        fields = list(fields_of(components))
        prepared = self._prepare(fields, data)
        hidden = hidden_fields(components, prepared, names)
        shown = {key: value for key, value in prepared.items() if key not in hidden}
        try:
            loaded = cast("dict[str, Any]", schema.load(shown, partial=tuple(hidden)))
        except ValidationError as error:
            self._keep(error, prefix)
            loaded = cast("dict[str, Any]", error.valid_data)
        for field in fields:
            if field.key in hidden:
                loaded.pop(field.key, None)
            elif isinstance(loaded.get(field.key), list) and field.kind == "dynamiclist":
                rows = cast("Rows", schema.fields[field.key])
                loaded[field.key] = self._rows(rows, loaded[field.key], {**names, **shown}, prefix)
            elif field.options_from is not None and loaded.get(field.key) is not None:
                self._check_choice(field, loaded[field.key], prefix)
        return loaded

    def _prepare(self, fields: Sequence[Component], data: Mapping[str, Any]) -> dict[str, Any]:
        """Drop readonly values, make blank ones None and give bare times their zone."""
        prepared = dict(data)
        for field in fields:
            if field.key not in prepared:
                continue
            value = prepared[field.key]
            if field.readonly:
                del prepared[field.key]
            elif is_blank(value) or _is_unticked(field, value):
                self._blank(field, prepared)
            elif field.kind == "datetime" and self._assume_beijing:
                prepared[field.key] = _with_zone(value)
        return prepared

    def _blank(self, field: Component, prepared: dict[str, Any]) -> None:
        if field.limits.required or field.kind == "checkbox":
            del prepared[field.key]  # missing, so that the schema asks for it
        else:
            prepared[field.key] = None

    def _rows(
        self, rows: Rows, found: Sequence[object], names: Mapping[str, Any], prefix: str
    ) -> list[dict[str, Any]]:
        cleaned: list[dict[str, Any]] = []
        for number, row in enumerate(_without_blank_tail(found)):
            path = f"{prefix}{rows.component.key}.{number}"
            if isinstance(row, Mapping):
                children = rows.component.children
                cleaned.append(self._scope(children, rows.row, row, names, f"{path}."))
            else:
                self._errors.append(Sentence.of("type.row").at(path))
        return cleaned

    def _check_choice(self, field: Component, value: object, prefix: str) -> None:
        offered = self._options.get(field.options_from or "")
        if offered is None:
            return
        known = offered.values if isinstance(offered, Offered) else Offered(offered).values
        chosen = value if isinstance(value, list) else [value]
        if not known.issuperset(chosen):
            self._errors.append(Sentence.of("option").at(f"{prefix}{field.key}"))

    def _keep(self, error: ValidationError, prefix: str) -> None:
        for key, sentence in _sentences(error):
            reserved = sentence == Sentence.of("unknown") and _is_reserved(key)
            said = Sentence.of("reserved") if reserved else sentence
            self._errors.append(said.at(f"{prefix}{key[:_SHOWN_NAME]}"))


def _refuse_size(data: object) -> None:
    if not isinstance(data, Mapping) or not all(isinstance(key, str) for key in data):
        said = Sentence.of("mapping")
        raise Invalid(str(said), said.zh)
    try:
        size = len(json.dumps(dict(data), ensure_ascii=False).encode("utf-8", "surrogatepass"))
    except (TypeError, ValueError, RecursionError) as error:
        said = Sentence.of("mapping")
        raise Invalid(str(said), said.zh) from error
    if size > SIZE_LIMIT:
        said = Sentence.of("oversized", limit=SIZE_LIMIT, value=size)
        raise Invalid(str(said), said.zh)


def _sentences(error: ValidationError) -> Iterator[tuple[str, Sentence]]:
    for key, messages in cast("dict[str, list[object]]", error.messages).items():
        for message in messages:
            yield key, message if isinstance(message, Sentence) else Sentence.of("mapping")


def _is_reserved(key: str) -> bool:
    return key.startswith("_") or key in reserved_names()


def _is_unticked(field: Component, value: object) -> bool:
    # form-js: a required checkbox is one that must be ticked
    return field.kind == "checkbox" and field.limits.required and value in (False, "false", "off")


def _with_zone(value: object) -> object:
    if isinstance(value, str) and _WITHOUT_ZONE.fullmatch(value.strip()):
        return f"{value.strip()}+08:00"
    return value


def _without_blank_tail(rows: Sequence[object]) -> Sequence[object]:
    """Leave out the empty rows that a page appends for the next entry."""
    end = len(rows)
    while end and isinstance(rows[end - 1], Mapping) and _is_blank_row(rows[end - 1]):
        end -= 1
    return rows[:end]


def _is_blank_row(row: object) -> bool:
    return isinstance(row, Mapping) and all(is_blank(value) for value in row.values())
