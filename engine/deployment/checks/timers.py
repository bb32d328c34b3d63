"""Timers: dates that follow their row, `due("known name")`, and reminders that come again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from engine.deployment.findings import Fault, Finding
from engine.deployment.subject import Subject
from engine.execution.bpmn_model import Event, Node
from engine.expressions import ast
from engine.expressions.errors import FeelError
from engine.expressions.parsing import parse
from engine.expressions.temporal import parse_duration

_CYCLE: Final = re.compile(r'"R\d{0,2}/(P[^"]+)"')

CYCLE: Final = Fault(
    "timer.cycle",
    "Expected a date, but {id} is a cycle timer",
    "定时器 {id} 为循环定时器",
    "Draw the loop, with one date timer in it; to remind, use a boundary that does not interrupt",
    "请画出循环，其中使用一个日期定时器；重复提醒请用非中断边界",
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
NOT_REPEATED: Final = Fault(
    "timer.not_repeated",
    'Expected due("name") or "R3/P1D" at {id}, but the cycle is {text!r}',
    '定时器 {id} 的循环 {text} 不是 due("名称") 或 "R3/P1D"',
    'Write due("name") for a date that moves on, or "R3/P1D" for three reminders a day apart,'
    " an hour at least",
    '请写作 due("名称")（日期每次后移），或 "R3/P1D"（隔日提醒三次，间隔至少一小时）',
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
    text = event.expression or ""
    if event.timer == "timeCycle":
        if node.kind != "boundaryEvent" or node.interrupting:
            yield CYCLE.at(subject.file, node)
        elif not _repeats(text) and _due_name(text) not in subject.due_names:
            yield NOT_REPEATED.at(subject.file, node, text=text)
    elif event.timer == "timeDuration":
        yield DURATION.at(subject.file, node)
    elif _due_name(text) not in subject.due_names:
        known = ", ".join(sorted(subject.due_names)) or "-"
        yield NOT_DUE.at(subject.file, node, text=text, known=known)


def _repeats(text: str) -> bool:
    """Return whether a text is a cycle such as `"R3/P1D"`, not shorter than an hour."""
    found = _CYCLE.fullmatch(text.strip())
    every = parse_duration(found[1]) if found else None
    return isinstance(every, timedelta) and every >= timedelta(hours=1)


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
    """Event gateways with branches that do not wait."""
    for gateway in subject.diagram.of_kind("eventBasedGateway"):
        flows = subject.diagram.outgoing.get(gateway.id, ())
        targets = [
            subject.diagram.by_id[f.target] for f in flows if f.target in subject.diagram.by_id
        ]
        for target in targets:
            if target.kind != "intermediateCatchEvent":
                yield NOT_WAITING.at(subject.file, gateway, target=target.id)
