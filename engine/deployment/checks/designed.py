"""What designers add to cases: fields of one type each, dates and messages of their own, words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.deployment.checks.messages import UNHEARD
from engine.deployment.declared import fields, word
from engine.deployment.findings import Fault, Finding
from engine.deployment.subject import Subject
from engine.deployment.typed import typed_in, typed_names
from engine.execution.bpmn_model import Node
from engine.operations import OWN, SEND_MESSAGE, START_PROCESS

_AUDIENCE: Final = frozenset({"body", "shown_to"})
"""Parameters that say who is told."""

CONFLICT: Final = Fault(
    "field.conflict",
    "Expected one type of the field {name}, but it is {kind} here and {other} in {where}",
    "字段 {name} 在此处的类型为 {kind}，在 {where} 中为 {other}",
    "Give one of the two fields another name, or both the same type",
    "请更改其中一个字段的名称，或统一类型",
)
RETYPED: Final = Fault(
    "field.retyped",
    "Expected the type that the field {name} has in the version in force, {other}, but it is "
    "{kind}; running cases hold values of the former type",
    "字段 {name} 在现行版本中的类型为 {other}，此处为 {kind}；办理中的案件存有原类型的值",
    "Give the field another name",
    "请为该字段另取名称",
    "warning",
)
KEPT: Final = Fault(
    "field.kept",
    "Expected a free name of a field, but {name} is kept by the product",
    "字段名 {name} 由系统保留",
    "Choose another name",
    "请更换名称",
)
MESSAGE: Final = Fault(
    "parameter.message",
    "Expected a message of your own at {id}, such as own.visit, but it is {name}; what rules name "
    "is sent by acts and drawn events alone",
    "节点 {id} 只能发送自定义消息（如 own.visit），不能发送 {name}；"
    "规定中的消息只能由办理事项或图上的事件发送",
    "Name the message own.NAME in both processes",
    "请在两个流程中都用 own.名称 命名该消息",
)
CAUGHT: Final = Fault(
    "parameter.message_own",
    "Expected {name} sent to another process, but {id} and {other} are in one",
    "消息 {name} 由 {id} 发送，又在同一流程图中被 {other} 捕获",
    "Decide by a gateway, or move one of the two to a process of its own",
    "请用网关判断，或把其中之一移到独立流程",
)
PROCESS: Final = Fault(
    "parameter.process",
    "Expected a process that begins with one message of its own, but {name} is none",
    "流程 {name} 不存在，或不是以一个自定义消息（own.名称）启动",
    "Let the process begin with one message start event named own.NAME, and deploy it in the set",
    "请让该流程以一个名为 own.名称 的消息开始事件启动，并一并部署",
)
PERSONAL: Final = Fault(
    "parameter.personal",
    "Expected words for many readers at {id}, but {parameter} shows {name}, which a person typed",
    "节点 {id} 的参数 {parameter} 会显示 {name}，而它是个人填写的文字，可能含个人信息",
    "Show choices, numbers and dates alone, and let readers open the case for the rest",
    "只显示选项、数字和日期，其余请读者到案件中查看",
)
UNTOLD: Final = Fault(
    "parameter.untold",
    "Expected nobody told at {id} of what is not theirs to know, but {parameter} is {value!r} in "
    "the process {process}",
    "流程 {process} 不对外公开，节点 {id} 的参数 {parameter} 不能取 {value}",
    "Choose another value, or tell them from the process in which the decision is served",
    "请更换取值，或在送达决定的流程中告知",
)


def check_fields(subject: Subject) -> Iterator[Finding]:
    """Fields of the case that two places type differently, or that are not the designer's."""
    forms = subject.bundle.read.forms
    here: dict[str, str] = {}
    for one in fields(subject.file, subject.diagram, forms):
        name, kind = one.field.name, one.field.type
        if name in subject.environment.kept_fields:
            yield KEPT.at(one.file, one.place, name=name)
        others = {subject.bundle.process: here.setdefault(name, kind)}
        others |= {
            process: contract.fields[name]
            for process, contract in subject.contracts.items()
            if name in contract.fields and process != subject.bundle.process
        }
        typed = {where: found for where, found in others.items() if found and kind}
        wrong = next(((where, found) for where, found in typed.items() if found != kind), None)
        former = subject.environment.processes.get(subject.bundle.process)
        before = former.fields.get(name, kind) if former is not None else kind
        if before != kind:
            yield RETYPED.at(one.file, one.place, name=name, kind=kind, other=before)
        if wrong is not None:
            where, other = wrong
            yield CONFLICT.at(one.file, one.place, name=name, kind=kind, other=other, where=where)


def check_sending(subject: Subject) -> Iterator[Finding]:
    """Operations that send what only the rules may send, or what nobody takes."""
    contracts = subject.contracts.values()
    heard = frozenset[str]().union(*(one.starts | one.catches for one in contracts))
    for node in subject.diagram.of_kind("serviceTask"):
        if node.operation == SEND_MESSAGE and (name := word(node, "message")):
            yield from _message(subject, node, name, heard)
        elif node.operation == START_PROCESS and (name := word(node, "process")):
            contract = subject.contracts.get(name)
            own = [one for one in contract.starts if one.startswith(OWN)] if contract else []
            if len(own) != 1 or name == subject.bundle.process:
                yield PROCESS.at(subject.file, node, name=name)


def _message(subject: Subject, node: Node, name: str, heard: frozenset[str]) -> Iterator[Finding]:
    if not name.startswith(OWN):
        yield MESSAGE.at(subject.file, node, name=name)
    elif name not in heard:
        yield UNHEARD.at(subject.file, node, name=name)
    else:
        for other in subject.diagram.nodes:
            if any(event.kind == "message" and event.name == name for event in other.events):
                yield CAUGHT.at(subject.file, node, name=name, other=other.id)


def check_words(subject: Subject) -> Iterator[Finding]:
    """Words shown to many readers that read what a person typed."""
    typed = typed_names(subject)
    for node in subject.diagram.of_kind("serviceTask"):
        info = subject.environment.described.get(node.operation or "")
        told = {one.id for one in info.parameters if one.told} if info else set()
        for given in node.parameters:
            shown = typed_in(given.expression, typed) if given.name in told else None
            if shown is not None:
                yield PERSONAL.at(subject.file, node, parameter=given.name, name=shown)


def check_audience(subject: Subject) -> Iterator[Finding]:
    """Operations that would tell somebody of a process that is not his to follow."""
    barred = subject.environment.untold.get(subject.bundle.process, frozenset())
    for node in subject.diagram.of_kind("serviceTask"):
        for given in node.parameters:
            value = word(node, given.name)
            if given.name in _AUDIENCE and value in barred:
                about = {"parameter": given.name, "value": value}
                yield UNTOLD.at(subject.file, node, process=subject.bundle.process, **about)
