from __future__ import annotations

import re

import pytest

from engine import errors
from engine.execution import xml
from tests.fuzzing.outside import watched


def test_a_document_is_parsed_without_comments_and_instructions() -> None:
    root = xml.safe_parse(b'<?xml version="1.0"?><a><!-- no --><?do it?><b/></a>')

    assert [xml.local_name(child) for child in root] == ["b"]


@pytest.mark.parametrize(
    "source",
    [
        b'<!DOCTYPE a SYSTEM "file:///etc/hostname"><a/>',
        b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
        b"<!doctype a><a/>",
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a><a/>'.encode("utf-16"),
    ],
)
def test_a_document_type_is_refused_in_any_encoding(source: bytes) -> None:
    with pytest.raises(errors.Invalid):
        xml.safe_parse(source)


def test_a_bomb_of_entities_is_refused_without_expanding_it() -> None:
    levels = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12))
    bomb = f'<!DOCTYPE a [<!ENTITY e0 "x">{levels}]><a>&e12;</a>'.encode()

    with pytest.raises(errors.Invalid):
        xml.safe_parse(bomb)


def test_a_parameter_entity_is_refused() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY % x SYSTEM "file:///etc/hostname"> %x;]><a/>'

    with pytest.raises(errors.Invalid):
        xml.safe_parse(bomb)


def test_another_file_is_not_included() -> None:
    root = xml.safe_parse(
        b'<a xmlns:xi="http://www.w3.org/2001/XInclude">'
        b'<xi:include href="file:///etc/hostname" parse="text"/></a>'
    )

    assert "".join(str(text) for text in root.itertext()) == ""


def test_a_stylesheet_and_a_schema_are_not_fetched() -> None:
    with watched():
        root = xml.safe_parse(
            b'<?xml-stylesheet href="file:///etc/hostname"?><a '
            b'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
            b'xsi:schemaLocation="a file:///etc/hostname"/>'
        )

    assert len(root) == 0


def test_a_broken_document_is_refused_with_its_line() -> None:
    with pytest.raises(errors.Invalid) as caught:
        xml.safe_parse(b"<a>\n  <b>\n</a>")

    assert caught.value.details["line"] == 3


@pytest.mark.parametrize(
    ("source", "zh", "en"),
    [
        (
            b"<a>\n  <b>\n",
            "第 3 行第 1 列，文件到此为止，第 2 行的 <b> 没有结束标签",
            "line 3, column 1: the file ends, and <b> of line 2 is not closed",
        ),
        (b"<a>\n<b></a>", "第 2 行的 <b> 由 </a> 结束", "<b> of line 2 is closed by </a>"),
        (b"<a>&copy;</a>", "实体 &copy; 没有定义", "the entity &copy; is not defined"),
        (b"<a>A & B</a>", "符号 & 要写成 &amp;", "& has to be written as &amp;"),
        (
            b"a diagram",
            "第 1 行第 1 列，文件应以标签 < 开始",
            "line 1, column 1: a tag is expected",
        ),
        (b"", "文件是空的", "the file is empty"),
        (
            b'<?xml version="1.0" encoding="none"?><a/>',
            "不支持声明的编码 none",
            "the encoding none is not supported",
        ),
        (
            b'<?xml version="1.0" encoding="UTF-8"?><a>\xff</a>',
            "文字与声明的编码不符",
            "the text is not in the encoding",
        ),
        (b"<b:a/>", "前缀 b: 没有用 xmlns:b 声明", "the prefix b: is not declared"),
        (b"<a b=1/>", "属性的值没有用引号括起来", "not within quotation marks"),
        (b"<a/><b/>", "最外层的标签结束以后还有内容", "after the outermost tag"),
        (b"<a></a", "缺少 >", "lacks its >"),
        (
            b"<a>]]></a>",
            "第 1 行第 4 列，这里不合 XML 的写法",
            "line 1, column 4: what stands here",
        ),
    ],
)
def test_what_is_wrong_with_a_document_is_told_in_both_languages(
    source: bytes, zh: str, en: str
) -> None:
    with pytest.raises(errors.Invalid) as caught:
        xml.safe_parse(source)

    assert zh in caught.value.message_zh
    assert en in caught.value.message
    assert not re.search("[a-z]{4,} [a-z]{4,}", caught.value.message_zh)


@pytest.mark.parametrize("source", [b"", b"   ", b"no xml", b'<?xml encoding="none"?><a/>'])
def test_what_is_no_document_is_refused(source: bytes) -> None:
    with pytest.raises(errors.Invalid):
        xml.safe_parse(source)


def test_a_document_over_the_limit_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(errors.Invalid, match="at most 10 bytes"):
        xml.safe_parse(b"<a></a><!-- -->", limit=10)


def test_elements_nested_too_deep_are_refused_and_the_deepest_lawful_ones_are_not() -> None:
    def nested(depth: int) -> bytes:
        return b"<a>" * depth + b"</a>" * depth

    assert xml.safe_parse(nested(xml.DEPTH_LIMIT)).tag == "a"
    with pytest.raises(errors.Invalid, match="nested"):
        xml.safe_parse(nested(xml.DEPTH_LIMIT + 1))
