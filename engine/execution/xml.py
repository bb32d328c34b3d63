"""The one way an XML document of a designer enters: bounded, without DOCTYPE, without a network.

Every reader of the room (diagrams, decision tables, exports) parses through `safe_parse`, so a
hostile file is refused in one place: too large, too deep, with a document type or entities, or
simply not well formed.
"""

from __future__ import annotations

from typing import Final

from lxml import etree

from engine import errors
from engine.execution.xml_faults import in_words

BPMN: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI: Final = "http://www.omg.org/spec/BPMN/20100524/DI"
DC: Final = "http://www.omg.org/spec/DD/20100524/DC"
DI: Final = "http://www.omg.org/spec/DD/20100524/DI"
DMN: Final = "https://www.omg.org/spec/DMN/20191111/MODEL/"
SPIFF: Final = "http://spiffworkflow.org/bpmn/schema/1.0/core"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"

NAMESPACES: Final = {
    "bpmn": BPMN,
    "bpmndi": BPMNDI,
    "dc": DC,
    "di": DI,
    "dmn": DMN,
    "spiffworkflow": SPIFF,
    "xsi": XSI,
}
"""The prefixes in which this room writes its XPath expressions."""

SIZE_LIMIT: Final = 2_000_000
"""Bytes of one document; the largest diagram of the product has about 60,000."""

DEPTH_LIMIT: Final = 100
"""Nested elements; a form inside a sub-process inside a sub-process needs about twelve."""


def safe_parse(data: bytes, *, limit: int = SIZE_LIMIT) -> etree._Element:
    """Parse an untrusted document and return its root element.

    Args:
        data: the bytes of the document, in the encoding that its declaration names.
        limit: the largest number of bytes accepted.

    Raises:
        Invalid: the document is too large, too deep, declares a document type or entities, or is
            not well formed; `details` carries `line` where the parser knows it.
    """
    if len(data) > limit:
        raise errors.Invalid(
            f"Expected an XML document of at most {limit} bytes, but it has {len(data)}",
            f"XML 文件最多 {limit} 字节，实际为 {len(data)} 字节",
        )
    try:
        root = etree.fromstring(data, _parser())
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise _not_well_formed(error) from error
    _refuse_declarations(root)
    _refuse_depth(root)
    return root


def local_name(element: etree._Element) -> str:
    """Return the tag of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def tag(namespace: str, name: str) -> str:
    """Return a tag in lxml's notation, such as `{http://…}userTask`."""
    return f"{{{namespace}}}{name}"


def _parser() -> etree.XMLParser:
    # A parser of its own for every document: lxml serialises threads that share one.
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _refuse_declarations(root: etree._Element) -> None:
    # Looked for in the parsed document too, because the bytes may be in any encoding.
    info = root.getroottree().docinfo
    if info.internalDTD is not None:
        raise errors.Invalid(
            "Expected an XML document without DOCTYPE, but it declares one; remove the declaration",
            "XML 文件不得含有 DOCTYPE 声明，请删除后重试",
            line=1,
        )


def _refuse_depth(root: etree._Element) -> None:
    level: list[etree._Element] = [root]
    for _ in range(DEPTH_LIMIT):
        level = [child for element in level for child in element]
        if not level:
            return
    line = level[0].sourceline
    raise errors.Invalid(
        f"Expected at most {DEPTH_LIMIT} nested elements, but line {line} lies deeper",
        f"XML 元素最多嵌套 {DEPTH_LIMIT} 层，第 {line} 行超出",
        line=line,
    )


def _not_well_formed(error: Exception) -> errors.Invalid:
    if not isinstance(error, etree.XMLSyntaxError):
        return errors.Invalid(
            "Expected a well-formed XML document, but it cannot be read; save it as UTF-8",
            "XML 文件格式不正确，无法读取，请用 UTF-8 保存",
        )
    zh, en = in_words(error)
    return errors.Invalid(
        f"Expected a well-formed XML document, but {en}",
        f"XML 文件格式不正确：{zh}",
        line=error.lineno,
    )
