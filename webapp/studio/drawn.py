"""Diagrams as a page draws them: every shape named in the reader's language."""

from __future__ import annotations

from functools import lru_cache

from engine.execution.renaming import renamed
from webapp.i18n.diagrams import SHORT, WORDS
from workflows.domain.town_words import for_town


@lru_cache(maxsize=32)
def drawn(data: bytes, language: str, *, town: bool = False) -> bytes:
    """Return a diagram for a page, a town in the place of the park command where it stands so.

    Places for its labels take half a second to find, and every reader asks for the same few.
    """

    def named(written: str, documented: str) -> str:
        english = SHORT.get(written) or documented or WORDS.get(written, written)
        name = english if language == "en" else written
        return for_town(name) if town else name

    return renamed(data, named)
