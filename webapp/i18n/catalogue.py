"""The catalogue of page texts: one key, both languages, no fallback to a bare key.

A missing key is a mistake of ours and raises; a test compares the keys that templates and
views use with the keys written here.
"""

from __future__ import annotations

from collections.abc import Mapping

from webapp.i18n import cases, common, forms, inbox, ledger, studio

Text = tuple[str, str]

LANGUAGES = ("zh", "en")

PARTS: tuple[Mapping[str, Text], ...] = (
    common.TEXTS,
    inbox.TEXTS,
    cases.TEXTS,
    forms.TEXTS,
    ledger.TEXTS,
    studio.TEXTS,
)

TEXTS: Mapping[str, Text] = {key: text for part in PARTS for key, text in part.items()}


def text(key: str, language: str, **values: object) -> str:
    """Return a text with its values set in; raise KeyError for a key nobody wrote."""
    chinese, english = TEXTS[key]
    chosen = english if language == "en" else chinese
    return chosen.format(**values) if values else chosen


def pick(language: str, chinese: str | None, english: str | None) -> str:
    """Return the words of a language, or the other's where there are none."""
    first, second = (english, chinese) if language == "en" else (chinese, english)
    return first or second or ""
