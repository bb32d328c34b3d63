"""Names of people and what people wrote: in the reader's language where there are such words."""

from __future__ import annotations

import re

from webapp.i18n.catalogue import Text, pick

CHINESE = "zh-CN"
_HAN = re.compile(r"[\u3400-\u9fff]")


def spoken(words: str) -> str:
    """Return the language to mark words with that are not the product's own; "" for no mark."""
    return CHINESE if _HAN.search(words) else ""


def person_name(recorded: str, known: Text | None, language: str) -> str:
    """Return a name as recorded, or in the reader's language while the person still bears it."""
    if known is None or recorded not in known:
        return recorded
    return pick(language, *known)
