"""Tasks: a person's task says who, what and by when; a service task names what exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from engine.deployment.findings import Fault, Finding, Place
from engine.deployment.subject import Subject
from engine.execution.bpmn_model import Node
from engine.forms.conditions import reserved_names
from engine.operations import OWN

_ACT: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
_FLAG: Final = re.compile(r"[a-z][a-z0-9_]{0,59}")

LANE: Final = Fault(
    "task.lane",
    "Expected task {id} in a lane, but it is in none",
    "用户任务 {id} 不在任何泳道内",
    "Draw it in the lane of its body; inside a sub-process the property body stands for it",
    "请画在承办单位的泳道内；子流程内可用属性 body 代替",
)
BODY: Final = Fault(
    "task.body",
    "Expected a candidate rule as body of {id}, but it is {value!r}",
    "用户任务 {id} 的 body({value})不是已知的承办规则",
    "Choose one of: {known}",
    "可选：{known}",
)
ACT: Final = Fault(
    "task.act",
    "Expected {id} to name its act, such as recheck.submit, but it is {value!r}",
    "用户任务 {id} 的 act({value})不合要求，应如 recheck.submit",
    "Set the property act",
    "请设置属性 act",
)
UNKNOWN_ACT: Final = Fault(
    "task.act_unknown",
    "Expected {id} to name an act that the product can do, but it is {value!r}",
    "用户任务 {id} 的 act（{value}）系统不会办理",
    "Write own.NAME for a step of your own, or choose one of: {known}",
    "自己的步骤写 own.名称，其他可选：{known}",
)
LADDER: Final = Fault(
    "task.ladder",
    "Expected a known ladder at {id}, but it is {value!r}",
    "用户任务 {id} 的 ladder({value})不是已知的提醒阶梯",
    "Choose one of: {known}",
    "可选：{known}",
)
FORM: Final = Fault(
    "task.form",
    "Expected the form of {id}, but forms/{form}.json is not in the bundle",
    "用户任务 {id} 的表单 forms/{form}.json 不存在",
    "Add the form, or name another in the property form",
    "请添加表单，或在属性 form 中指定其他表单",
)
UNTRANSLATED: Final = Fault(
    "task.untranslated",
    "Expected a Chinese name and an English documentation at {id}, but one is missing",
    "用户任务 {id} 缺少中文名称或英文说明",
    "Fill in the name, and the English name as the first line of the documentation",
    "请填写名称，并在说明的第一行填写英文名称",
    "warning",
)
OPERATION: Final = Fault(
    "operation.unknown",
    "Expected a registered operation at {id}, but it is {value!r}",
    "服务任务 {id} 的操作 {value} 未登记",
    "Choose a registered operation",
    "请选择已登记的操作",
)
NO_RESULT: Final = Fault(
    "operation.no_result",
    "Expected no result of {value}, because it answers nothing, but {id} keeps one as {flag}",
    "操作 {value} 没有结果，但 {id} 将其存入 {flag}",
    "Remove the result variable",
    "请删除结果变量",
)
DECISION: Final = Fault(
    "decision.unknown",
    "Expected a decision of the bundle at {id}, but it is {value!r}",
    "规则任务 {id} 引用的决策 {value} 不在流程包中",
    "Add the decision table, or correct the id",
    "请添加决策表，或更正编号",
)
UNUSED_RESULT: Final = Fault(
    "decision.no_result",
    "Expected {id} to keep what the table decides, but it names no flag",
    "规则任务 {id} 未指定保存结果的标志",
    "Set the property result",
    "请设置属性 result",
)
FLAG: Final = Fault(
    "flag.name",
    "Expected a flag of small letters, digits and _, but {id} writes {flag!r}",
    "{id} 写入的标志名 {flag} 不合法或为保留名称",
    "Choose another name",
    "请更换名称",
)


def check_human_tasks(subject: Subject) -> Iterator[Finding]:
    """User tasks that do not say who does what by which form and with which ladder."""
    environment = subject.environment
    for node in subject.diagram.of_kind("userTask"):
        properties = node.properties
        body, ladder, act = (properties.get(name, "") for name in ("body", "ladder", "act"))
        inner = node.scope in subject.diagram.by_id
        if node.lane is None and not (inner and body):
            yield LANE.at(subject.file, node)
        if body not in environment.bodies:
            yield BODY.at(subject.file, node, value=body, known=_listed(environment.bodies))
        if ladder not in environment.ladders:
            yield LADDER.at(subject.file, node, value=ladder, known=_listed(environment.ladders))
        yield from _act(subject, node, act)
        if f"forms/{subject.form_of(node)}.json" not in subject.bundle.files:
            yield FORM.at(subject.file, node, form=subject.form_of(node))
        if not node.name or not node.documentation:
            yield UNTRANSLATED.at(subject.file, node)


def _act(subject: Subject, node: Node, act: str) -> Iterator[Finding]:
    known = subject.environment.task_acts
    if act.startswith(OWN):
        return  # told by the check of own acts
    if not _ACT.fullmatch(act):
        yield ACT.at(subject.file, node, value=act)
    elif known is not None and not {act, f"{act}:{node.id}"} & known:
        acts = frozenset(one for one in known if ":" not in one)
        yield UNKNOWN_ACT.at(subject.file, node, value=act, known=_listed(acts))


def check_operations(subject: Subject) -> Iterator[Finding]:
    """Service tasks whose operation does not exist or answers nothing."""
    known = subject.environment.operations
    for node in subject.diagram.of_kind("serviceTask"):
        value = node.operation or ""
        if value not in known:
            yield OPERATION.at(subject.file, node, value=value)
        elif known[value] is None and node.result:
            yield NO_RESULT.at(subject.file, node, value=value, flag=node.result)


def check_decision_tasks(subject: Subject) -> Iterator[Finding]:
    """Business rule tasks whose decision does not exist or is thrown away."""
    for node in subject.diagram.of_kind("businessRuleTask"):
        if not _is_readable(subject, node):
            yield DECISION.at(subject.file, node, value=node.decision or "")
        if not node.result:
            yield UNUSED_RESULT.at(subject.file, node)


def _is_readable(subject: Subject, node: Node) -> bool:
    return node.decision is not None and node.decision in subject.bundle.read.decisions


def check_flags(subject: Subject) -> Iterator[Finding]:
    """Names of token flags that the engine or the language keep for themselves."""
    for node in subject.diagram.nodes:
        if node.result is not None:
            yield from _flag(subject, node, node.result)
        for assignment in node.assignments:
            yield from _flag(subject, node, assignment.name)


def _flag(subject: Subject, place: Place, name: str) -> Iterator[Finding]:
    if not _FLAG.fullmatch(name) or name in reserved_names():
        yield FLAG.at(subject.file, place, flag=name)


def _listed(names: frozenset[str]) -> str:
    return ", ".join(sorted(names)) or "-"
