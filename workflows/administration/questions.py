"""Forms of the administration, written as form-js like every other form of the product."""

from __future__ import annotations

import json
from typing import Any

from engine.forms.definition import FormDefinition

Question = dict[str, Any]


def form(name: str, *questions: Question) -> FormDefinition:
    """Return a checked form."""
    schema = {"type": "default", "id": name, "schemaVersion": 16, "components": list(questions)}
    return FormDefinition.from_json(json.dumps(schema))


def text(
    key: str,
    words: tuple[str, str],
    *,
    longest: int = 200,
    required: bool = True,
    hint: tuple[str, str] | None = None,
    pattern: str = "",
) -> Question:
    """Ask for one line, which must match a pattern as a whole where there is one."""
    asked = _question("textfield", key, words, hint, required=required)
    asked["validate"]["maxLength"] = longest
    if pattern:
        asked["validate"]["pattern"] = pattern
    return asked


def number(key: str, words: tuple[str, str], *, least: int, most: int) -> Question:
    """Ask for a whole number within bounds, which are told beside it."""
    hint = (f"{least} 至 {most}", f"{least} to {most}")
    asked = _question("number", key, words, hint, required=True)
    asked["validate"] |= {"min": least, "max": most}
    return asked | {"decimalDigits": 0}


def lines(key: str, words: tuple[str, str], *, required: bool = False) -> Question:
    """Ask for some lines."""
    asked = _question("textarea", key, words, None, required=required)
    asked["validate"]["maxLength"] = 500
    return asked


def day(
    key: str,
    words: tuple[str, str],
    *,
    required: bool = True,
    hint: tuple[str, str] | None = None,
) -> Question:
    """Ask for a date."""
    asked = _question("datetime", key, words, hint, required=required)
    return asked | {"subtype": "date", "dateLabel": words[0]}


def choose(
    key: str,
    words: tuple[str, str],
    source: str,
    *,
    required: bool = True,
    hint: tuple[str, str] | None = None,
) -> Question:
    """Ask for one of what the zone holds now."""
    return _question("select", key, words, hint, required=required) | {"valuesKey": source}


def pick(key: str, words: tuple[str, str], offered: dict[str, tuple[str, str]]) -> Question:
    """Ask for one of a fixed list."""
    asked = _question("radio", key, words, None, required=True)
    asked["values"] = [{"value": name, "label": zh} for name, (zh, _) in offered.items()]
    asked["properties"]["values_en"] = {name: en for name, (_, en) in offered.items()}
    return asked


def tick(key: str, words: tuple[str, str], hint: tuple[str, str] | None = None) -> Question:
    """Ask for a yes or no."""
    return _question("checkbox", key, words, hint, required=False)


def _question(
    kind: str,
    key: str,
    words: tuple[str, str],
    hint: tuple[str, str] | None,
    *,
    required: bool,
) -> Question:
    asked: Question = {
        "type": kind,
        "key": key,
        "label": words[0],
        "validate": {"required": True} if required else {},
        "properties": {"label_en": words[1]},
    }
    if hint is not None:
        asked["description"] = hint[0]
        asked["properties"]["hint_en"] = hint[1]
    return asked
