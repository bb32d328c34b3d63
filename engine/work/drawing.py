"""What the record takes from a diagram: names in both languages, conditions of gateways."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.execution.bpmn_reader import read_bpmn


@dataclass(frozen=True)
class Drawing:
    """The diagrams of one version, as far as task titles and history need them."""

    titles: Mapping[str, tuple[str, str]]
    """Chinese and English name by element; the English one opens the documentation."""

    conditions: Mapping[str, tuple[str, ...]]
    """Expressions of the flows that leave a gateway, in their order, by gateway."""


def read_drawing(diagrams: Iterable[bytes]) -> Drawing:
    """Read the documents of a version."""
    titles: dict[str, tuple[str, str]] = {}
    conditions: dict[str, list[str]] = {}
    for source in diagrams:
        diagram = read_bpmn(source)
        gateways = {node.id for node in diagram.nodes if node.kind.endswith("Gateway")}
        for node in diagram.nodes:
            titles[node.id] = node.titles
        for flow in diagram.flows:
            if flow.source in gateways and flow.condition:
                conditions.setdefault(flow.source, []).append(flow.condition.strip())
    return Drawing(titles, {gateway: tuple(texts) for gateway, texts in conditions.items()})
