"""Gathers the flat name-value pairs that a page posts into the shape of the form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from engine.forms.components import LISTS, Component, fields_of
from engine.forms.rendering import BLANK_ROW
from engine.forms.values import ENTRY_LIMIT

_ROW: Final = re.compile(r"([a-z][a-z0-9_]*)\.(\d{1,4})\.(.+)")


def gather(
    components: Sequence[Component],
    pairs: Iterable[tuple[str, str]],
    *,
    leave_out: Iterable[str] = (),
) -> dict[str, Any]:
    """Return submitted data with lists for what may repeat and rows for `items.0.result`.

    Names that the form does not know are kept, so that cleaning refuses them; `leave_out` names
    what a page adds of its own, such as its CSRF token. Rows keep their order, not their number.
    """
    ignored = frozenset(leave_out)
    kept = [(n, v) for n, v in pairs if n not in ignored and BLANK_ROW not in n.split(".")]
    return _scope({c.key: c for c in fields_of(components)}, kept)


def _scope(known: Mapping[str, Component], pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    rows: dict[str, dict[int, list[tuple[str, str]]]] = {}
    for name, value in pairs:
        match = _ROW.fullmatch(name)
        component = known.get(match.group(1) if match else name)
        if match and component is not None and component.kind == "dynamiclist":
            number, inner = int(match.group(2)), match.group(3)
            rows.setdefault(component.key, {}).setdefault(number, []).append((inner, value))
        elif component is not None and component.kind in LISTS:
            data.setdefault(name, []).extend([value] if value else [])
        else:
            data[name] = value
    for key, by_number in rows.items():
        children = {c.key: c for c in fields_of(known[key].children)}
        ordered = [by_number[number] for number in sorted(by_number)][: ENTRY_LIMIT + 1]
        data[key] = [_scope(children, row) for row in ordered]
    return data
