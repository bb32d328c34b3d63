"""A form definition: what a person is asked when doing a task, and how the answer is read.

A form is read once from `forms/<process>/<task>.json`, checked as a whole, and from then on
answers four questions: which fields there are, where each is bound, whether submitted data is
acceptable, and what a page has to draw.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema

from engine.errors import FieldError
from engine.forms.cleaning import Cleaning
from engine.forms.components import Binding, Component, Option, fields_of
from engine.forms.designed import designed_fields
from engine.forms.reader import read_form
from engine.forms.rendering import Drawing, Widget
from engine.forms.schema import build_schema
from engine.operations import DesignedField


@dataclass(frozen=True)
class FormDefinition:
    """A checked form; made by `from_json`."""

    id: str
    components: tuple[Component, ...]

    @classmethod
    def from_json(cls, text: str | bytes) -> FormDefinition:
        """Read a form-js schema.

        Raises:
            Invalid: the schema has problems; `errors` holds all of them by component path.
        """
        return cls(*read_form(text))

    @functools.cached_property
    def fields(self) -> tuple[Component, ...]:
        """The components that carry a value, groups taken apart, repeated rows left whole."""
        return tuple(fields_of(self.components))

    def bindings(self) -> dict[str, Binding]:
        """Return where each field is bound, by key; a field without `binds` is left out."""
        return {f.key: f.binding for f in self.fields if f.binding is not None}

    @functools.cached_property
    def flags(self) -> tuple[tuple[str, str], ...]:
        """The keys of the fields that are bound to token flags, each with its flag."""
        bound = self.bindings().items()
        return tuple((key, to.name) for key, to in bound if to.target == "token")

    @functools.cached_property
    def kept(self) -> tuple[tuple[str, DesignedField], ...]:
        """The keys of the fields that are bound to fields of `case.ext`, each with what it adds."""
        return tuple(designed_fields(self.fields))

    def clean(
        self,
        data: Mapping[str, Any],
        *,
        names: Mapping[str, Any] | None = None,
        options: Mapping[str, Sequence[Option]] | None = None,
        assume_beijing: bool = False,
    ) -> dict[str, Any]:
        """Turn submitted data into JSON values, or refuse it.

        A blank optional field that was submitted is None, one that was not is left out; a
        checkbox is always true or false. What a condition hides and what is readonly is
        dropped. Dates are ISO dates, instants RFC 3339 in Beijing time.

        Args:
            data: strings of a page or JSON values of a client, by key.
            names: what `hide` conditions may read besides the fields: `case` and token flags.
            options: the choices of fields with `valuesKey`, by that key.
            assume_beijing: read a time without zone as Beijing time, as a page sends it.

        Raises:
            Invalid: by field, in both languages; rows as `items.0.result`.
        """
        cleaning = Cleaning(names or {}, options or {}, assume_beijing=assume_beijing)
        return cleaning.clean(self.components, self._schema, data)

    @functools.cached_property
    def _schema(self) -> Schema:
        return build_schema(self.components)

    def render_model(
        self,
        values: Mapping[str, Any],
        errors: Sequence[FieldError] = (),
        language: str = "zh",
        *,
        names: Mapping[str, Any] | None = None,
        options: Mapping[str, Sequence[Option]] | None = None,
    ) -> list[Widget]:
        """Return what a page draws: one widget a component, in order, values as strings."""
        drawing = Drawing(language, errors, names or {}, options or {})
        return drawing.draw(self.components, values)
