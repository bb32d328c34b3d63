"""What a check is given: one readable bundle, the application, and the bundles beside it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from engine.deployment.bundle import Bundle
from engine.deployment.environment import GateEnvironment, ProcessContract
from engine.deployment.findings import Finding
from engine.deployment.graph import Graph
from engine.execution.bpmn_model import Diagram, Node
from engine.operations import OWN


@dataclass(frozen=True)
class Subject:
    """A bundle under check, whose diagram could be read."""

    bundle: Bundle
    diagram: Diagram
    environment: GateEnvironment
    contracts: Mapping[str, ProcessContract]
    """What every process of the set and in force does with messages, this one included."""

    @property
    def file(self) -> str:
        """The path of the diagram."""
        return self.bundle.diagram_path

    @functools.cached_property
    def graphs(self) -> Mapping[str, Graph]:
        """The graph of every scope, by the id of the process or sub-process."""
        return {scope: Graph.of_scope(self.diagram, scope) for scope in self.diagram.scopes}

    @functools.cached_property
    def fields(self) -> Mapping[str, str]:
        """The FEEL types of every field that designers added to the case, by name."""
        found: dict[str, str] = {}
        for one in self.contracts.values():
            for name, kind in one.fields.items():
                found[name] = kind if found.get(name, kind) == kind else "any"
        return {name: kind or "any" for name, kind in found.items()}

    @functools.cached_property
    def due_names(self) -> frozenset[str]:
        """Every name that `due("…")` knows, those of designers among them."""
        own = (f"{OWN}{name}" for one in self.contracts.values() for name in one.dates)
        return self.environment.due_names.union(own)

    def form_of(self, node: Node) -> str:
        """Return the name of a user task's form: the property, or the element's id."""
        return node.properties.get("form") or node.id


Check = Callable[[Subject], Iterable[Finding]]
"""Looks at one subject and yields what is wrong with it."""
