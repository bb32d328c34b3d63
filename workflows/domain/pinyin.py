"""Keys by which Chinese text is ordered as a dictionary orders it, the same on every database."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

LONGEST = 160
"""Letters of a kept key; texts that are alike so far stand in the order of their numbers."""
_READ = 40
"""Characters of a text that are read."""


@lru_cache(maxsize=4096)
def sort_key(text: str) -> str:
    """Return the pinyin of a text with its tones; what is no Chinese stays, in lower case."""
    plain = unicodedata.normalize("NFKC", text[:_READ]).strip()
    return " ".join(syllables(plain)).lower()[:LONGEST]


def syllables(text: str) -> list[str]:
    """Return the pinyin of a text with tone numbers, what is no Chinese as it is."""
    # The dictionary takes 50 MB: a process that never orders Chinese does without.
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 as above

    return lazy_pinyin(text, style=Style.TONE3)
