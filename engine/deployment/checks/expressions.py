"""Expressions: they can be read, everything they name is there, and the types fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from engine.deployment.decisions import decision_sites
from engine.deployment.expressions import (
    Site,
    diagram_sites,
    form_sites,
    scope_of,
)
from engine.deployment.findings import Fault, Finding
from engine.deployment.subject import Subject
from engine.expressions import check as feel_check
from engine.expressions.findings import Finding as FeelFinding
from engine.expressions.inference import ANY, label

SYNTAX: Final = Fault(
    "expression.syntax",
    "{reason} (in {text!r})",
    "表达式 {text} 有误：{reason_zh}",
    "Correct the expression; it is FEEL",
    "请更正表达式（FEEL 语法）",
)
NAME: Final = Fault(
    "expression.name",
    "{reason} (in {text!r})",
    "表达式 {text} 有误：{reason_zh}",
    "Use a field of the case, or bind a form field to token.<name>",
    "请使用案件字段，或将表单字段绑定到 token.<名称>",
)
FUNCTION: Final = Fault(
    "expression.function",
    "{reason} (in {text!r})",
    "表达式 {text} 有误：{reason_zh}",
    "Use a built-in or registered function",
    "请使用内置函数或已登记的函数",
)
TYPES: Final = Fault(
    "expression.type",
    "{reason} (in {text!r})",
    "表达式 {text} 有误：{reason_zh}",
    "Compare and compute with values of one type",
    "请用同一类型的值进行比较和运算",
)
NO_CONDITION: Final = Fault(
    "expression.no_condition",
    "Expected a condition that is true or false, but {text!r} is a {kind}",
    "条件 {text} 的结果应为是或否，实际类型为 {kind}",
    'Compare it, as in decision = "agree"',
    '请写成比较，例如 decision = "agree"',
)

_BY_KIND: Final = {"syntax": SYNTAX, "unknown-name": NAME, "unknown-function": FUNCTION}


def fault_of(kind: str) -> Fault:
    """Return the fault of what the look at an expression found."""
    return _BY_KIND.get(kind, TYPES)


def check_diagram(subject: Subject) -> Iterator[Finding]:
    """Conditions, timers, assignments and parameters of the diagram."""
    scope = scope_of(subject)
    for site in diagram_sites(subject):
        yield from _look(site, scope)


def check_forms(subject: Subject) -> Iterator[Finding]:
    """The `hide` conditions of the forms."""
    for site, fields in form_sites(subject):
        yield from _look(site, scope_of(subject, fields))


def check_decisions(subject: Subject) -> Iterator[Finding]:
    """Every expression of the decisions; cells that are tests are checked with their tables."""
    for site, scope in decision_sites(subject):
        yield from _look(site, scope)


def _look(site: Site, scope: feel_check.Scope) -> Iterator[Finding]:
    found = feel_check.check(site.text, scope)
    yield from _told(site, found)
    if site.role in ("condition", "form") and not found:
        kind = label(feel_check.type_of(site.text, scope))
        if kind not in ("boolean", ANY):
            yield NO_CONDITION.at(site.file, site.place, text=site.text, kind=kind)


def _told(site: Site, found: Iterable[FeelFinding]) -> Iterator[Finding]:
    for one in found:
        yield fault_of(one.kind).at(
            site.file, site.place, text=site.text, reason=one.placed, reason_zh=one.placed_zh
        )
