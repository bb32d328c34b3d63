"""Ids: every one there once, none that the engine keeps for itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from engine.deployment.findings import Fault, Finding, Place, Spot
from engine.deployment.subject import Subject

_ID: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,79}")
_RESERVED: Final = frozenset({"Start", "End", "Root"})

REPEATED: Final = Fault(
    "id.repeated",
    "Expected every id once, but {id} is used again",
    "编号 {id} 重复",
    "Give one of the two another id",
    "请修改其中之一的编号",
)
RESERVED: Final = Fault(
    "id.reserved",
    "Expected an id of letters, digits, - and _, but {id} is none or kept by the engine",
    "编号 {id} 不合法或为引擎保留",
    "Choose another id, such as confirm_level",
    "请改用其他编号，例如 confirm_level",
)
OPERATION: Final = Fault(
    "id.operation",
    "Expected the id of an element, but {id} is also the name of an operation",
    "编号 {id} 与操作名称相同",
    "Rename the element; operations have dotted names",
    "请修改节点编号；操作名称应带点号",
)


def check_ids(subject: Subject) -> Iterator[Finding]:
    """Ids that are repeated, missing, reserved or equal to the name of an operation."""
    for repeated, line in subject.diagram.duplicate_ids.items():
        yield REPEATED.at(subject.file, Spot(repeated, line))
    used = {node.operation for node in subject.diagram.nodes if node.operation}
    operations = used | set(subject.environment.operations)
    diagram = subject.diagram
    places: list[Place] = [*diagram.processes, *diagram.nodes, *diagram.flows]
    for place in places:
        if place.id in operations:
            yield OPERATION.at(subject.file, place)
        elif not _ID.fullmatch(place.id) or place.id in _RESERVED:
            yield RESERVED.at(subject.file, place)
