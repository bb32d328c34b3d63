"""Room for names that stand beside their shape: a longer name grows away from shape and line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil
from typing import Final

from lxml import etree

from engine.execution import xml

LINE: Final = 13
"""Points of one line, in the letters in which viewers write such names."""

WIDEST: Final = 84
"""Points; steps that follow one another stand about so far apart."""

WIDEST_OF_FLOW: Final = 66
"""Points; a line between two steps is about so long."""

_LETTER: Final = 6
_MARGIN: Final = 6
_TOUCH: Final = 3
_ASIDE: Final = 6


@dataclass(frozen=True)
class Box:
    """A rectangle of a drawing; a line is one without width or height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height


def make_room(root: etree._Element, names: Mapping[str, str]) -> None:
    """Size the labels of elements, by id, for the names that they bear now."""
    for kind in ("BPMNShape", "BPMNEdge"):
        for drawn in root.iter(xml.tag(xml.BPMNDI, kind)):
            bounds = drawn.find("bpmndi:BPMNLabel/dc:Bounds", xml.NAMESPACES)
            name = names.get(drawn.get("bpmnElement", ""))
            if bounds is not None and name is not None:
                widest = WIDEST if kind == "BPMNShape" else WIDEST_OF_FLOW
                write_bounds(
                    bounds, _grown(read_bounds(bounds), needed(name, widest), beside(drawn))
                )


def _grown(label: Box, size: tuple[float, float], owner: Box) -> Box:
    width, height = size
    grown = replace(label, width=width, height=height)
    across = _across(label, width, owner)
    if label.x >= owner.right - _TOUCH:
        middle = label.y + (label.height - height) / 2
        return replace(grown, y=middle if owner.height else label.y)
    if label.right <= owner.x + _TOUCH:
        return replace(grown, x=label.right - width)
    if label.bottom <= owner.y + _TOUCH:
        return replace(grown, x=across, y=label.bottom - height)
    return replace(grown, x=across)


def _across(label: Box, width: float, owner: Box) -> float:
    """Return where a label above or below begins: in the middle, else away from the middle."""
    middle, shape = label.x + label.width / 2, owner.x + owner.width / 2
    if not owner.height or middle > shape + _ASIDE:
        return label.x
    return label.right - width if middle < shape - _ASIDE else middle - width / 2


def needed(name: str, widest: int) -> tuple[float, float]:
    """Return width and height of a name whose words are broken into lines of like length."""
    words = [len(word) * _LETTER for word in name.split()]
    whole = len(name) * _LETTER
    even = whole / ceil(whole / widest)
    most = max([*words, whole if even == whole else min(even + 2 * _LETTER, widest)])
    lines, used = 1, 0
    for word in words:
        if used and used + _LETTER + word > most:
            lines, used = lines + 1, word
        else:
            used += word + (_LETTER if used else 0)
    return float(most + _MARGIN), float(lines * LINE + 1)


def beside(drawn: etree._Element) -> Box:
    """Return the shape that a label names, or the part of the line that it stands at."""
    shape = drawn.find("dc:Bounds", xml.NAMESPACES)
    if shape is not None:
        return read_bounds(shape)
    label = read_bounds(drawn.find("bpmndi:BPMNLabel/dc:Bounds", xml.NAMESPACES))
    return min(parts_of(drawn), key=lambda part: gap(part, label))


def parts_of(drawn: etree._Element) -> list[Box]:
    """Return the straight parts of a line."""
    points = [
        (float(one.get("x", 0)), float(one.get("y", 0)))
        for one in drawn.iterchildren(xml.tag(xml.DI, "waypoint"))
    ]
    return [_part(*pair) for pair in pairwise(points)]


def _part(start: tuple[float, float], end: tuple[float, float]) -> Box:
    x, y = min(start[0], end[0]), min(start[1], end[1])
    return Box(x, y, abs(start[0] - end[0]), abs(start[1] - end[1]))


def gap(part: Box, label: Box) -> float:
    """Return how far a label is from what it names."""
    aside = max(part.x - label.right, label.x - part.right, 0)
    return float(aside + max(part.y - label.bottom, label.y - part.bottom, 0))


def read_bounds(bounds: etree._Element | None) -> Box:
    """Return what the XML says of a rectangle."""

    def number(name: str) -> float:
        return float(bounds.get(name, 0)) if bounds is not None else 0.0

    return Box(number("x"), number("y"), number("width"), number("height"))


def write_bounds(bounds: etree._Element, box: Box) -> None:
    """Let the XML say where a rectangle is."""
    for name in ("x", "y", "width", "height"):
        bounds.set(name, f"{getattr(box, name):g}")
