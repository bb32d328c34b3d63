"""What designers added to a case, as facts of its page: fields under their label, own dates."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from webapp.i18n.catalogue import pick
from webapp.presentation.designed_words import value_words
from webapp.presentation.facts import Fact
from webapp.presentation.remaining import end_words
from workflows.domain import designed_fields, own_dates
from workflows.domain.told import Told


def designed_facts(
    document: Mapping[str, Any], may: Callable[[Told], bool], language: str
) -> Iterator[Fact]:
    """Yield the fields and dates of designers that a reader may know of."""
    for field in designed_fields.shown(document, may):
        words = value_words(field.type, field.value, language)
        yield Fact(pick(language, field.zh, field.en), words, written=field.type == "string")
    for one in own_dates.shown(document, may):
        yield Fact(pick(language, one.zh, one.en), end_words(one.due_at, language))
