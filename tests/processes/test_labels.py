"""Words on diagrams as pages show them lie on no shape, no line and no other word."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest

from tests.processes.test_layout import AROUND, DC, DD, DI, Box, box, labels_of
from webapp.studio.drawn import drawn
from workflows.deploying import PROCESSES, processes

NEAR = 100
"""So far from its shape or line, at most, a word is still read as its name."""

WAYS = list(itertools.product(processes(), ("zh", "en"), (False, True)))


def thick(element: str, left: float, top: float, right: float, bottom: float) -> Box:
    return Box(element, left - 1, top - 1, right + 1, bottom + 1)


def borders(b: Box) -> Iterator[Box]:
    for y in (b.top, b.bottom):
        yield thick(b.element, b.left, y, b.right, y)
    for x in (b.left, b.right):
        yield thick(b.element, x, b.top, x, b.bottom)


def parts(edge: ET.Element) -> Iterator[Box]:
    points = [(float(p.get("x", "")), float(p.get("y", ""))) for p in edge.iter(f"{DD}waypoint")]
    for (x1, y1), (x2, y2) in itertools.pairwise(points):
        flow = edge.get("bpmnElement", "")
        yield thick(flow, min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def taken(plane: ET.Element) -> Iterator[Box]:
    """Yield everything that a word must not lie on, but for other words."""
    for shape in plane.iter(f"{DI}BPMNShape"):
        bounds = shape.find(f"{DC}Bounds")
        assert bounds is not None
        b = box(shape.get("bpmnElement", ""), bounds)
        if b.element.startswith(AROUND) or shape.get("isExpanded") == "true":
            yield from borders(b)
        else:
            yield b
    for edge in plane.iter(f"{DI}BPMNEdge"):
        yield from parts(edge)


def away(label: Box, owned: list[Box]) -> float:
    return min(
        max(one.left - label.right, label.left - one.right, 0)
        + max(one.top - label.bottom, label.top - one.bottom, 0)
        for one in owned
    )


@pytest.mark.parametrize(("process", "language", "town"), WAYS)
def test_words_lie_free_and_near_what_they_name(process: str, language: str, town: bool) -> None:
    source = (PROCESSES / process / f"{process}.bpmn").read_bytes()
    root = ET.fromstring(drawn(source, language, town=town))  # noqa: S314 our own file
    plane = next(root.iter(f"{DI}BPMNPlane"))
    labels, obstacles = list(labels_of(plane)), list(taken(plane))
    assert labels
    for number, label in enumerate(labels):
        on = [one.element for one in (*obstacles, *labels[:number]) if label.meets(one, by=0.5)]
        assert on == [], label.element
        assert away(label, [one for one in obstacles if one.element == label.element]) < NEAR
