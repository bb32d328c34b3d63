"""Which elements and events may be drawn at all: an allow-list, so what is new is refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.deployment.findings import Fault, Finding, Spot
from engine.deployment.subject import Subject
from engine.execution.bpmn_model import Node

ALLOWED: Final = frozenset(
    {
        "boundaryEvent",
        "businessRuleTask",
        "callActivity",
        "endEvent",
        "eventBasedGateway",
        "exclusiveGateway",
        "inclusiveGateway",
        "intermediateCatchEvent",
        "intermediateThrowEvent",
        "parallelGateway",
        "serviceTask",
        "startEvent",
        "subProcess",
        "userTask",
    }
)

ALLOWED_EVENTS: Final = {
    "startEvent": frozenset({"message"}),
    "endEvent": frozenset({"terminate", "message", "error"}),
    "intermediateCatchEvent": frozenset({"message", "timer", "signal"}),
    "intermediateThrowEvent": frozenset({"message", "signal"}),
    "boundaryEvent": frozenset({"message", "timer", "signal", "error"}),
}

FORBIDDEN: Final = Fault(
    "construct.forbidden",
    "Expected an element that runs as drawn, but {id} is a {kind}",
    "节点 {id} 的类型 {kind} 不受支持",
    "Draw it with user, service and business rule tasks, gateways, events and sub-processes",
    "请改用用户任务、服务任务、规则任务、网关、事件和子流程",
)
SCRIPT: Final = Fault(
    "construct.script",
    "Expected no script, but {id} carries one ({kind})",
    "节点 {id} 含有脚本({kind})",
    "Use an operation, or an assignment in a property set.NAME",
    "请改用操作，或用属性 set.名称 赋值",
)
EVENT_SUBPROCESS: Final = Fault(
    "construct.event_subprocess",
    "Expected a boundary event, but {id} is an event sub-process",
    "节点 {id} 是事件子流程",
    "Put a boundary event on a sub-process around the steps concerned",
    "请用外层子流程加边界事件代替",
)
LOOP_MARKER: Final = Fault(
    "construct.loop_marker",
    "Expected a task that is done once, but {id} carries a loop marker",
    "节点 {id} 带有循环或多实例标记",
    "Draw one task for each body, or draw the loop",
    "请为每个单位画一个任务，或画出循环",
)
EVENT: Final = Fault(
    "event.forbidden",
    "Expected an event that runs as drawn, but {id} is a {kind} {node}",
    "事件 {id} 的类型 {kind}({node})不受支持",
    "Use messages, signals, date timers and terminate ends as the patterns show",
    "请按建模范式使用消息、信号、日期定时器和终止结束事件",
)
SIGNAL_END: Final = Fault(
    "event.signal_end",
    "Expected a plain end, but {id} is a signal end, which throws nothing",
    "结束事件 {id} 为信号结束，引擎不会发出信号",
    "Throw the signal in an intermediate event before a plain end",
    "请在普通结束事件之前用中间抛出事件发出信号",
)
SEVERAL_EVENTS: Final = Fault(
    "event.several",
    "Expected one event definition, but {id} has several",
    "事件 {id} 含有多个事件定义",
    "Draw an event gateway with one event a branch",
    "请用事件网关，每个分支一个事件",
)
NO_EVENT: Final = Fault(
    "event.missing",
    "Expected {id} to wait for something, but it has no event definition",
    "事件 {id} 没有事件定义",
    "Choose message, timer or signal",
    "请选择消息、定时器或信号",
)
NAMELESS: Final = Fault(
    "event.nameless",
    "Expected {id} to name its {kind}, but it refers to none",
    "事件 {id} 未指定{kind}的名称",
    "Choose or create the {kind} it is about",
    "请选择或新建所引用的{kind}",
)
INNER_START: Final = Fault(
    "event.inner_start",
    "Expected a plain start inside a sub-process, but {id} waits for an event",
    "子流程内的开始事件 {id} 只能是普通开始事件",
    "Use a plain start followed by a catching event",
    "请用普通开始事件，其后接捕获事件",
)
CALL: Final = Fault(
    "call.unknown",
    "Expected {id} to call a process of the same file, but there is no {called}",
    "调用活动 {id} 引用的流程 {called} 不在本文件中",
    "Use a sub-process, or start the other process by a message",
    "请改用子流程，或用消息启动另一流程",
)
RECURSIVE: Final = Fault(
    "call.recursive",
    "Expected {id} to call another process, but {called} comes back to itself",
    "调用活动 {id} 形成了递归调用({called})",
    "Draw a loop instead",
    "请改为画出循环",
)
NO_PROCESS: Final = Fault(
    "process.missing",
    "Expected a process {id} in the diagram, but there is none",
    "流程图中没有流程 {id}",
    "Give the process the id of its folder",
    "请将流程 id 设为文件夹名称",
)
NOT_EXECUTABLE: Final = Fault(
    "process.not_executable",
    "Expected an executable process, but {id} is marked as not executable",
    "流程 {id} 标记为不可执行",
    "Set isExecutable to true",
    "请将 isExecutable 设为 true",
)


def check_elements(subject: Subject) -> Iterator[Finding]:
    """Elements that the engine is not known to run right."""
    for node in subject.diagram.nodes:
        if node.kind == "scriptTask" or node.scripts:
            tags = ", ".join(node.scripts) or node.kind
            yield SCRIPT.at(subject.file, node, kind=tags)
        elif node.kind not in ALLOWED:
            yield FORBIDDEN.at(subject.file, node, kind=node.kind)
        if node.triggered_by_event:
            yield EVENT_SUBPROCESS.at(subject.file, node)
        if node.loop is not None:
            yield LOOP_MARKER.at(subject.file, node)


def check_events(subject: Subject) -> Iterator[Finding]:
    """Event definitions that the engine ignores or runs wrongly."""
    for node in subject.diagram.nodes:
        allowed = ALLOWED_EVENTS.get(node.kind)
        if allowed is None:
            continue
        if len(node.events) > 1:
            yield SEVERAL_EVENTS.at(subject.file, node)
        if not node.events and node.kind in ("intermediateCatchEvent", "boundaryEvent"):
            yield NO_EVENT.at(subject.file, node)
        yield from _event_kinds(subject, node, allowed)


def _event_kinds(subject: Subject, node: Node, allowed: frozenset[str]) -> Iterator[Finding]:
    inner = subject.diagram.by_id.get(node.scope) is not None
    for event in node.events:
        if node.kind == "endEvent" and event.kind == "signal":
            yield SIGNAL_END.at(subject.file, node)
        elif event.kind not in allowed:
            yield EVENT.at(subject.file, node, kind=event.kind, node=node.kind)
        elif event.kind in ("message", "signal") and not event.name:
            yield NAMELESS.at(subject.file, node, kind=event.kind)
        if node.kind == "startEvent" and inner:
            yield INNER_START.at(subject.file, node)


def check_processes(subject: Subject) -> Iterator[Finding]:
    """The process of the bundle: there and executable."""
    info = subject.bundle.info
    if info is None:
        yield NO_PROCESS.at(subject.file, Spot(subject.bundle.process))
    elif not info.executable:
        yield NOT_EXECUTABLE.at(subject.file, info)


def check_calls(subject: Subject) -> Iterator[Finding]:
    """Calls of processes that are not there, or that come back to themselves."""
    known = {process.id for process in subject.diagram.processes}
    for node in subject.diagram.of_kind("callActivity"):
        called = node.called or "-"
        if called not in known:
            yield CALL.at(subject.file, node, called=called)
        elif node.process in _called(subject, called):
            yield RECURSIVE.at(subject.file, node, called=called)


def _called(subject: Subject, process: str) -> set[str]:
    """Return a process and every process that it calls, directly or not."""
    found: set[str] = set()
    waiting = [process]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            calls = subject.diagram.of_kind("callActivity")
            waiting.extend(call.called or "" for call in calls if call.process == one)
    return found
