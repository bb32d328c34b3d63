"""The fields that designers add to a case: `case.ext`, each with its type, label and readers.

The type and label of a value are kept beside it, so that a page shows what was meant when it was
written, whichever version of a process the case has gone on to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from engine.errors import Incident
from engine.operations import DesignedField, as_type
from engine.ports import JsonMap
from workflows.domain import told
from workflows.domain.told import Told

KEPT: Final = frozenset({"fatality"})
"""Names within `case.ext` that acts of the product use."""

EVERYBODY: Final = "everybody"

EXT: Final = "ext"
EXT_FIELDS: Final = "ext_fields"
"""Where the document keeps the values, and their types, labels and readers."""


@dataclass(frozen=True)
class Shown:
    """A field as a page shows it: its label in both languages, type, value, and for whom it is."""

    name: str
    type: str
    zh: str
    en: str
    value: Any
    told: Told


def write(data: JsonMap, field: DesignedField, value: object, whose: Told) -> None:
    """Write a field of a case document.

    Raises:
        Incident: the value is not of the field's type, or the name is the product's.
    """
    kept = as_type(value, field.type)
    if kept is ... or field.name in KEPT:
        raise Incident(
            f"Expected {field.name} as a {field.type}, but it is {value!r}",
            f"字段 {field.name} 应为 {field.type}，实际为 {value}",
            field=field.name,
        )
    about = {"type": field.type, "zh": field.zh, "en": field.en, "told": whose.value}
    before = data.get(EXT_FIELDS, {})
    known = before.get(field.name, {})
    # A label that is not given at an operation may have been given by a form before.
    named = {key: about[key] or known.get(key, "") for key in ("zh", "en")}
    data[EXT] = {**data[EXT], field.name: kept}
    data[EXT_FIELDS] = {**before, field.name: about | named}


def audience(process: str, *, everybody: bool) -> Told:
    """Return whose a field is to know that an operation of a process writes."""
    whose = told.PROCESSES.get(process)
    return whose or (Told.ALL if everybody else Told.OPINIONS)


def view(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what expressions read as `case.ext`: dates as dates."""
    known = data.get(EXT_FIELDS, {})
    read = {name: _READ.get(about["type"], _as_is) for name, about in known.items()}
    return {
        name: None if value is None else read.get(name, _as_is)(value)
        for name, value in data[EXT].items()
    }


def shown(data: Mapping[str, Any], may: Callable[[Told], bool]) -> list[Shown]:
    """Return the fields that have a value and are somebody's to know, in the order of writing."""
    found = (
        Shown(
            name,
            about["type"],
            about["zh"] or name,
            about["en"] or about["zh"] or name,
            data[EXT].get(name),
            Told(about["told"]),
        )
        for name, about in data.get(EXT_FIELDS, {}).items()
    )
    return [one for one in found if one.value is not None and may(one.told)]


def _as_is(value: Any) -> Any:  # noqa: ANN401 whatever the field holds
    return value


_READ: Final[Mapping[str, Callable[[Any], Any]]] = {
    "date": date.fromisoformat,
    "date and time": datetime.fromisoformat,
}
