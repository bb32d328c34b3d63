"""XML as it is kept: attributes in one order, two spaces a level, so that a change is a few lines.

Elements keep their order and everything else they say, other vendors' extensions included; only
the space between elements, the order of attributes and the declaration are made alike. Comments
of XML go, as they do in every editor of diagrams.
"""

from __future__ import annotations

from typing import Final

from lxml import etree

from engine.execution import xml

_FIRST: Final = (
    *("id", "name", "bpmnElement", "dmnElementRef", "attachedToRef", "cancelActivity", "default"),
    *("sourceRef", "targetRef", "messageRef", "signalRef", "processRef", "x", "y", "width"),
    *("height", "isExecutable", "isExpanded", "isHorizontal", "isMarkerVisible", "namespace"),
    *("targetNamespace", "exporter", "exporterVersion", "hitPolicy", "label", "typeRef", "value"),
    *("stroke", "fill", "border-color", "background-color"),
)
"""How the diagrams of the source tree write attributes; what is not named follows by name."""

_ONE_LINE: Final = frozenset(
    {"BPMNShape", "BPMNEdge", "DMNShape", "DMNEdge", "timerEventDefinition", "serviceTaskOperator"}
)
"""What is written on one line with all that it holds: a shape that moves is one line changed."""

_LONGEST_LINE: Final = 3
"""Parts of an operation that is still written on one line."""

_QUOTE: Final = "\ue0f0"
"""Stands for a quotation mark of a date until it is written as `&quot;`, as diagrams have it."""

_DATES: Final = frozenset({"timeDate", "timeCycle", "timeDuration"})

_RANK: Final = {name: place for place, name in enumerate(_FIRST)}
_DECLARATION: Final = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def normal(data: bytes) -> bytes:
    """Return a document as it is kept; the same document gives the same bytes.

    Raises:
        Invalid: it is not well formed, too large, or declares entities.
    """
    root = xml.safe_parse(data)
    for element in root.iter("*"):
        _order(element)
    etree.indent(root, space="  ")
    for element in root.iter("*"):
        _shorten(element)
    text = etree.tostring(root, encoding="unicode", with_tail=False)
    return _DECLARATION + f"{text.replace(_QUOTE, '&quot;')}\n".encode()


def _shorten(element: etree._Element) -> None:
    """Take the space out of what is written on one line, and mark quotation marks of dates."""
    name = xml.local_name(element)
    if name in _DATES and element.text:
        element.text = element.text.replace('"', _QUOTE)
    if name not in _ONE_LINE:
        return
    inner = list(element.iterdescendants())
    if name == "serviceTaskOperator" and len(inner) > _LONGEST_LINE:
        return
    for one in (element, *inner):
        if len(one) and not (one.text or "").strip():
            one.text = None
    for one in inner:
        if not (one.tail or "").strip():
            one.tail = None


def _order(element: etree._Element) -> None:
    given = list(element.attrib.items())
    wanted = sorted(given, key=lambda item: _place(str(item[0])))
    if given != wanted:
        element.attrib.clear()
        element.attrib.update(wanted)


def _place(name: str) -> tuple[bool, int, str]:
    """Return where an attribute stands: known, unknown, then those of other vendors."""
    local = name.rpartition("}")[2]
    return (local != name, _RANK.get(local, len(_FIRST)), name)
