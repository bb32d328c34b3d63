"""Articles of a Chinese document as an English sentence cites them."""

from __future__ import annotations

import re

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
_NUMERAL = f"[{''.join(_DIGITS)}十百]+"
_CITED = re.compile(rf"\s*[（(]({_NUMERAL})[）)]")
_NAMED = {"结语": "closing words"}


def number(words: str) -> int:
    """Return the value of a Chinese numeral below a thousand."""
    hundreds, _, rest = words.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    found = 100 * _DIGITS.get(hundreds, 0)
    if ten:
        found += 10 * _DIGITS.get(tens.strip("零"), 1)
    return found + _DIGITS.get(ones.strip("零"), 0)


def article(cited: str) -> str:
    """Return `article 15` for an article named by a numeral, else its name."""
    bare = cited.strip("()（）")
    if re.fullmatch(_NUMERAL, bare):
        return f"article {number(bare)}"
    return _NAMED.get(bare, bare)


def in_english(sentence: str) -> str:
    """Return an English sentence with its articles in digits."""
    return _CITED.sub(lambda found: f", article {number(found.group(1))}", sentence)
