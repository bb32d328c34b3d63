"""What operations of designers left on record, as lines of the timeline."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from engine.operations import OWN
from webapp.i18n.catalogue import pick, text
from webapp.presentation.facts import Fact
from webapp.presentation.remaining import day_words, instant_words
from workflows.domain.own_acts import RECORDED_FIELDS, RECORDED_NAME

Data = Mapping[str, Any]


def value_words(kind: str, value: Any, language: str) -> str:  # noqa: ANN401 of any type
    """Return a value of a designer's field in words."""
    if kind == "boolean":
        return text("recorded.yes" if value else "recorded.no", language)
    if kind == "date":
        return day_words(date.fromisoformat(str(value)), language)
    if kind == "date and time":
        return instant_words(datetime.fromisoformat(str(value)), language)
    return str(value)


def _field(data: Data, language: str) -> Iterator[Fact]:
    label = pick(language, data["label"]["zh"], data["label"]["en"]) or data["field"]
    value = data.get("value")
    if value is None:
        yield Fact(label, text("timeline.cleared", language))
    else:
        words = value_words(data["type"], value, language)
        yield Fact(label, words, written=data["type"] == "string")


def _date(data: Data, language: str) -> Iterator[Fact]:
    label = pick(language, data["zh"], data["en"])
    yield Fact(label, day_words(date.fromisoformat(data["due_date"]), language))


def _notice(data: Data, language: str) -> Iterator[Fact]:
    yield Fact(text("timeline.text", language), pick(language, data["zh"], data["en"]))


def own_name(act: str, data: Data, language: str) -> str | None:
    """Return what a designer's act was called when it was done; None for an act of the product."""
    if not act.startswith(OWN):
        return None
    name = data.get(RECORDED_NAME) or {}
    return pick(language, name.get("zh"), name.get("en")) or act


def kept_lines(data: Data, language: str) -> list[Fact]:
    """Return what a step wrote into the fields that designers added."""
    return [
        Fact(
            pick(language, one["zh"], one["en"]) or one["name"],
            value_words(one["type"], one["value"], language),
            written=one["type"] == "string",
        )
        for one in data.get(RECORDED_FIELDS, ())
        if one["value"] is not None
    ]


LINES: Mapping[str, Callable[[Data, str], Iterator[Fact]]] = {
    "case.field_set": _field,
    "deadline.own_started": _date,
    "notice.sent": _notice,
}
