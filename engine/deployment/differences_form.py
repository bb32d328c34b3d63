"""What differs between two forms: fields, their words, what they demand, when they are shown."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import PurePosixPath

from engine.deployment.differences_values import Aspects, Change, compared, either, in_order
from engine.forms.components import Component, Limits, Option
from engine.forms.definition import FormDefinition


@dataclass(frozen=True)
class _Field:
    """A component, its group, and its place among what has neither key nor other name."""

    component: Component
    group: str


def form_changes(path: str, before: bytes, after: bytes) -> Iterator[Change]:
    """Yield what differs, field by field, then the order.

    Raises:
        Invalid: one of the two cannot be read.
    """
    was, now = FormDefinition.from_json(before), FormDefinition.from_json(after)
    old, new = _flat(was.components), _flat(now.components)
    for key in in_order(old, new):
        spot = _spot(path, key, either(key, old, new))
        yield from compared(spot, _aspects(old.get(key)), _aspects(new.get(key)))
    kept = [key for key in new if key in old]
    if kept != [key for key in old if key in new]:
        yield Change(path, "form", "changed", now.id, (now.id, now.id), "order")


def _flat(components: Sequence[Component], around: str = "") -> dict[str, _Field]:
    """Return every component by its key, with those around it before it."""
    found: dict[str, _Field] = {}
    for number, one in enumerate(components, start=1):
        # A text has no key: the first words tell it from others, else its place.
        own = one.key or f"{one.kind}:{one.label_zh[:40]}"
        key = f"{around}{own}" if f"{around}{own}" not in found else f"{around}{own}#{number}"
        found[key] = _Field(one, around.removesuffix("."))
        # A group has no scope of its own: its fields may be taken out of it and stay the same.
        inner = _flat(one.children, around if one.kind == "group" else f"{around}{own}.")
        for name, field in inner.items():
            found.setdefault(name, _Field(field.component, own) if one.kind == "group" else field)
    return found


def _spot(path: str, key: str, field: _Field) -> Change:
    one = field.component
    subject = one.kind if one.kind in ("group", "text") else "field"
    title = (one.label_zh or key, one.label or key)
    name = PurePosixPath(path).stem
    return Change(path, subject, "changed", key, title, place=(name, name))


def _aspects(field: _Field | None) -> Aspects | None:
    if field is None:
        return None
    one = field.component
    found: dict[str, str | None] = {
        "label": one.label_zh,
        "label_en": one.label if one.label != one.label_zh else None,
        "hint": one.hint_zh,
        "hint_en": one.hint if one.hint != one.hint_zh else None,
        "type": one.kind,
        "group": field.group,
        "options": ", ".join(map(_option, one.options)),
        "options_from": one.options_from,
        "binding": f"{one.binding.target}.{one.binding.name}" if one.binding else None,
        "hide": one.hide,
        "readonly": _flag(one.readonly),
        "multiple": _flag(one.multiple),
        "initial": None if one.default is None else json.dumps(one.default, ensure_ascii=False),
    }
    return found | _limits(one.limits)


def _limits(limits: Limits) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for name in (one.name for one in fields(limits)):
        value = getattr(limits, name)
        found[f"limit.{name}"] = None if value is None or value is False else str(value)
    return found | {"limit.required": _flag(limits.required)}


def _option(option: Option) -> str:
    english = "" if option.label == option.label_zh else f" / {option.label}"
    return f"{option.label_zh}{english}({option.value})"


def _flag(value: bool) -> str:  # noqa: FBT001 a value, not a mode
    return "true" if value else "false"
