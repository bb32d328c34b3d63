"""Timers: only dates that follow their row, `due("known name")`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.deployment.findings import Fault, Finding
from engine.deployment.subject import Subject
from engine.execution.bpmn_model import Event, Node
from engine.expressions import ast
from engine.expressions.errors import FeelError
from engine.expressions.parsing import parse

CYCLE: Final = Fault(
    "timer.cycle",
    "Expected a date, but {id} is a cycle timer",
    "定时器 {id} 为循环定时器",
    "Draw the loop, with one date timer in it",
    "请画出循环，其中使用一个日期定时器",
)
DURATION: Final = Fault(
    "timer.duration",
    'Expected a date as due("…"), but {id} gives a duration',
    "定时器 {id} 使用了时长",
    'A deadline comes from the rule set: write due("name") as a date',
    '期限由规则集给出，请写作日期 due("名称")',
)
NOT_DUE: Final = Fault(
    "timer.not_due",
    'Expected due("name") at {id}, but the date is {text!r}',
    '定时器 {id} 的日期 {text} 不是 due("名称")',
    'Write due("name") with one of: {known}',
    '请写作 due("名称")，名称可为：{known}',
)
TWO_TIMERS: Final = Fault(
    "timer.two_at_gateway",
    "Expected at most one timer behind the event gateway {id}, but there are {count}",
    "事件网关 {id} 之后有 {count} 个定时器",
    "Split into two waits, or use one date that is the earlier of both",
    "请分成两处等待，或合并为较早的一个日期",
)
NOT_WAITING: Final = Fault(
    "gateway.event_branch",
    "Expected a catching event behind the event gateway {id}, but {target} is none",
    "事件网关 {id} 之后的 {target} 不是捕获事件",
    "Let every branch begin with a catching event",
    "每个分支都应以捕获事件开始",
)


def check_timers(subject: Subject) -> Iterator[Finding]:
    """Timer events whose date is no live date of the case."""
    for node in subject.diagram.nodes:
        for event in node.events:
            if event.kind == "timer":
                yield from _timer(subject, node, event)


def _timer(subject: Subject, node: Node, event: Event) -> Iterator[Finding]:
    if event.timer == "timeCycle":
        yield CYCLE.at(subject.file, node)
    elif event.timer == "timeDuration":
        yield DURATION.at(subject.file, node)
    elif _due_name(event.expression or "") not in subject.environment.due_names:
        known = ", ".join(sorted(subject.environment.due_names)) or "-"
        yield NOT_DUE.at(subject.file, node, text=event.expression or "", known=known)


def _due_name(text: str) -> object:
    """Return the name that `due("name")` asks for; None if the text is anything else."""
    try:
        root = parse(text).root
    except FeelError:
        return None
    if not isinstance(root, ast.Call) or not isinstance(root.function, ast.Name):
        return None
    if root.function.name != "due" or len(root.arguments) != 1:
        return None
    argument = root.arguments[0]
    return argument.value if isinstance(argument, ast.Literal) else None


def check_event_gateways(subject: Subject) -> Iterator[Finding]:
    """Event gateways with two timers, or with branches that do not wait."""
    for gateway in subject.diagram.of_kind("eventBasedGateway"):
        flows = subject.diagram.outgoing.get(gateway.id, ())
        targets = [
            subject.diagram.by_id[f.target] for f in flows if f.target in subject.diagram.by_id
        ]
        timers = sum(target.has_event("timer") for target in targets)
        if timers > 1:
            yield TWO_TIMERS.at(subject.file, gateway, count=timers)
        for target in targets:
            if target.kind != "intermediateCatchEvent":
                yield NOT_WAITING.at(subject.file, gateway, target=target.id)
