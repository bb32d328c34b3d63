"""The drawing: what has no shape cannot be seen on the case page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.deployment.findings import Fault, Finding, Place
from engine.deployment.subject import Subject

UNDRAWN: Final = Fault(
    "layout.undrawn",
    "Expected {id} on the drawing, but it has no shape",
    "{id} 在图上没有图形",
    "Open the diagram in the editor and draw it",
    "请在建模器中补画",
    "warning",
)


def check_shapes(subject: Subject) -> Iterator[Finding]:
    """Elements and flows that are not drawn."""
    places: list[Place] = [*subject.diagram.nodes, *subject.diagram.flows]
    for place in places:
        if place.id not in subject.diagram.drawn:
            yield UNDRAWN.at(subject.file, place)
