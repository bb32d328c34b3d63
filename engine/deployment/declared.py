"""What the operations and forms of a bundle declare: fields of the case, dates, messages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.deployment.findings import Place, Spot
from engine.execution.bpmn_model import Diagram, Node
from engine.expressions import ast
from engine.expressions.errors import FeelError
from engine.expressions.parsing import parse
from engine.forms.definition import FormDefinition
from engine.operations import (
    SEND_MESSAGE,
    SET_FIELD,
    START_DATE,
    START_PROCESS,
    DesignedField,
)


@dataclass(frozen=True)
class Declared:
    """A field of the case and where it is declared."""

    file: str
    place: Place
    field: DesignedField


def constant(text: str) -> object:
    """Return what an expression is if it is a value written out; Ellipsis if it is more."""
    try:
        root = parse(text).root
    except FeelError:
        return ...
    return root.value if isinstance(root, ast.Literal) else ...


def word(node: Node, parameter: str) -> str:
    """Return a parameter of an operation that is a text written out, else ""."""
    found = next((one.expression for one in node.parameters if one.name == parameter), "")
    value = constant(found) if found.strip() else ""
    return value if isinstance(value, str) else ""


def words(diagram: Diagram, operation: str, parameter: str) -> frozenset[str]:
    """Return a parameter of every call of an operation, where it is written out."""
    calls = (node for node in diagram.nodes if node.operation == operation)
    return frozenset(found for node in calls if (found := word(node, parameter)))


def dates(diagram: Diagram) -> frozenset[str]:
    """Return the dates that a diagram starts itself."""
    return words(diagram, START_DATE, "name")


def sent(diagram: Diagram) -> frozenset[str]:
    """Return the messages that operations of a diagram send."""
    return words(diagram, SEND_MESSAGE, "message")


def begun(diagram: Diagram) -> frozenset[str]:
    """Return the processes that operations of a diagram start."""
    return words(diagram, START_PROCESS, "process")


def fields(file: str, diagram: Diagram, forms: Mapping[str, FormDefinition]) -> Iterator[Declared]:
    """Yield every field of the case that a bundle declares, in its forms and operations."""
    for name, form in sorted(forms.items()):
        for key, field in form.kept:
            yield Declared(f"forms/{name}.json", Spot(key), field)
    for node in diagram.nodes:
        if node.operation == SET_FIELD and (known := word(node, "field")):
            labels = (word(node, "label"), word(node, "label_en"))
            yield Declared(file, node, DesignedField(known, word(node, "type"), *labels))
