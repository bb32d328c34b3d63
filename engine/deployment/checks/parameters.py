"""Parameters of operations: each is known, given, of its type, and written out where it must be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from engine.deployment.declared import constant
from engine.deployment.expressions import scope_of
from engine.deployment.findings import Fault, Finding
from engine.deployment.subject import Subject
from engine.execution.bpmn_model import Assignment, Node
from engine.expressions.check import Scope, type_of
from engine.expressions.errors import FeelError
from engine.expressions.inference import ANY, compatible, label
from engine.operations import SET_FIELD, Parameter

UNKNOWN: Final = Fault(
    "parameter.unknown",
    "Expected a parameter of {operation} at {id}, but {parameter} is none",
    "节点 {id} 的操作 {operation} 没有参数 {parameter}",
    "Remove it, or choose one of: {known}",
    "请删除，或改用：{known}",
)
REPEATED: Final = Fault(
    "parameter.repeated",
    "Expected {parameter} once at {id}, but it is given again",
    "节点 {id} 重复填写了参数 {parameter}",
    "Remove one of the two",
    "请删除其中之一",
)
MISSING: Final = Fault(
    "parameter.missing",
    "Expected {parameter} at {id}, because {operation} needs it, but it is not given",
    "节点 {id} 缺少参数 {name_zh}（{parameter}），操作 {operation} 需要它",
    "Fill in: {name}",
    "请填写：{name_zh}",
)
TYPE: Final = Fault(
    "parameter.type",
    "Expected {parameter} of {id} as a {kind}, but {text!r} is a {found}",
    "节点 {id} 的参数 {parameter} 应为 {kind}，而 {text} 是 {found}",
    "Write an expression of that type; a text stands in quotation marks",
    "请写成该类型的表达式；文字须加引号",
)
LITERAL: Final = Fault(
    "parameter.literal",
    "Expected {parameter} of {id} written out, because it is checked before it runs, "
    "but {text!r} is an expression",
    "节点 {id} 的参数 {parameter} 须直接写明，部署时要据此检查，而 {text} 是表达式",
    'Write the text in quotation marks, as in "site_visit"',
    '请写成带引号的文字，例如 "site_visit"',
)
CHOICE: Final = Fault(
    "parameter.choice",
    "Expected one of the values of {parameter} at {id}, but it is {text}",
    "节点 {id} 的参数 {parameter} 不能取值 {text}",
    "Choose one of: {known}",
    "可选：{known}",
)
NAME: Final = Fault(
    "parameter.name",
    "Expected another form of {parameter} at {id}, but it is {text}",
    "节点 {id} 的参数 {parameter} 的写法不合要求：{text}",
    "Write it as {pattern}, 60 characters at most",
    "请按 {pattern} 书写，最多60个字符",
)
LIMIT: Final = 60


def check_parameters(subject: Subject) -> Iterator[Finding]:
    """Service tasks whose operation is given too little, too much or the wrong thing."""
    scope = scope_of(subject)
    for node in subject.diagram.of_kind("serviceTask"):
        if node.operation in subject.environment.operations:
            yield from _Look(subject, node, scope).findings()


class _Look:
    """The look at one service task."""

    def __init__(self, subject: Subject, node: Node, scope: Scope) -> None:
        self._subject = subject
        self._node = node
        self._scope = scope
        info = subject.environment.described.get(node.operation or "")
        self._known: Sequence[Parameter] = info.parameters if info else ()

    def findings(self) -> Iterator[Finding]:
        known = {one.id: one for one in self._known}
        given: set[str] = set()
        for one in self._node.parameters:
            if one.name in given:
                yield self._at(REPEATED, one.name)
            elif one.name not in known:
                listed = ", ".join(known) or "-"
                yield self._at(UNKNOWN, one.name, known=listed)
            else:
                yield from self._value(known[one.name], one)
            given.add(one.name)
        for parameter in self._known:
            if parameter.required and parameter.id not in given:
                yield self._at(MISSING, parameter.id, name=parameter.en, name_zh=parameter.zh)

    def _value(self, parameter: Parameter, given: Assignment) -> Iterator[Finding]:
        text = given.expression.strip()
        value = constant(text)
        if parameter.literal and value is ...:
            yield self._at(LITERAL, parameter.id, text=text)
            return
        yield from self._type(parameter, text)
        known = [one.value for one in parameter.choices]
        if known and value is not ... and value not in known:
            yield self._at(CHOICE, parameter.id, text=text, known=", ".join(known))
        if isinstance(value, str) and not _is_written(value, parameter.pattern):
            yield self._at(NAME, parameter.id, text=text, pattern=parameter.pattern)

    def _type(self, parameter: Parameter, text: str) -> Iterator[Finding]:
        kind = self._expected(parameter)
        try:
            found = label(type_of(text, self._scope))
        except FeelError:
            return  # told by the check of expressions
        if not compatible(kind, found):
            yield self._at(TYPE, parameter.id, kind=kind, text=text, found=found)

    def _expected(self, parameter: Parameter) -> str:
        """Return the type of a parameter; that of a field's value is written beside it."""
        if self._node.operation != SET_FIELD or parameter.id != "value":
            return parameter.type
        kinds = [one.expression for one in self._node.parameters if one.name == "type"]
        kind = constant(kinds[0]) if kinds else ANY
        return kind if isinstance(kind, str) else ANY

    def _at(self, fault: Fault, parameter: str, **details: str) -> Finding:
        operation = self._node.operation or ""
        details = {"parameter": parameter, "operation": operation, **details}
        return fault.at(self._subject.file, self._node, **details)


def _is_written(value: str, pattern: str) -> bool:
    return not pattern or (len(value) <= LIMIT and re.fullmatch(pattern, value) is not None)
