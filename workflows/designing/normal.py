"""Files as they are kept in a version and exported: written alike, so that git shows changes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from engine.errors import Invalid
from engine.execution.normal_xml import normal as normal_xml

_FIRST: Final = (
    *("type", "id", "key", "schemaVersion", "label", "value", "subtype", "dateLabel"),
    *("description", "path", "validate", "decimalDigits", "defaultValue", "multiple"),
    *("conditional", "readonly", "values", "valuesKey", "components", "properties"),
)
"""How the forms of the source tree order their keys; what is not named keeps its place behind."""

_RANK: Final = {name: place for place, name in enumerate(_FIRST)}


def normal(path: str, data: bytes) -> bytes:
    """Return a file as it is kept; one that cannot be read stays as it is."""
    try:
        if path.endswith((".bpmn", ".dmn")):
            return normal_xml(data)
        if path.endswith(".json"):
            return _json(data)
        return _text(data)
    except (Invalid, ValueError, RecursionError):
        return data


def same(path: str, one: bytes | None, other: bytes | None) -> bool:
    """Return whether two files say the same, however they are written."""
    if one is None or other is None or one == other:
        return one == other
    return normal(path, one) == normal(path, other)


def kept(files: Mapping[str, bytes], base: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return files as they are kept; one that says what its base says is written as that was."""
    return {
        path: base[path] if same(path, data, base.get(path)) else normal(path, data)
        for path, data in sorted(files.items())
    }


def _json(data: bytes) -> bytes:
    value = _ordered(json.loads(data))
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()


def _ordered(value: Any) -> Any:  # noqa: ANN401 any JSON value
    if isinstance(value, list):
        return [_ordered(one) for one in value]
    if not isinstance(value, dict):
        return value
    names = sorted(value, key=lambda name: _RANK.get(name, len(_FIRST)))
    return {name: _ordered(value[name]) for name in names}


def _text(data: bytes) -> bytes:
    lines = data.decode().replace("\r\n", "\n").replace("\r", "\n").split("\n")
    text = "\n".join(line.rstrip() for line in lines).rstrip("\n")
    return f"{text}\n".encode()
