"""The drawings are clean: nothing lies on anything else, and lines run straight."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import pytest

from workflows.deploying import PROCESSES, processes

DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
DD = "{http://www.omg.org/spec/DD/20100524/DI}"
AROUND = ("pool_", "lane_")
Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    element: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box, by: float = 1) -> bool:
        across = self.left + by < other.right and other.left + by < self.right
        return across and self.top + by < other.bottom and other.top + by < self.bottom


@dataclass(frozen=True)
class Drawing:
    attached: frozenset[tuple[str, str]]
    shapes: tuple[Box, ...]
    boxes: tuple[Box, ...]
    edges: dict[str, tuple[Point, ...]]
    labels: tuple[Box, ...]


def box(element: str, bounds: ET.Element) -> Box:
    x, y = float(bounds.get("x", "")), float(bounds.get("y", ""))
    width, height = float(bounds.get("width", "")), float(bounds.get("height", ""))
    return Box(element, x, y, x + width, y + height)


def labels_of(plane: ET.Element) -> Iterator[Box]:
    for owner in plane:
        bounds = owner.find(f"{DI}BPMNLabel/{DC}Bounds")
        if bounds is not None:
            yield box(owner.get("bpmnElement", ""), bounds)


@pytest.fixture(params=processes())
def drawing(request: pytest.FixtureRequest) -> Drawing:
    path = PROCESSES / request.param / f"{request.param}.bpmn"
    root = ET.parse(path).getroot()  # noqa: S314 our own file
    plane = next(root.iter(f"{DI}BPMNPlane"))
    drawn = [
        (shape, box(shape.get("bpmnElement", ""), shape.find(f"{DC}Bounds") or shape[0]))
        for shape in plane.iter(f"{DI}BPMNShape")
        if not shape.get("bpmnElement", "").startswith(AROUND)
    ]
    return Drawing(
        attached=frozenset(
            (host, event.get("id", ""))
            for event in root.iter()
            if (host := event.get("attachedToRef")) is not None
        ),
        shapes=tuple(b for shape, b in drawn if shape.get("isExpanded") != "true"),
        boxes=tuple(b for shape, b in drawn if shape.get("isExpanded") == "true"),
        edges={
            edge.get("bpmnElement", ""): tuple(
                (float(p.get("x", "")), float(p.get("y", ""))) for p in edge.iter(f"{DD}waypoint")
            )
            for edge in plane.iter(f"{DI}BPMNEdge")
        },
        labels=tuple(labels_of(plane)),
    )


def test_no_shape_lies_on_another(drawing: Drawing) -> None:
    for number, one in enumerate(drawing.shapes):
        for other in drawing.shapes[number + 1 :]:
            pair = (one.element, other.element)
            assert pair in drawing.attached or not one.meets(other), pair


def test_lines_run_straight(drawing: Drawing) -> None:
    for flow, points in drawing.edges.items():
        for (x1, y1), (x2, y2) in itertools.pairwise(points):
            assert x1 == x2 or y1 == y2, flow


def test_no_line_crosses_a_task(drawing: Drawing) -> None:
    for flow, points in drawing.edges.items():
        for (x1, y1), (x2, y2) in itertools.pairwise(points):
            line = Box(flow, min(x1, x2) - 1, min(y1, y2) - 1, max(x1, x2) + 1, max(y1, y2) + 1)
            crossed = [shape.element for shape in drawing.shapes if shape.meets(line, by=2)]
            assert not crossed, (flow, crossed)


def test_no_label_lies_on_a_shape_or_another_label(drawing: Drawing) -> None:
    for number, label in enumerate(drawing.labels):
        for other in drawing.labels[number + 1 :]:
            assert not label.meets(other), (label.element, other.element)
        for shape in drawing.shapes:
            assert shape.element == label.element or not label.meets(shape), (
                label.element,
                shape.element,
            )


def test_the_way_leads_from_left_to_right(drawing: Drawing) -> None:
    ahead = [points for points in drawing.edges.values() if points[-1][0] >= points[0][0]]
    assert len(ahead) > 0.7 * len(drawing.edges)
