"""Chinese texts carry Chinese punctuation, whatever keyboard they were typed on."""

from __future__ import annotations

import re
from functools import lru_cache

_WIDE = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？"}
_MARK = re.compile(r"(?<=[\u4e00-\u9fff》）)”\d])([,;:!?])\s?(?=[\u4e00-\u9fff《（(“\d])")
_BRACKETS = re.compile(r"\(([^()]*[\u4e00-\u9fff][^()]*)\)")
_NUMBER = re.compile(r"\d[,:]\d")


@lru_cache(maxsize=4096)
def chinese(text: str) -> str:
    """Return a sentence with full-width marks where Chinese stands beside them.

    Marks within numbers and times stay as they are.
    """
    bracketed = _BRACKETS.sub(r"（\1）", text)
    return _MARK.sub(lambda found: _wide(bracketed, found), bracketed)


def _wide(text: str, found: re.Match[str]) -> str:
    at = found.start()
    if _NUMBER.fullmatch(text[at - 1 : at + 2]):
        return found.group()
    return _WIDE[found.group(1)]
