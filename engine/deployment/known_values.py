"""The values that a bundle's forms, tables, operations and assignments write to token flags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from engine.deployment.subject import Subject
from engine.execution.bpmn_model import Node
from engine.expressions import ast
from engine.expressions.errors import FeelError
from engine.expressions.parsing import parse
from engine.expressions.tables import DecisionTable
from engine.forms.components import Component
from engine.verification.names import UNKNOWN, Known, Names, Write

_LISTING: Final = frozenset({"COLLECT", "RULE ORDER", "OUTPUT ORDER"})
_BOOLEANS: Final[tuple[Known, ...]] = (True, False)
_COMPARING: Final = (ast.Compare, ast.Between, ast.In, ast.Logic, ast.Quantified)
_DECIDING: Final = ("decision", "outcome", "result")
"""Keys of the field that says how a task of a designer's own act went, where several offer some."""


def written_names(subject: Subject) -> Names:
    """Return what each element of a bundle's diagram writes, and which of it is its outcome."""
    writes: dict[str, tuple[Write, ...]] = {}
    acts: dict[str, str] = {}
    outcomes: dict[str, str] = {}
    for node in subject.diagram.nodes:
        own = list(_merged(_writes(subject, node)))
        act = node.properties.get("act") or node.operation
        if act:
            acts[node.id] = act
        answer = _answer(subject, node)
        if answer is not None:
            outcomes[node.id] = answer.name
            if answer.name not in {one.name for one in own}:
                own.append(answer)
        if own:
            writes[node.id] = tuple(own)
    return Names(writes, acts, outcomes)


def _answer(subject: Subject, node: Node) -> Write | None:
    """Return how a task went: under the flag that says so, if no assignment writes over it."""
    assigned_over = {one.name for one in node.assignments}
    if node.result:
        name = node.result if node.result not in assigned_over else f"{node.id}?{node.result}"
        return Write(name, tuple(results_of(subject, node)))
    field = _outcome_field(subject, node)
    if field is None:
        return None
    to = field.binding
    told = to is not None and to.target == "token" and to.name not in assigned_over
    name = to.name if to is not None and told else f"{node.id}?{field.key}"
    return Write(name, *_values_of(field))


def _writes(subject: Subject, node: Node) -> Iterator[Write]:
    """Yield what an element writes, in the order in which it does."""
    if node.kind == "userTask":
        form = subject.bundle.read.forms.get(subject.form_of(node))
        for field in form.fields if form is not None else ():
            if field.binding is not None and field.binding.target == "token":
                yield Write(field.binding.name, *_values_of(field))
        yield from subject.environment.act_writes.get(node.properties.get("act", ""), ())
    if node.kind == "startEvent":
        for event in node.events:
            yield from subject.environment.act_writes.get(event.name or "", ())
    if node.result:
        yield Write(node.result, tuple(results_of(subject, node)))
    for one in node.assignments:
        yield Write(one.name, tuple(assigned(one.expression)))


def _merged(writes: Iterable[Write]) -> Iterable[Write]:
    """Join what is written to one name: the last that surely writes it stands."""
    found: dict[str, Write] = {}
    for write in writes:
        before = found.get(write.name)
        if before is not None and write.keeps:
            values = tuple(dict.fromkeys((*before.values, *write.values)))
            found[write.name] = Write(write.name, values, before.keeps)
        else:
            found[write.name] = write
    return found.values()


def _values_of(field: Component) -> tuple[tuple[Known, ...], bool]:
    """Return what a field may hold, and whether it may also be left out."""
    absent = field.hide is not None or field.readonly
    if field.kind == "checkbox":
        return _BOOLEANS, absent
    options = options_of(field)
    if options is None:
        return (UNKNOWN,), True
    values = (option.value for option in field.options)
    if field.limits.required:
        return tuple(values), absent
    return (*values, None), True


def _outcome_field(subject: Subject, node: Node) -> Component | None:
    """Return the field of a task's form that says how it went."""
    form = subject.bundle.read.forms.get(subject.form_of(node)) if node.kind == "userTask" else None
    offered = [field for field in form.fields if options_of(field)] if form is not None else []
    keys = subject.environment.act_answers.get(node.properties.get("act", ""), _DECIDING)
    named = [field for field in offered if field.key in keys]
    bound = [f for f in offered if f.binding is not None and f.binding.target == "token"]
    return next(iter((*named, *bound)), None)


def options_of(field: Component) -> frozenset[str] | None:
    """Return the options of a field in which one is chosen; None where they are not known."""
    if field.kind not in ("select", "radio") or field.options_from is not None or field.multiple:
        return None
    return frozenset(option.value for option in field.options)


def results_of(subject: Subject, node: Node) -> Sequence[Known]:
    """Return what an operation or a table may answer."""
    if node.operation:
        texts = subject.environment.answers.get(node.operation)
        boolean = subject.environment.operations.get(node.operation) == "boolean"
        return (*_BOOLEANS, None) if boolean else texts or (UNKNOWN,)
    known = subject.bundle.read.decisions.get(node.decision or "")
    table = known.table if known is not None else None
    return table_values(table) if table is not None else (UNKNOWN,)


def table_values(table: DecisionTable) -> Sequence[Known]:
    """Return what a table may answer; null where no row accepts what it is asked."""
    if len(table.outputs) != 1 or table.hit_policy in _LISTING:
        return (UNKNOWN,)
    default = table.outputs[0].default.strip()
    cells = [rule.outputs[0] for rule in table.rules]
    found = {value: None for cell in (*cells, default) if cell.strip() for value in assigned(cell)}
    complete = any(all(test.strip() in ("", "-") for test in rule.tests) for rule in table.rules)
    if not default and not complete:
        found[None] = None
    return (UNKNOWN,) if UNKNOWN in found else tuple(found)


def assigned(text: str) -> Sequence[Known]:
    """Return the values that an expression may have: its literals, or what a comparison answers."""
    try:
        return tuple(dict.fromkeys(_leaves(parse(text).root)))
    except FeelError:
        return (UNKNOWN,)


def _leaves(node: ast.Node) -> Iterator[Known]:
    if isinstance(node, ast.If):
        yield from _leaves(node.chosen)
        yield from _leaves(node.other)
    elif isinstance(node, ast.Literal) and isinstance(node.value, str | bool | None):
        yield node.value
    elif isinstance(node, _COMPARING):
        yield from (*_BOOLEANS, None)
    else:
        yield UNKNOWN
