"""Where the expressions of decisions stand, and the names and functions that each may use.

A decision reads the case, the flags, the decisions that it needs, and calls the knowledge models
that it names. A knowledge model reads its parameters alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from engine.deployment.expressions import ANY, Site, result_type, scope_of
from engine.deployment.findings import Spot
from engine.deployment.subject import Subject
from engine.expressions import boxed
from engine.expressions.check import Scope
from engine.expressions.decision_graph import DecisionModel
from engine.expressions.inference import Type
from engine.expressions.tables import DecisionTable


@dataclass(frozen=True)
class Box:
    """A box, the file and decision around it, and what it may use."""

    path: str
    element: str
    box: boxed.Boxed
    scope: Scope

    def with_names(self, box: boxed.Boxed, names: Mapping[str, Type]) -> Box:
        """Return a box within this one, which may read further names, functions among them."""
        functions = {**self.scope.functions, **dict.fromkeys(names, ANY)}
        scope = Scope({**self.scope.names, **names}, functions)
        return replace(self, box=box, scope=scope)


def boxed_tables(subject: Subject) -> Iterator[tuple[str, DecisionTable, Scope]]:
    """Yield every decision table of a bundle, those within other boxes included."""
    for box in boxes_of(subject):
        if isinstance(box.box, DecisionTable):
            yield box.path, box.box, box.scope


def scopes_of_decisions(subject: Subject) -> dict[str, Scope]:
    """Return what each decision and knowledge model of a bundle may use, by id."""
    found: dict[str, Scope] = {}
    for box in boxes_of(subject):
        found.setdefault(box.element, box.scope)
    return found


def decision_sites(subject: Subject) -> Iterator[tuple[Site, Scope]]:
    """Yield every expression of the decisions but the cells that are tests."""
    for box in boxes_of(subject):
        if isinstance(box.box, DecisionTable):
            yield from _of_table(box, box.box)
        elif isinstance(box.box, boxed.Text) and box.box.text.strip():
            yield Site(box.path, Spot(box.element), "decision", box.box.text), box.scope
        elif isinstance(box.box, boxed.Invocation):
            yield Site(box.path, Spot(box.element), "decision", box.box.function), box.scope


def _of_table(box: Box, table: DecisionTable) -> Iterator[tuple[Site, Scope]]:
    for column in table.inputs:
        yield Site(box.path, Spot(table.id), "decision", column.expression), box.scope
    for rule in table.rules:
        for text in rule.outputs:
            if text.strip():
                yield Site(box.path, Spot(rule.id or table.id), "decision", text), box.scope


def boxes_of(subject: Subject) -> Iterator[Box]:
    """Yield every box of a bundle's decisions and knowledge models, inner ones included."""
    base = scope_of(subject)
    models: dict[str, DecisionModel] = {}
    for decision in subject.bundle.read.decisions.values():
        node, model = decision.node, decision.model
        models[decision.path] = model
        needed = {model.by_id[need].variable: result_type(model.by_id[need]) for need in node.needs}
        functions = {**base.functions, **_callable(model, node.knowledge)}
        scope = Scope({**base.names, **needed}, functions)
        yield from _within(Box(decision.path, node.id, node.logic, scope))
    for path, model in models.items():
        for one in model.knowledge:
            functions = {**base.functions, **_callable(model, one.knowledge)}
            scope = Scope(dict.fromkeys(one.parameters, ANY), functions)
            yield from _within(Box(path, one.id, one.body, scope))


def _callable(model: DecisionModel, ids: tuple[str, ...]) -> dict[str, str]:
    return {model.knowledge_by_id[one].name: ANY for one in ids}


def _within(box: Box) -> Iterator[Box]:
    """Yield a box and every box inside, each with the names that it may read."""
    yield box
    for inner, names in _parts(box.box):
        yield from _within(box.with_names(inner, names))


def _parts(box: boxed.Boxed) -> Iterator[tuple[boxed.Boxed, dict[str, Type]]]:
    if isinstance(box, boxed.Context):
        above: dict[str, Type] = {}
        for entry in box.entries:
            yield entry.value, dict(above)
            above[entry.name] = ANY
        if box.result is not None:
            yield box.result, above
    elif isinstance(box, boxed.Definition):
        yield box.body, dict.fromkeys(box.parameters, ANY)
    elif isinstance(box, boxed.Iteration):
        yield box.source, {}
        # Of an item's own entries nothing is known: the empty name lets every name pass.
        own = "" if box.kind == "filter" else "partial"
        yield box.body, {box.name: ANY, own: ANY}
    else:
        yield from ((part, {}) for part in _plain_parts(box))


def _plain_parts(box: boxed.Boxed) -> Iterator[boxed.Boxed]:
    if isinstance(box, boxed.Items):
        yield from box.items
    elif isinstance(box, boxed.Relation):
        yield from (cell for row in box.rows for cell in row)
    elif isinstance(box, boxed.Invocation):
        yield from (binding.value for binding in box.bindings)
    elif isinstance(box, boxed.Conditional):
        yield from (box.condition, box.chosen, box.other)
