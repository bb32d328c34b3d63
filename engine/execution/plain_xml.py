"""Hands a BPMN document out of this room as plain values, whatever tool wrote it.

The verifier reads diagrams that the gate would refuse, so it needs all of a document and none of
the XML library. Only elements of the BPMN namespace are kept, under any prefix; drawing data and
the extensions of vendors are passed over.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from lxml import etree

from engine import errors
from engine.execution import xml

_PREFIX: Final = f"{{{xml.BPMN}}}"


@dataclass(frozen=True, slots=True)
class Element:
    """One element of the BPMN namespace with its children in order of the document."""

    name: str
    """The tag without its namespace, such as `userTask`."""
    attributes: dict[str, str]
    text: str
    line: int
    children: tuple[Element, ...] = field(default=())

    def get(self, attribute: str) -> str | None:
        """Return an attribute without a namespace, or None."""
        return self.attributes.get(attribute)


def read_plain(data: bytes, *, limit: int) -> Element:
    """Parse an untrusted BPMN document into plain elements.

    Args:
        data: the bytes of the document.
        limit: the largest number of bytes accepted.

    Raises:
        Invalid: the document is refused by `safe_parse`, or its root is not `definitions`.
    """
    root = xml.safe_parse(data, limit=limit)
    if root.tag != f"{_PREFIX}definitions":
        name = str(root.tag)
        raise errors.Invalid(
            f"Expected a BPMN 2.0 document whose root is definitions, but it is {name}",
            f"应为根元素是 definitions 的 BPMN 2.0 文件，实际为 {name}",
            line=_line(root),
        )
    return _plain(root)


def _plain(element: etree._Element) -> Element:
    return Element(
        name=str(element.tag)[len(_PREFIX) :],
        attributes={str(name): str(value) for name, value in element.attrib.items()},
        text=(element.text or "").strip(),
        line=_line(element),
        children=tuple(_plain(child) for child in element if str(child.tag).startswith(_PREFIX)),
    )


def _line(element: Any) -> int:  # noqa: ANN401 the stubs of lxml type it as an ellipsis
    return int(element.sourceline or 0)
