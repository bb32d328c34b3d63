"""What is wrong with a JSON text and where: by line and column, or by the path of a value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Any

from engine.errors import FieldError
from webapp.api.worded import Malformed

DEEPEST = 64
"""Objects and lists within one another; no form of ours is nearly as deep."""

_LONGEST_PATH = 200
_MOST = 50
_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.DOTALL)
_HALF = re.compile("[\ud800-\udfff]")

WORDS: tuple[tuple[str, str, str], ...] = (
    ("Expecting value", "此处应为一个值", "a value"),
    ("Expecting property name", "此处应为双引号括起的键名", "a name in double quotes"),
    ("Expecting ':'", "此处应为冒号", "a colon"),
    ("Expecting ','", "此处应为逗号或结束的括号", "a comma or a closing bracket"),
    ("Unterminated string", "从此处开始的文本没有结束的双引号", "a closing quote to this text"),
    ("Invalid control", "文本中的换行等控制字符应转义", "control characters to be escaped"),
    ("Invalid \\escape", "反斜杠后的转义写法无效", "a valid escape after the backslash"),
    ("Invalid \\uXXXX", "\\u 后应为四位十六进制数", "four hexadecimal digits after \\u"),
    ("Extra data", "JSON 到此已经结束，之后不应再有内容", "nothing more after the JSON value"),
    (
        "Unexpected UTF-8 BOM",
        "开头不应有字节顺序标记（BOM）",
        "no byte order mark at the beginning",
    ),
)
"""How the library's complaints begin, and what is told instead: Chinese, English."""


class Twins(dict[str, Any]):
    """An object that names a key twice, which another reader may read differently."""

    repeated: str = ""


def at_place(text: str, place: int, english: str, chinese: str) -> Malformed:
    """Return what is wrong at a place of a text, by line and column."""
    line = text.count("\n", 0, place) + 1
    column = place - (text.rfind("\n", 0, place) + 1) + 1
    return Malformed(
        f"Expected {english} at line {line}, column {column} of the body, but found something else",
        f"请求内容第 {line} 行第 {column} 列：{chinese}",
    )


def syntax(text: str, complaint: str, place: int) -> Malformed:
    """Return the library's complaint at a place, in both languages."""
    for begin, chinese, english in WORDS:
        if complaint.startswith(begin):
            return at_place(text, place, english, chinese)
    return at_place(text, place, "well-formed JSON", "JSON 格式有误")


def encoding(content: bytes, error: UnicodeDecodeError) -> Malformed:
    """Return that a text is no UTF-8, and from where on."""
    before = content[: error.start].decode("utf-8")
    return at_place(before, len(before), "UTF-8", "编码应为 UTF-8")


def too_deep(text: str) -> Malformed:
    """Return that values are nested too deep, and where."""
    depth = 0
    for found in _STRING_OR_BRACKET.finditer(text):
        mark = found.group()
        depth += (mark in "[{") - (mark in "]}")
        if depth > DEEPEST:
            break
    words = f"at most {DEEPEST} levels of objects and lists"
    return at_place(text, found.start(), words, f"对象和列表最多嵌套 {DEEPEST} 层")


def is_too_deep(value: Any) -> bool:  # noqa: ANN401 any JSON value
    """Return whether values are nested too deep."""
    level = [value]
    for _ in range(DEEPEST):
        level = [
            inner
            for one in level
            if isinstance(one, (dict, list))
            for inner in (one.values() if isinstance(one, dict) else one)
            if isinstance(inner, (dict, list))
        ]
        if not level:
            return False
    return True


def unkept(value: Any) -> Iterator[FieldError]:  # noqa: ANN401 any JSON value
    """Yield what cannot be kept in a JSON value, by the path of it."""
    waiting: list[tuple[Any, Any]] = [((), value)]
    while waiting:
        place, one = waiting.pop()
        if isinstance(one, (dict, list)):
            if isinstance(one, dict):
                yield from _of_keys(place, one)
            pairs = one.items() if isinstance(one, dict) else enumerate(one)
            waiting += [((place, name), inner) for name, inner in pairs if inner]
        elif isinstance(one, (str, float)):
            yield from _of_value(place, one)


def told(errors: Sequence[FieldError]) -> Malformed:
    """Return what cannot be kept as one refusal; its sentence is the first by path."""
    ordered = sorted(errors, key=lambda error: error.field)
    first = ordered[0]
    return Malformed(
        f"{first.message} (at {first.field or 'the whole body'})",
        f"{first.field or '整个请求'}：{first.message_zh}",
        ordered[:_MOST],
    )


def _of_keys(place: Any, one: dict[str, Any]) -> Iterator[FieldError]:  # noqa: ANN401 pairs in pairs
    if isinstance(one, Twins):
        yield FieldError(
            _path((place, one.repeated)),
            "Expected every key once, but this one is repeated",
            "同一个键重复出现",
        )
    for name in one:
        yield from _of_value((place, name), name)


def _of_value(place: Any, one: str | float) -> Iterator[FieldError]:  # noqa: ANN401 the same
    if isinstance(one, float):
        if not isfinite(one):
            english, chinese = "Expected a finite number, but it is none", "应为有限的数字"
            yield FieldError(_path(place), english, chinese)
    elif "\x00" in one:
        english, chinese = "Expected a text without NUL, but it holds one", "文本中不能有 NUL 字符"
        yield FieldError(_path(place), english, chinese)
    elif not one.isascii() and _HALF.search(one):
        english = "Expected a text of whole characters, but it holds half of a surrogate pair"
        yield FieldError(_path(place), english, "文本中有不完整的字符（代理对只有一半）")


def _path(place: Any) -> str:  # noqa: ANN401 the same
    names = []
    while place:
        place, name = place
        names.append(_shown(str(name)))
    return ".".join(reversed(names))[:_LONGEST_PATH]


def _shown(name: str) -> str:
    return _HALF.sub("\ufffd", name).replace("\x00", "\ufffd")
