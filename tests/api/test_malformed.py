"""A body that cannot be read says where, in both languages, and nothing of it is done."""

from __future__ import annotations

import gzip
from dataclasses import replace
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.api.harness import Zone, refused
from webapp.api.json_faults import DEEPEST
from webapp.api.strict_json import LARGEST_BODY

JSON = "application/json"
ADDRESS = "/definitions/check"


def send(zone: Zone, content: bytes, language: str, **more: Any) -> TestResponse:
    client = replace(zone.client("designer"), language=language)
    return client.send("POST", ADDRESS, data=content, content_type=JSON, **more)


def nested(levels: int) -> bytes:
    return b'{"process":' + b"[" * (levels - 1) + b"]" * (levels - 1) + b"}"


PLACES: list[tuple[bytes, int, int, str, str]] = [
    (b"{", 1, 2, "a name in double quotes", "双引号括起的键名"),
    (b'{"a": 1,\n "b": }', 2, 7, "a value", "应为一个值"),
    (b'{"a": 1\n "b": 2}', 2, 2, "a comma", "逗号"),
    (b'{"a" 1}', 1, 6, "a colon", "冒号"),
    (b"{}\n{}", 2, 1, "nothing more", "不应再有内容"),
    ('{\n "甲": "乙'.encode(), 2, 7, "a closing quote", "没有结束的双引号"),
    (b'{"a": "x\ny"}', 1, 9, "control characters to be escaped", "控制字符应转义"),
    (b'{"a": "\\q"}', 1, 8, "a valid escape", "转义写法无效"),
    (b'{"a": "\\u12"}', 1, 9, "four hexadecimal digits", "四位十六进制数"),
    (b"\xef\xbb\xbf{}", 1, 1, "no byte order mark", "字节顺序标记"),
    ('{"a":\n "中"}'.encode("gbk"), 2, 3, "UTF-8", "编码应为 UTF-8"),
    (nested(DEEPEST + 1), 1, 11 + DEEPEST, f"at most {DEEPEST} levels", f"最多嵌套 {DEEPEST} 层"),
    (b"[" * 100_000, 1, DEEPEST + 1, f"at most {DEEPEST} levels", f"最多嵌套 {DEEPEST} 层"),
]


@pytest.mark.parametrize(("content", "line", "column", "english", "chinese"), PLACES)
def test_what_is_no_json_says_at_which_line_and_column(
    small_zone: Zone, content: bytes, line: int, column: int, english: str, chinese: str
) -> None:
    told = refused(send(small_zone, content, "en"), 400)["detail"]
    assert told.startswith(f"Expected {english}")
    assert f"at line {line}, column {column} of the body, but" in told
    told = refused(send(small_zone, content, "zh"), 400)["detail"]
    assert told.startswith(f"请求内容第 {line} 行第 {column} 列：")
    assert chinese in told


VALUES: list[tuple[bytes, list[str], str, str]] = [
    (b'{"a": NaN}', ["a"], "a finite number", "有限的数字"),
    (b'{"data": {"x": [1, {"y": -Infinity}]}}', ["data.x.1.y"], "a finite number", "有限的数字"),
    (b'{"b": 1e999, "a": Infinity}', ["a", "b"], "a finite number", "有限的数字"),
    (b'{"a": ' + b"9" * 5_000 + b"}", ["a"], "a finite number", "有限的数字"),
    (b"NaN", [""], "a finite number", "有限的数字"),
    (b'{"b": {"a": 1, "a": 2}}', ["b.a"], "every key once", "重复出现"),
    (b'{"b": ["x", "\\u0000"]}', ["b.1"], "without NUL", "NUL"),
    (b'{"a\\u0000": 1}', ["a\ufffd"], "without NUL", "NUL"),
    (b'{"a": "\\ud800"}', ["a"], "whole characters", "不完整的字符"),
]


@pytest.mark.parametrize(("content", "paths", "english", "chinese"), VALUES)
def test_what_cannot_be_kept_is_named_by_its_path(
    small_zone: Zone, content: bytes, paths: list[str], english: str, chinese: str
) -> None:
    told = refused(send(small_zone, content, "en"), 400)
    assert list(told["errors"]) == paths
    assert all(english in sentence for one in told["errors"].values() for sentence in one)
    assert (paths[0] or "the whole body") in told["detail"]
    told = refused(send(small_zone, content, "zh"), 400)
    assert list(told["errors"]) == paths
    assert all(chinese in sentence for one in told["errors"].values() for sentence in one)
    assert (paths[0] or "整个请求") in told["detail"]


def test_a_text_may_speak_of_what_it_may_not_hold(small_zone: Zone) -> None:
    content = b'{"process": "p", "xml": "\\\\u0000 NaN [[[["}'
    assert send(small_zone, content, "en").status_code == 200


def test_as_deep_as_allowed_is_read(small_zone: Zone) -> None:
    refused(send(small_zone, nested(DEEPEST), "en"), 422, "process")


def test_a_text_longer_than_allowed_is_named(small_zone: Zone) -> None:
    content = b'{"process": "' + b"x" * 500 + b'", "xml": "<a/>"}'
    english = refused(send(small_zone, content, "en"), 422, "process")
    assert "between 1 and 128" in english["errors"]["process"][0]
    chinese = refused(send(small_zone, content, "zh"), 422, "process")
    assert "1 与 128" in chinese["errors"]["process"][0]


def test_a_packed_body_is_told_so(small_zone: Zone) -> None:
    for language, said in (("en", "not packed"), ("zh", "不接受压缩")):
        packed = {"Content-Encoding": "gzip"}
        answer = send(small_zone, gzip.compress(b"{}"), language, headers=packed)
        assert said in refused(answer, 415)["detail"]


def test_another_kind_of_content_is_named(small_zone: Zone) -> None:
    client = small_zone.client("inspector1")
    told = refused(client.send("POST", "/cases", data=b"a=1", content_type="text/plain"), 415)
    assert "application/json, but it is text/plain" in told["detail"]
    told = refused(client.send("POST", "/evidence", data=b"{}", content_type=JSON), 415)
    assert "multipart/form-data, but it is application/json" in told["detail"]


@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "long"}])
def test_a_body_that_is_too_long_says_how_long_it_may_be(
    small_zone: Zone, headers: dict[str, str]
) -> None:
    client = small_zone.client("inspector1")
    content = b'{"process": "' + b"x" * LARGEST_BODY + b'"}'
    answer = client.send("POST", "/cases", data=content, content_type=JSON, headers=headers)
    assert str(LARGEST_BODY) in refused(answer, 413)["detail"]
