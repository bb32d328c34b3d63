"""Decision tables: every case is decided, by one row, and every row counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.deployment.decisions import boxed_tables
from engine.deployment.findings import Fault, Finding, Spot
from engine.deployment.subject import Subject
from engine.expressions.check import Scope, check_unary_tests, type_of
from engine.expressions.errors import FeelError
from engine.expressions.inference import ANY, Type
from engine.expressions.table_analysis import analyse
from engine.expressions.tables import DecisionTable

GAP: Final = Fault(
    "decision.gap",
    "{reason}",
    "{reason_zh}",
    "Add a rule, or a default to the output",
    "请补充规则，或为输出设置默认值",
)
OVERLAP: Final = Fault(
    "decision.overlap",
    "{reason}",
    "{reason_zh}",
    "Narrow one of the rules, or choose the hit policy FIRST",
    "请缩小其中一条规则，或改用命中策略 FIRST",
)
IDLE: Final = Fault(
    "decision.unreachable",
    "{reason}",
    "{reason_zh}",
    "Remove the rule, or move it up",
    "请删除该规则，或将其上移",
)
NOT_ANALYSED: Final = Fault(
    "decision.not_analysed",
    "{reason}",
    "{reason_zh}",
    "Split the table, or write simpler cells",
    "请拆分决策表，或简化单元格",
    "warning",
)
CELL: Final = Fault(
    "decision.cell",
    "{reason} (in the cell {text!r})",
    "单元格 {text} 有误：{reason_zh}",
    "Correct the cell; it is a FEEL unary test",
    "请更正单元格（FEEL 单目测试）",
)

_BY_KIND: Final = {"gap": GAP, "overlap": OVERLAP, "unreachable": IDLE}


def fault_of(kind: str) -> Fault:
    """Return the fault of what the analysis of a table found."""
    return _BY_KIND.get(kind, NOT_ANALYSED)


def check_tables(subject: Subject) -> Iterator[Finding]:
    """Cells that cannot be read, cases that no row or several rows decide, rows that never do."""
    for path, table, scope in boxed_tables(subject):
        wrong = list(_cells(path, table, scope))
        yield from wrong
        if not wrong:
            yield from _analysed(path, table)


def _analysed(path: str, table: DecisionTable) -> Iterator[Finding]:
    for found in analyse(table):
        fault = fault_of(found.kind)
        place = Spot(found.rules[0] if found.rules else table.id)
        yield fault.at(path, place, reason=found.message, reason_zh=found.message_zh)


def _cells(path: str, table: DecisionTable, scope: Scope) -> Iterator[Finding]:
    columns = [_type(column.expression, scope) for column in table.inputs]
    for rule in table.rules:
        for cell, tested in zip(rule.tests, columns, strict=True):
            for found in check_unary_tests(cell, scope, tested):
                yield CELL.at(
                    path,
                    Spot(rule.id or table.id),
                    text=cell,
                    reason=found.placed,
                    reason_zh=found.placed_zh,
                )


def _type(expression: str, scope: Scope) -> Type:
    try:
        return type_of(expression, scope)
    except FeelError:
        return ANY
