"""What is wrong with a document that is no XML, in words of the product.

The parser tells its faults in English only, with the place at the end of each. The kinds that
people meet are told here in both languages; whatever else it finds is told by its place.
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

_KINDS: Final[tuple[tuple[re.Pattern[str], str, str], ...]] = tuple(
    (re.compile(pattern), zh, en)
    for pattern, zh, en in (
        (r"Document is empty", "文件是空的", "the file is empty"),
        (
            r"Start tag expected, '<' not found",
            "文件应以标签 < 开始，这里不是 XML",
            "a tag is expected where the file begins, and this is no XML",
        ),
        (
            r"Premature end of data in tag (?P<name>\S+) line (?P<at>\d+)",
            "文件到此为止，第 {at} 行的 <{name}> 没有结束标签",
            "the file ends, and <{name}> of line {at} is not closed",
        ),
        (
            r"ending tag mismatch: (?P<name>\S+) line (?P<at>\d+) and (?P<other>[^\s,]+)",
            "第 {at} 行的 <{name}> 由 </{other}> 结束，两个标签不一致",
            "<{name}> of line {at} is closed by </{other}>",
        ),
        (
            r"Entity '(?P<name>[^']*)' not defined",
            "实体 &{name}; 没有定义，XML 只有 &amp; &lt; &gt; &quot; &apos;",
            "the entity &{name}; is not defined; XML has &amp; &lt; &gt; &quot; and &apos; only",
        ),
        (
            r"xmlParseEntityRef|EntityRef: expecting ';'",
            "符号 & 要写成 &amp;",
            "& has to be written as &amp;",
        ),
        (
            r"Unescaped '<' not allowed|StartTag: invalid element name",
            "符号 < 后面不是标签名；文字里的 < 要写成 &lt;",
            "no name of a tag follows <, which is written as &lt; in text",
        ),
        (
            r"AttValue: .* expected",
            "属性的值没有用引号括起来，或引号没有结束",
            "the value of an attribute is not within quotation marks",
        ),
        (
            r"Specification mandates value for attribute (?P<name>[^\s,]+)",
            "属性 {name} 没有值",
            "the attribute {name} has no value",
        ),
        (
            r"Attribute (?P<name>[^\s,]+) redefined",
            "同一个标签里属性 {name} 写了两次",
            "the attribute {name} stands twice in one tag",
        ),
        (
            r"attributes construct error|Blank needed here",
            "属性之间缺少空格，或属性写法有误",
            'attributes have to be written as name="value" with a space between them',
        ),
        (
            r"Couldn't find end of Start Tag (?P<name>[^\s,]+)",
            "标签 <{name}> 没有写完",
            "the tag <{name}> does not end",
        ),
        (r"expected '>'", "标签没有写完，缺少 >", "a tag lacks its >"),
        (
            r"Extra content at the end of the document",
            "最外层的标签结束以后还有内容",
            "something follows after the outermost tag is closed",
        ),
        (
            r"Namespace prefix (?P<name>\S+) .*is not defined",
            "前缀 {name}: 没有用 xmlns:{name} 声明",
            "the prefix {name}: is not declared by xmlns:{name}",
        ),
        (
            r"Unsupported encoding:? ?(?P<name>[^\s,]*)",
            "不支持声明的编码 {name}，请用 UTF-8 保存",
            "the encoding {name} is not supported; save the file as UTF-8",
        ),
        (
            r"Invalid bytes in character encoding|not proper UTF-8|switching encoding",
            "文字与声明的编码不符，请用 UTF-8 保存",
            "the text is not in the encoding that is declared; save the file as UTF-8",
        ),
        (
            r"[Ii]nvalid (?:xml)?Char",
            "含有 XML 不允许的控制字符",
            "there is a control character, which XML does not allow",
        ),
        (
            r"[Cc]omment",
            "注释没有结束，或注释里有两个连字符",
            "a comment does not end, or has two hyphens within it",
        ),
        (
            r"CData section not finished",
            "CDATA 没有结束",
            "a CDATA section does not end",
        ),
        (
            r"XML declaration allowed only at the start",
            "<?xml … ?> 只能写在文件开头，前面不能有空行",
            "<?xml … ?> has to be the very beginning of the file",
        ),
        (
            r"Excessive depth",
            "标签嵌套太深",
            "tags are nested too deep",
        ),
    )
)

_UNKNOWN: Final = ("这里不合 XML 的写法", "what stands here is no XML")


def in_words(error: etree.XMLSyntaxError) -> tuple[str, str]:
    """Return what the parser found, in Chinese and in English, with line and column."""
    line, column = error.position
    zh, en = _kind(str(error.msg))
    return f"第 {line} 行第 {column} 列，{zh}", f"line {line}, column {column}: {en}"


def _kind(message: str) -> tuple[str, str]:
    for pattern, zh, en in _KINDS:
        found = pattern.search(message)
        if found is not None:
            return zh.format(**found.groupdict()), en.format(**found.groupdict())
    return _UNKNOWN
