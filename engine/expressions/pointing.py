"""Shows the line of an expression with a mark under the place that a message speaks of."""

from __future__ import annotations

import unicodedata
from typing import Final

from engine.expressions.errors import FeelError

_BEFORE: Final = 50
_SHOWN: Final = 76


def pointed(error: FeelError) -> list[str]:
    """Return the line of the expression and the line with the mark; none if the place is unknown.

    A long line is cut around the place. The mark allows for letters that take two columns of a
    terminal.
    """
    if not error.line or not error.source:
        return []
    line = error.source.split("\n")[error.line - 1].replace("\t", " ").replace("\r", " ")
    start = max(0, error.column - 1 - _BEFORE)
    ahead = "…" if start else ""
    after = "…" if len(line) > start + _SHOWN else ""
    before = ahead + line[start : error.column - 1]
    return [f"{ahead}{line[start : start + _SHOWN]}{after}", " " * _columns(before) + "^"]


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
