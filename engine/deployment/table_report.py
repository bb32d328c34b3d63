"""What is wrong with the decisions of one file, at the row and the cell that it is about.

The faults and sentences are those of the gate; here they keep their column, and gaps and overlaps
the values that show them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from engine.deployment.checks.decisions import CELL, fault_of
from engine.deployment.checks.expressions import fault_of as expression_fault
from engine.deployment.decisions import Box, boxes_of
from engine.deployment.findings import WHOLE_FILE, Fault, Finding
from engine.deployment.subject import Subject
from engine.expressions import boxed
from engine.expressions.check import Scope, check, check_unary_tests, type_of
from engine.expressions.errors import FeelError
from engine.expressions.findings import Finding as FeelFinding
from engine.expressions.inference import ANY, Type
from engine.expressions.table_analysis import analyse
from engine.expressions.tables import DecisionTable

SHOWN: Final = 200
"""Faults told of one file; more are not read by anybody."""


@dataclass(frozen=True)
class TableFault:
    """One thing that is wrong with a decision.

    Attributes:
        kind: `file`, `cell`, `expression`, `gap`, `overlap`, `unreachable`, `not-analysed`.
        decision: id of the decision; "" for the file as a whole.
        rules: ids of the rows.
        column: inputs and outputs counted from 0 together; None where it is not about a cell.
        example: input expressions and values that show it; "" for any other value.
    """

    kind: str
    finding: Finding
    decision: str = ""
    rules: tuple[str, ...] = ()
    column: int | None = None
    example: tuple[tuple[str, str], ...] = ()


def report(subject: Subject, path: str) -> list[TableFault]:
    """Return what is wrong with the decisions of a file, in its order."""
    problems = [TableFault("file", one) for one in subject.bundle.read.problems if one.file == path]
    found = list(problems)
    for box in boxes_of(subject):
        if box.path == path:
            found.extend(_of_box(box))
    return found[:SHOWN]


def _of_box(box: Box) -> Iterator[TableFault]:
    if isinstance(box.box, DecisionTable):
        yield from _of_table(box, box.box)
        return
    text = ""
    if isinstance(box.box, boxed.Text):
        text = box.box.text
    elif isinstance(box.box, boxed.Invocation):
        text = box.box.function
    if text.strip():
        yield from _expressed(box, text, (), None)


def _of_table(box: Box, table: DecisionTable) -> Iterator[TableFault]:
    wrong = [*_columns(box, table), *_cells(box, table)]
    yield from wrong
    if any(one.kind == "cell" for one in wrong):
        return
    for found in analyse(table):
        fault = fault_of(found.kind)
        yield TableFault(
            found.kind,
            _said(fault, box, found.message, found.message_zh),
            table.id,
            found.rules,
            None,
            found.example,
        )


def _columns(box: Box, table: DecisionTable) -> Iterator[TableFault]:
    for place, column in enumerate(table.inputs):
        yield from _expressed(box, column.expression, (), place)


def _cells(box: Box, table: DecisionTable) -> Iterator[TableFault]:
    types = [_type(column.expression, box.scope) for column in table.inputs]
    seen: dict[tuple[int, str], list[FeelFinding]] = {}
    for rule in table.rules:
        for place, text in enumerate(rule.tests):
            if (place, text) not in seen:
                seen[place, text] = check_unary_tests(text, box.scope, types[place])
            for one in seen[place, text]:
                said = CELL.at(
                    box.path, WHOLE_FILE, text=text, reason=one.placed, reason_zh=one.placed_zh
                )
                yield TableFault("cell", said, table.id, (rule.id,), place)
        for place, text in enumerate(rule.outputs, start=len(table.inputs)):
            if text.strip():
                yield from _expressed(box, text, (rule.id,), place)


def _expressed(
    box: Box, text: str, rules: tuple[str, ...], column: int | None
) -> Iterator[TableFault]:
    for one in check(text, box.scope):
        said = expression_fault(one.kind).at(
            box.path, WHOLE_FILE, text=text, reason=one.placed, reason_zh=one.placed_zh
        )
        yield TableFault("expression", said, box.element, rules, column)


def _said(fault: Fault, box: Box, reason: str, reason_zh: str) -> Finding:
    return fault.at(box.path, WHOLE_FILE, reason=reason, reason_zh=reason_zh)


def _type(expression: str, scope: Scope) -> Type:
    try:
        return type_of(expression, scope)
    except FeelError:
        return ANY
