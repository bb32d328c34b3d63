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
class _Box:
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height


def make_room(root: etree._Element, names: Mapping[str, str]) -> None:
    """Size the labels of elements, by id, for the names that they bear now."""
    for kind in ("BPMNShape", "BPMNEdge"):
        for drawn in root.iter(xml.tag(xml.BPMNDI, kind)):
            bounds = drawn.find("bpmndi:BPMNLabel/dc:Bounds", xml.NAMESPACES)
            name = names.get(drawn.get("bpmnElement", ""))
            if bounds is not None and name is not None:
                widest = WIDEST if kind == "BPMNShape" else WIDEST_OF_FLOW
                _write(bounds, _grown(_read(bounds), _needed(name, widest), _beside(drawn)))


def _grown(label: _Box, needed: tuple[float, float], beside: _Box) -> _Box:
    width, height = needed
    grown = replace(label, width=width, height=height)
    across = _across(label, width, beside)
    if label.x >= beside.right - _TOUCH:
        middle = label.y + (label.height - height) / 2
        return replace(grown, y=middle if beside.height else label.y)
    if label.right <= beside.x + _TOUCH:
        return replace(grown, x=label.right - width)
    if label.bottom <= beside.y + _TOUCH:
        return replace(grown, x=across, y=label.bottom - height)
    return replace(grown, x=across)


def _across(label: _Box, width: float, beside: _Box) -> float:
    """Return where a label above or below begins: in the middle, else away from the middle."""
    middle, shape = label.x + label.width / 2, beside.x + beside.width / 2
    if not beside.height or middle > shape + _ASIDE:
        return label.x
    return label.right - width if middle < shape - _ASIDE else middle - width / 2


def _needed(name: str, widest: int) -> tuple[float, float]:
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


def _beside(drawn: etree._Element) -> _Box:
    """Return the shape that a label names, or the part of the line that it stands at."""
    shape = drawn.find("dc:Bounds", xml.NAMESPACES)
    if shape is not None:
        return _read(shape)
    label = _read(drawn.find("bpmndi:BPMNLabel/dc:Bounds", xml.NAMESPACES))
    points = [
        (float(one.get("x", 0)), float(one.get("y", 0)))
        for one in drawn.iterchildren(xml.tag(xml.DI, "waypoint"))
    ]
    parts = [_part(*pair) for pair in pairwise(points)]
    return min(parts, key=lambda part: _distance(part, label))


def _part(start: tuple[float, float], end: tuple[float, float]) -> _Box:
    x, y = min(start[0], end[0]), min(start[1], end[1])
    return _Box(x, y, abs(start[0] - end[0]), abs(start[1] - end[1]))


def _distance(part: _Box, label: _Box) -> float:
    aside = max(part.x - label.right, label.x - part.right, 0)
    return float(aside + max(part.y - label.bottom, label.y - part.bottom, 0))


def _read(bounds: etree._Element | None) -> _Box:
    def number(name: str) -> float:
        return float(bounds.get(name, 0)) if bounds is not None else 0.0

    return _Box(number("x"), number("y"), number("width"), number("height"))


def _write(bounds: etree._Element, box: _Box) -> None:
    for name in ("x", "y", "width", "height"):
        bounds.set(name, f"{getattr(box, name):g}")
