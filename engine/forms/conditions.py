"""The `hide` conditions of a form, evaluated on the server with the fields' own values."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from engine.errors import Invalid
from engine.expressions import feel
from engine.expressions.builtins import BUILTINS
from engine.forms.components import Component, fields_of
from engine.forms.schema import READERS
from engine.forms.values import Refused, is_blank

_ALWAYS_RESERVED: Final = frozenset({"typename", "case"})


@functools.cache
def reserved_names() -> frozenset[str]:
    """Return the names that no field may bear: registry words and built-in functions."""
    return _ALWAYS_RESERVED | frozenset(BUILTINS)


def condition_problem(expression: str) -> Invalid | None:
    """Return what keeps a text from being a FEEL expression; None if it is one."""
    try:
        feel.parse(expression)
    except Invalid as error:
        return error
    return None


def hidden_fields(
    components: Sequence[Component], values: Mapping[str, Any], names: Mapping[str, Any]
) -> frozenset[str]:
    """Return the keys that the conditions hide, those inside hidden groups included."""
    hidden = hidden_components(components, values, names)
    return frozenset(_hidden_keys(components, hidden, above=False))


def hidden_components(
    components: Sequence[Component], values: Mapping[str, Any], names: Mapping[str, Any]
) -> frozenset[int]:
    """Return the identities of the components whose own condition hides them.

    A hidden field reads as null for the conditions of the others, so the answer is sought until
    it stands still; conditions that hide each other in turn end after as many rounds as fields.
    """
    conditional = [c for c in _all(components) if c.hide is not None]
    if not conditional:
        return frozenset()
    readable = {c.key: _feel_value(c, values.get(c.key)) for c in fields_of(components)}
    hidden: frozenset[int] = frozenset()
    for _ in range(len(conditional) + 1):
        gone = _hidden_keys(components, hidden, above=False)
        seen = {**names, **readable, **dict.fromkeys(gone)}
        found = frozenset(id(c) for c in conditional if _holds(c.hide or "", seen))
        if found == hidden:
            break
        hidden = found
    return hidden


def _holds(expression: str, names: Mapping[str, Any]) -> bool:
    # A name that nobody gave, such as the case before there is one, reads as null.
    known = {path[0]: names.get(path[0]) for path in feel.references(expression)}
    return feel.evaluate(expression, known) is True


def _all(components: Sequence[Component]) -> Iterator[Component]:
    for component in components:
        yield component
        if component.kind == "group":
            yield from _all(component.children)


def _hidden_keys(
    components: Sequence[Component], hidden: frozenset[int], *, above: bool
) -> Iterator[str]:
    for component in components:
        gone = above or id(component) in hidden
        if component.kind == "group":
            yield from _hidden_keys(component.children, hidden, above=gone)
        elif gone and component.has_value:
            yield component.key


def _feel_value(component: Component, value: object) -> object:
    if is_blank(value):
        return False if component.kind == "checkbox" else None
    try:
        read = READERS[component.kind](component, value)
    except Refused:
        return None  # said at the field itself; a condition reads null
    if component.kind == "date":
        return date.fromisoformat(read)
    return datetime.fromisoformat(read) if component.kind == "datetime" else read
