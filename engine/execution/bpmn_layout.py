"""Where a diagram draws its elements: the box of each shape, the corners of each line."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from engine.execution import xml

Points = tuple[tuple[float, ...], ...]
"""Of a shape its box as x, y, width and height; of a line its corners as x and y."""


def read_layout(data: bytes) -> Mapping[str, Points]:
    """Return where everything is drawn, by the id of its element.

    Raises:
        Invalid: the document is too large or deep, declares a document type, or is not well
            formed.
    """
    root = xml.safe_parse(data)
    found: dict[str, Points] = {}
    for shape in root.iter(xml.tag(xml.BPMNDI, "BPMNShape")):
        box = next(shape.iterchildren(xml.tag(xml.DC, "Bounds")), None)
        if box is not None:
            found[shape.get("bpmnElement", "")] = (_numbers(box, "x", "y", "width", "height"),)
    for edge in root.iter(xml.tag(xml.BPMNDI, "BPMNEdge")):
        corners = edge.iterchildren(xml.tag(xml.DI, "waypoint"))
        found[edge.get("bpmnElement", "")] = tuple(_numbers(one, "x", "y") for one in corners)
    return found


def _numbers(element: etree._Element, *names: str) -> tuple[float, ...]:
    return tuple(_number(element.get(name, "")) for name in names)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
