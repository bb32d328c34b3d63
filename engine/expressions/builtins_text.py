"""Built-in functions over strings, and the conversions to string and number."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from engine.expressions import patterns, temporal
from engine.expressions.function import Function, declare
from engine.expressions.text import quote
from engine.expressions.types import DECIMAL, Closure, Range, Value

_WORDS: Final = {True: "true", False: "false"}
_READABLE: Final = 40
_NUMBER: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,6})?", re.ASCII)


def to_string(value: Value) -> str | None:
    """Return the text of a value as `string()` has it; null has none."""
    if value is None or isinstance(value, Closure):
        return None
    return value if isinstance(value, str) else shown(value)


def shown(value: Value) -> str:
    """Return a value as it would be written in an expression."""
    if value is None or isinstance(value, bool | Closure):
        return _WORDS.get(value, "null") if isinstance(value, bool) else "null"
    if isinstance(value, str | Decimal):
        return quote(value) if isinstance(value, str) else number_text(value)
    return _shown_structure(value)


def _shown_structure(value: Value) -> str:
    if isinstance(value, list):
        return f"[{', '.join(shown(item) for item in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_key(key)}: {shown(item)}' for key, item in value.items())}}}"
    if isinstance(value, Range):
        ends = "[" if value.low_closed else "(", "]" if value.high_closed else ")"
        return f"{ends[0]}{shown(value.low)}..{shown(value.high)}{ends[1]}"
    return temporal.to_text(value)  # type: ignore[arg-type]


def _key(key: str) -> str:
    return key if re.fullmatch(r"[^\W\d]\w*( \w+)*", key) else quote(key)


def number_text(value: Decimal) -> str:
    """Return a number without exponent as far as that stays readable."""
    if abs(value.adjusted()) > _READABLE:
        return str(value.normalize(DECIMAL))
    return format(value, "f")


def to_number(text: str, grouping: str | None = None, decimal: str | None = None) -> Value:
    """Read a number; separators are a space, comma or point."""
    if grouping not in {None, " ", ",", "."} or decimal not in {None, ",", "."}:
        return None
    if grouping is not None and grouping == decimal:
        return None
    plain = text.replace(grouping, "") if grouping else text
    if decimal == ",":
        plain = plain.replace(".", "?").replace(",", ".")
    if not _NUMBER.fullmatch(plain):
        return None
    return DECIMAL.plus(Decimal(plain))


def substring(text: str, start: Decimal, length: Decimal | None = None) -> Value:
    """Return part of a text; the first character is 1, the last -1."""
    if start == 0 or start % 1 or abs(start) > len(text):
        return None if start == 0 or start % 1 or start < 0 else ""
    if length is not None and length < 1:
        return None
    begin = int(start) - 1 if start > 0 else len(text) + int(start)
    if length is None or length >= len(text):
        return text[begin:]
    return text[begin : begin + int(length)]


def substring_before(text: str, match: str) -> str:
    """Return what stands before the first match; nothing if there is none."""
    return text.partition(match)[0] if match and match in text else ""


def substring_after(text: str, match: str) -> str:
    """Return what stands behind the first match; nothing if there is none."""
    return text.partition(match)[2] if match else text


def join(items: list[Value], delimiter: str | None = None) -> Value:
    """Join strings, leaving out null."""
    texts = [item for item in items if item is not None]
    if not all(isinstance(text, str) for text in texts):
        return None
    return (delimiter or "").join(str(text) for text in texts)


FUNCTIONS: Final[tuple[Function, ...]] = (
    declare("string(from: any) -> string", to_string),
    declare("number(from: string) -> number", to_number),
    declare(
        "number(from: string, grouping separator: string?, decimal separator?: string?) -> number",
        to_number,
    ),
    declare("string length(string: string) -> number", lambda text: Decimal(len(text))),
    declare(
        "substring(string: string, start position: number, length?: number?) -> string", substring
    ),
    declare("upper case(string: string) -> string", lambda text: text.upper()),
    declare("lower case(string: string) -> string", lambda text: text.lower()),
    declare("substring before(string: string, match: string) -> string", substring_before),
    declare("substring after(string: string, match: string) -> string", substring_after),
    declare("contains(string: string, match: string) -> boolean", lambda text, part: part in text),
    declare(
        "starts with(string: string, match: string) -> boolean",
        lambda text, part: text.startswith(part),
    ),
    declare(
        "ends with(string: string, match: string) -> boolean",
        lambda text, part: text.endswith(part),
    ),
    declare(
        "matches(input: string, pattern: string, flags?: string?) -> boolean", patterns.matches
    ),
    declare(
        "replace(input: string, pattern: string, replacement: string, flags?: string?) -> string",
        patterns.replace,
    ),
    declare("split(string: string, delimiter: string) -> list", patterns.split),
    declare("string join(list: list, delimiter?: string?) -> string", join),
    declare("trim(string: string) -> string", lambda text: text.strip()),
    declare("is blank(string: string) -> boolean", lambda text: not text.strip()),
)
