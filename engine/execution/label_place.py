"""A free place for each name beside a shape or line: it lies on nothing, and no line runs through.

Names that lie free stay where they were drawn; any other one moves as little as it can, and away
from what it names as little as it can.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from engine.execution import xml
from engine.execution.label_room import (
    Box,
    beside,
    gap,
    needed,
    parts_of,
    read_bounds,
    write_bounds,
)

_STEP: Final = 2
_FAR: Final = 70
"""Points; a name further away than this would not be read as belonging to its shape."""

_LINE: Final = 1
_AWAY: Final = 3
"""A point away from what it names weighs as much as so many points aside."""

_BROKEN: Final = 4
"""Breaking a name into other lines weighs as much as so many points aside."""

_WIDTHS: Final = (48, 66, 84, 108)
"""Points that the lines of a name may take."""

_ON_SHAPE: Final = 20
"""A point on a shape or another name is as bad as so many on a line."""


@dataclass(frozen=True)
class _Taken:
    """What a name must not lie on."""

    solid: Sequence[Box]
    lines: Sequence[Box]

    def near(self, label: Box) -> _Taken:
        """Return what a name could meet wherever it is moved to."""
        around = Box(
            label.x - _FAR, label.y - _FAR, label.width + 2 * _FAR, label.height + 2 * _FAR
        )
        return _Taken(
            [one for one in self.solid if _meet(one, around)],
            [one for one in self.lines if _meet(one, around)],
        )

    def on(self, label: Box) -> float:
        """Return how much of what is taken a name lies on."""
        solid = sum(_meet(one, label) for one in self.solid)
        return _ON_SHAPE * solid + sum(_meet(one, label) for one in self.lines)


def find_places(root: etree._Element) -> None:
    """Move the names that lie on something."""
    names = {one.get("id", ""): one.get("name", "") for one in root.iter(f"{{{xml.BPMN}}}*")}
    labels = list(_labels(root))
    boxes = [read_bounds(bounds) for _, bounds in labels]
    solid, lines = _drawn(root)
    for number, (owner, bounds) in enumerate(labels):
        others = [*boxes[:number], *boxes[number + 1 :]]
        taken = _Taken([*solid, *others], lines).near(boxes[number])
        if taken.on(boxes[number]):
            sizes = list(_sizes(boxes[number], names.get(owner.get("bpmnElement", ""), "")))
            boxes[number] = _free(sizes, beside(owner), taken)
            write_bounds(bounds, boxes[number])


def _labels(root: etree._Element) -> Iterator[tuple[etree._Element, etree._Element]]:
    for kind in ("BPMNShape", "BPMNEdge"):
        for owner in root.iter(xml.tag(xml.BPMNDI, kind)):
            bounds = owner.find("bpmndi:BPMNLabel/dc:Bounds", xml.NAMESPACES)
            if bounds is not None:
                yield owner, bounds


def _drawn(root: etree._Element) -> tuple[list[Box], list[Box]]:
    """Return the shapes that are filled, and the lines: flows, and borders of what holds shapes."""
    kinds = _kinds(root)
    solid: list[Box] = []
    lines: list[Box] = []
    for shape in root.iter(xml.tag(xml.BPMNDI, "BPMNShape")):
        box = read_bounds(shape.find("dc:Bounds", xml.NAMESPACES))
        holds = kinds.get(shape.get("bpmnElement", "")) in ("participant", "lane")
        if holds or shape.get("isExpanded") == "true":
            lines += _borders(box)
        else:
            solid.append(box)
    for edge in root.iter(xml.tag(xml.BPMNDI, "BPMNEdge")):
        lines += [_thick(part) for part in parts_of(edge)]
    return solid, lines


def _kinds(root: etree._Element) -> Mapping[str, str]:
    return {
        one.get("id", ""): xml.local_name(one)
        for one in root.iter(f"{{{xml.BPMN}}}*")
        if one.get("id")
    }


def _borders(box: Box) -> list[Box]:
    across = [replace(box, y=y, height=0) for y in (box.y, box.bottom)]
    down = [replace(box, x=x, width=0) for x in (box.x, box.right)]
    return [_thick(line) for line in (*across, *down)]


def _thick(line: Box) -> Box:
    return Box(line.x - _LINE, line.y - _LINE, line.width + 2 * _LINE, line.height + 2 * _LINE)


def _meet(one: Box, other: Box) -> float:
    across = min(one.right, other.right) - max(one.x, other.x)
    down = min(one.bottom, other.bottom) - max(one.y, other.y)
    return min(across, down) if across > 0 and down > 0 else 0


def _sizes(label: Box, name: str) -> Iterator[Box]:
    """Yield a label as it is, then with its words broken into other lines about the same middle."""
    yield label
    for width, height in {needed(name, widest) for widest in _WIDTHS} if " " in name else ():
        aside, down = (label.width - width) / 2, (label.height - height) / 2
        yield Box(label.x + aside, label.y + down, width, height)


def _free(sizes: Sequence[Box], owner: Box, taken: _Taken) -> Box:
    """Return the nearest place that lies on nothing, or on as little as can be."""
    label = sizes[0]
    moves = range(-_FAR, _FAR + 1, _STEP)
    places = [
        (
            abs(x) + abs(y) + (_BROKEN if size is not label else 0),
            replace(size, x=size.x + x, y=size.y + y),
        )
        for size in sizes
        for x in moves
        for y in moves
    ]
    near = gap(owner, label)

    def cost(place: tuple[float, Box]) -> float:
        return place[0] + _AWAY * max(0, gap(owner, place[1]) - near)

    best, least = label, taken.on(label)
    for _, place in sorted(places, key=cost):
        lies = taken.on(place)
        if lies < least:
            best, least = place, lies
        if not least:
            break
    return best
