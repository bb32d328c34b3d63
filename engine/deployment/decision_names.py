"""Which names of the case and of the flags a decision reads, those it rests on included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.deployment.decisions import Box, boxes_of
from engine.deployment.expressions import scope_of
from engine.deployment.subject import Subject
from engine.expressions import ast, boxed, feel
from engine.expressions.decision_graph import DecisionModel
from engine.expressions.errors import FeelError
from engine.expressions.inference import ANY, Type, entry_of, label
from engine.expressions.tables import DecisionTable


@dataclass(frozen=True)
class ReadName:
    """A name that has to be given to make a decision: `case.level`, its type, its texts."""

    name: str
    type: str
    values: tuple[str, ...] = ()


_NOTHING = ReadName("", ANY)


def names_read(subject: Subject, model: DecisionModel, decision: str) -> list[ReadName]:
    """Return what a decision of a document reads of the case and the flags, in its order."""
    around = _around(model, decision)
    base = scope_of(subject).names
    found: dict[str, ReadName] = {}
    for box in boxes_of(subject):
        if box.element not in around:
            continue
        for path in _paths(box):
            name = ".".join(path)
            if path[0] in base and _is_theirs(box, base, path[0]):
                values = _listed(box, name) or found.get(name, _NOTHING).values
                found[name] = ReadName(name, label(_type(base, path)), values)
    return list(found.values())


def _listed(box: Box, name: str) -> tuple[str, ...]:
    """Return the texts that a column of this very name may hold, where it lists them."""
    columns = box.box.inputs if isinstance(box.box, DecisionTable) else ()
    for column in columns:
        if column.expression == name and column.values:
            try:
                tests = feel.parse_unary_tests(column.values).tests
            except FeelError:
                return ()
            found = [one.value for one in tests if isinstance(one, ast.Literal)]
            return tuple(value for value in found if isinstance(value, str))
    return ()


def _around(model: DecisionModel, decision: str) -> frozenset[str]:
    """Return the decision and everything that it rests on."""
    done: set[str] = set()
    pending = [decision]
    while pending:
        one = pending.pop()
        if one in done:
            continue
        done.add(one)
        node = model.by_id.get(one)
        if node is not None:
            pending.extend(node.needs)
    return frozenset(done)


def _is_theirs(box: Box, base: Mapping[str, Type], name: str) -> bool:
    """Return whether a name means that of the case here, not one of the box's own."""
    return box.scope.names.get(name) is base[name] or box.scope.names.get(name) == base[name]


def _paths(box: Box) -> Iterator[tuple[str, ...]]:
    for text, is_cell in _texts(box):
        try:
            tree = feel.parse_unary_tests(text) if is_cell else feel.parse(text)
        except FeelError:
            continue  # told where the file is checked
        yield from sorted(feel.references(tree))


def _texts(box: Box) -> Iterator[tuple[str, bool]]:
    if isinstance(box.box, DecisionTable):
        yield from ((column.expression, False) for column in box.box.inputs)
        for rule in box.box.rules:
            yield from ((cell, True) for cell in dict.fromkeys(rule.tests))
            yield from ((cell, False) for cell in rule.outputs if cell.strip())
    elif isinstance(box.box, boxed.Text):
        yield box.box.text, False


def _type(base: Mapping[str, Type], path: tuple[str, ...]) -> Type:
    kind = base[path[0]]
    for name in path[1:]:
        kind = entry_of(kind, name) or ANY
    return kind
