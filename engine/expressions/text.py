"""String literals: their escapes, read and written."""

from __future__ import annotations

import re
import sys
from typing import Final

_ESCAPE: Final = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{6}|[\s\S])")
_NAMED: Final = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "'": "'", "\\": "\\"}
_SURROGATES: Final = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def unescape(text: str) -> str:
    r"""Read the escapes of a string literal; an unknown one such as `\d` stays as written."""
    return _SURROGATES.sub(_join, _ESCAPE.sub(_read, text))


def quote(text: str) -> str:
    """Write a string as a literal, as `string([…])` shows it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _read(found: re.Match[str]) -> str:
    code = found[1]
    if len(code) > 1:
        number = int(code[1:], 16)
        return chr(number) if number <= sys.maxunicode else found[0]
    return _NAMED.get(code, found[0])


def _join(found: re.Match[str]) -> str:
    return found[0].encode("utf-16", "surrogatepass").decode("utf-16")
