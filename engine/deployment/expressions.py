"""Where the expressions of a bundle stand, and the names that each may read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from engine.deployment.findings import Place, Spot
from engine.deployment.subject import Subject
from engine.expressions.check import Scope
from engine.expressions.decision_graph import DecisionNode
from engine.expressions.inference import Type
from engine.forms.components import Component, fields_of

Role = Literal["condition", "timer", "assignment", "parameter", "decision", "form"]

ANY: Final = "any"

FEEL_TYPES: Final = frozenset({"string", "number", "boolean", "date", "time", "date and time"})
_LISTING: Final = frozenset({"COLLECT", "RULE ORDER", "OUTPUT ORDER"})

FIELD_TYPES: Final = {
    "textfield": "string",
    "textarea": "string",
    "number": "number",
    "date": "date",
    "datetime": "date and time",
    "select": "string",
    "radio": "string",
    "checkbox": "boolean",
    "checklist": "list",
    "filepicker": "list",
    "dynamiclist": "list",
}
"""The FEEL type of what a kind of form field holds."""


@dataclass(frozen=True)
class Site:
    """One expression and where it stands."""

    file: str
    place: Place
    role: Role
    text: str


def diagram_sites(subject: Subject) -> Iterator[Site]:
    """Yield the expressions of the diagram."""
    file = subject.file
    for flow in subject.diagram.flows:
        if flow.condition is not None:
            yield Site(file, flow, "condition", flow.condition)
    for node in subject.diagram.nodes:
        for event in node.events:
            if event.timer is not None:
                yield Site(file, node, "timer", event.expression or "")
        for assignment in node.assignments:
            yield Site(file, node, "assignment", assignment.expression)
        for parameter in node.parameters:
            yield Site(file, node, "parameter", parameter.expression)


def scope_of(subject: Subject, fields: Mapping[str, str] | None = None) -> Scope:
    """Return what expressions of the bundle may read and call.

    Args:
        subject: the bundle and the application.
        fields: types of further names, such as the fields of the form that a condition is in.
    """
    names: dict[str, Type] = {**flag_types(subject), **(fields or {})}
    names["case"] = {**subject.environment.case_types, "ext": dict(subject.fields)}
    functions = {"due": "date and time", **subject.environment.functions}
    return Scope(names, functions)


def flag_types(subject: Subject) -> dict[str, str]:
    """Return the token flags that anything of the bundle writes; `any` if of several types."""
    found: dict[str, str] = {}
    for name, kind in _written(subject):
        found[name] = kind if found.get(name, kind) == kind else ANY
    return found


def _written(subject: Subject) -> Iterator[tuple[str, str]]:
    for form in subject.bundle.read.forms.values():
        for field in form.fields:
            if field.binding is not None and field.binding.target == "token":
                yield field.binding.name, FIELD_TYPES[field.kind]
    for node in subject.diagram.nodes:
        if node.result:
            yield node.result, _result_type(subject, node.operation, node.decision)
        for assignment in node.assignments:
            yield assignment.name, ANY


def _result_type(subject: Subject, operation: str | None, decision: str | None) -> str:
    if operation:
        return subject.environment.operations.get(operation) or ANY
    known = subject.bundle.read.decisions.get(decision or "")
    return result_type(known.node) if known is not None else ANY


def result_type(node: DecisionNode) -> str:
    """Return the FEEL type of what a decision answers, as far as it says."""
    table = node.table
    if table is None:
        return node.type if node.type in FEEL_TYPES else ANY
    if len(table.outputs) != 1 or table.hit_policy in _LISTING:
        return ANY
    return table.outputs[0].type or ANY


def form_sites(subject: Subject) -> Iterator[tuple[Site, dict[str, str]]]:
    """Yield the `hide` conditions of the forms with the types of the fields that each may read."""
    for name, form in subject.bundle.read.forms.items():
        file = f"forms/{name}.json"
        yield from _form_sites(file, form.components, _field_types(form.components))


def _form_sites(
    file: str, components: Sequence[Component], known: dict[str, str]
) -> Iterator[tuple[Site, dict[str, str]]]:
    for component in components:
        if component.hide is not None:
            spot = Spot(component.key or component.kind)
            yield Site(file, spot, "form", component.hide), known
        inner = known
        if component.kind == "dynamiclist":
            inner = {**known, **_field_types(component.children)}
        yield from _form_sites(file, component.children, inner)


def _field_types(components: Sequence[Component]) -> dict[str, str]:
    return {field.key: FIELD_TYPES[field.kind] for field in fields_of(components)}
