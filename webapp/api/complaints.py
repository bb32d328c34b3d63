"""Marshmallow's complaints as errors by field, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from engine.errors import FieldError, Invalid
from webapp.api.schemas.common import NO_CURSOR, NO_CURSOR_ZH

CHINESE: tuple[tuple[str, str], ...] = (
    (r"Missing data for required field\.", "必填"),
    (r"Field may not be null\.", "不能为空"),
    (r"Unknown field\.", "未知的字段"),
    (r"Not a valid string\.", "应为文本"),
    (r"Not a valid integer\.", "应为整数"),
    (r"Not a valid number\.", "应为数字"),
    (r"Special numeric values .* are not permitted\.", "应为数字"),
    (r"Not a valid boolean\.", "应为真或假"),
    (r"Not a valid list\.", "应为列表"),
    (r"Not a valid mapping type\.", "应为对象"),
    (r"Invalid input type\.", "应为对象"),
    (r"Not a valid (aware )?datetime\.", "应为带时区的时间(RFC 3339)"),
    (r"Not a valid date\.", "应为日期(年-月-日)"),
    (r"Must be one of: (?P<a>.+)\.", "只能是下列之一：{a}"),
    (
        r"Must be greater than or equal to (?P<a>\S+) and less than or equal to (?P<b>\S+)\.",
        "应在 {a} 与 {b} 之间",
    ),
    (r"Length must be between (?P<a>\d+) and (?P<b>\d+)\.", "长度应在 {a} 与 {b} 之间"),
    (r"Longer than maximum length (?P<a>\d+)\.", "最长 {a} 个字符"),
    (r"String does not match expected pattern\.", "格式不符"),
    (r"Expected either advance or now\.", "advance 与 now 应填且只填一个"),
    (re.escape(NO_CURSOR), NO_CURSOR_ZH),
    (r"Shorter than minimum length (?P<a>\d+)\.", "最短 {a} 个字符"),
)
"""The library's sentences and ours; one that is missing here is told as it is."""


def invalid(messages: Mapping[str, Any]) -> Invalid:
    """Return marshmallow's messages, by location and field, as one refusal."""
    found = [
        FieldError(field, sentence, in_chinese(sentence))
        for by_field in messages.values()
        for field, sentence in _flat(by_field, "")
    ]
    return Invalid(
        "Expected a request that fits its description, but some fields do not",
        "请求内容有误，请按字段提示更正",
        found,
    )


def in_chinese(sentence: str) -> str:
    """Return a complaint in Chinese."""
    for pattern, words in CHINESE:
        fitting = re.fullmatch(pattern, sentence)
        if fitting:
            return words.format(**fitting.groupdict())
    return sentence


def _flat(messages: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            name = "" if key == "_schema" else str(key)
            yield from _flat(inner, ".".join(filter(None, (path, name))))
    elif isinstance(messages, list):
        for one in messages:
            yield from _flat(one, path)
    else:
        yield path, str(messages)
