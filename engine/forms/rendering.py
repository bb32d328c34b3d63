"""What a page draws for a form: plain values that a Jinja macro turns into controls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from engine import clock
from engine.errors import FieldError
from engine.forms.components import LISTS, Component, Kind, Option
from engine.forms.conditions import hidden_components

BLANK_ROW: Final = "__index__"
"""Stands for the number of a row that the page has yet to add."""


@dataclass(frozen=True)
class Choice:
    """One option as drawn."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Widget:
    """One component as drawn, in one language.

    Attributes:
        id: unique in the page and fit for `for=` and CSS, such as `field-items-0-result`.
        name: the name to post, such as `items.0.result`; empty for groups and text.
        kind: the kind of component.
        value: the value as the control wants it; Beijing time without zone for `datetime`.
        values: the chosen values of a checklist, the file ids of a filepicker.
        errors: sentences to show at the field.
        hidden: whether the condition hides it now.
        hide: the condition in FEEL, for a page that follows it while typing.
        children: the widgets of a group.
        rows: the widgets of each row of a dynamic list.
        blank_row: a row to copy for the next entry; its names hold `__index__`.
    """

    id: str
    name: str
    kind: Kind
    label: str
    hint: str = ""
    required: bool = False
    readonly: bool = False
    multiple: bool = False
    value: str = ""
    values: tuple[str, ...] = ()
    checked: bool = False
    options: tuple[Choice, ...] = ()
    errors: tuple[str, ...] = ()
    hidden: bool = False
    hide: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: tuple[Widget, ...] = ()
    rows: tuple[tuple[Widget, ...], ...] = ()
    blank_row: tuple[Widget, ...] = ()


class Drawing:
    """Draws the components of one form for one reader."""

    def __init__(
        self,
        language: str,
        errors: Sequence[FieldError],
        names: Mapping[str, Any],
        options: Mapping[str, Sequence[Option]],
    ) -> None:
        """Take the language, the errors by field, what conditions read, run-time choices."""
        self._language = language
        self._english = language.startswith("en")
        self._errors = errors
        self._names = names
        self._options = options

    def draw(self, components: Sequence[Component], values: Mapping[str, Any]) -> list[Widget]:
        """Return one widget a component, in order."""
        return list(self._scope(components, values, self._names, ""))

    def _scope(
        self,
        components: Sequence[Component],
        values: Mapping[str, Any],
        names: Mapping[str, Any],
        prefix: str,
    ) -> Iterator[Widget]:
        hidden = hidden_components(components, values, names)
        return self._widgets(components, values, names, prefix, hidden)

    def _widgets(
        self,
        components: Sequence[Component],
        values: Mapping[str, Any],
        names: Mapping[str, Any],
        prefix: str,
        hidden: frozenset[int],
    ) -> Iterator[Widget]:
        for number, component in enumerate(components):
            value = values.get(component.key, component.default)
            name = f"{prefix}{component.key}" if component.key else ""
            spot = name or f"{prefix}{component.kind}-{number}"
            inner = {**names, **values}
            yield Widget(
                id=f"field-{spot.replace('.', '-')}",
                name=name,
                kind=component.kind,
                label=component.label if self._english else component.label_zh,
                hint=component.hint if self._english else component.hint_zh,
                required=component.limits.required,
                readonly=component.readonly,
                multiple=component.multiple,
                value=_text(component, value),
                values=tuple(_entries(component, value)),
                checked=component.kind == "checkbox" and value in (True, "true", "on", "1"),
                options=self._choices(component, value),
                errors=tuple(e.text(self._language) for e in self._errors if e.field == name),
                hidden=id(component) in hidden,
                hide=component.hide,
                attributes=_attributes(component),
                children=tuple(self._group(component, values, names, prefix, hidden)),
                rows=tuple(self._rows(component, value, inner, name)),
                blank_row=tuple(self._blank_row(component, inner, name)),
            )

    def _group(
        self,
        component: Component,
        values: Mapping[str, Any],
        names: Mapping[str, Any],
        prefix: str,
        hidden: frozenset[int],
    ) -> Iterator[Widget]:
        if component.kind == "group":
            yield from self._widgets(component.children, values, names, prefix, hidden)

    def _rows(
        self, component: Component, value: object, names: Mapping[str, Any], name: str
    ) -> Iterator[tuple[Widget, ...]]:
        if component.kind != "dynamiclist" or not isinstance(value, list | tuple):
            return
        for number, row in enumerate(value):
            known = row if isinstance(row, Mapping) else {}
            yield tuple(self._scope(component.children, known, names, f"{name}.{number}."))

    def _blank_row(
        self, component: Component, names: Mapping[str, Any], name: str
    ) -> Iterator[Widget]:
        if component.kind == "dynamiclist":
            yield from self._scope(component.children, {}, names, f"{name}.{BLANK_ROW}.")

    def _choices(self, component: Component, value: object) -> tuple[Choice, ...]:
        offered: Sequence[Option] = component.options
        if component.options_from is not None:
            offered = self._options.get(component.options_from, ())
        chosen = value if isinstance(value, list | tuple) else [value]
        return tuple(Choice(o.value, o.text(self._language), o.value in chosen) for o in offered)


def _text(component: Component, value: object) -> str:
    if value is None or component.kind in LISTS or component.kind in ("group", "text", "checkbox"):
        return ""
    if component.kind == "datetime":
        return _local(str(value))
    return str(value)


def _local(value: str) -> str:
    """Return an instant as a `datetime-local` control takes it; anything else as it was typed."""
    try:
        instant = datetime.fromisoformat(value)
    except ValueError:
        return value
    if instant.tzinfo is not None:
        instant = clock.beijing(instant).replace(tzinfo=None)
    return instant.isoformat(timespec="minutes")


def _entries(component: Component, value: object) -> Iterator[str]:
    if component.kind not in ("checklist", "filepicker") or value is None:
        return
    for item in value if isinstance(value, list | tuple) else [value]:
        yield str(item)


def _attributes(component: Component) -> dict[str, str]:
    limits = component.limits
    found = {
        "minlength": limits.min_length,
        "maxlength": limits.max_length,
        "min": limits.minimum,
        "max": limits.maximum,
        "pattern": limits.pattern,
        "step": _step(component),
    }
    return {name: str(value) for name, value in found.items() if value is not None}


def _step(component: Component) -> str | None:
    if component.kind != "number":
        return None
    digits = component.limits.digits
    if digits is None:
        return "any"
    return "1" if digits == 0 else f"0.{'0' * (digits - 1)}1"
