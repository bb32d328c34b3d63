"""Boundary events: what may stay open beside its activity, and who catches an error."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.deployment.findings import Fault, Finding
from engine.deployment.graph import HUMAN, Graph
from engine.deployment.subject import Subject
from engine.execution.bpmn_model import Event, Node

ATTACHED: Final = Fault(
    "boundary.unattached",
    "Expected {id} to hang on an activity of its scope, but it does not",
    "边界事件 {id} 未附着在同一范围内的活动上",
    "Attach it to a task or a sub-process",
    "请附着到任务或子流程",
)
ERROR_OPEN: Final = Fault(
    "boundary.error_open",
    "Expected {id} to interrupt, because what failed is over, but the error boundary does not",
    "错误边界 {id} 必须中断所附着的活动",
    "Set cancelActivity to true",
    "请将 cancelActivity 设为 true",
)
HUMAN_BEHIND: Final = Fault(
    "boundary.human_behind",
    "Expected no human task behind the non-interrupting {id}, but {task} is there",
    "非中断边界 {id} 之后有用户任务 {task}",
    "Use an operation; the task would stay open after the activity is done",
    "请改用操作；否则活动完成后该任务仍会留存",
)
IN_LOOP: Final = Fault(
    "boundary.in_loop",
    "Expected {id} outside loops, but {activity} is done again and its end is reached each time",
    "非中断边界 {id} 所附着的 {activity} 位于循环中",
    "Hang it on the box around the loop",
    "请改附着在循环外层的子流程上",
)
UNCAUGHT: Final = Fault(
    "error.uncaught",
    "Expected an error boundary around {id}, but nothing catches the error {name!r}",
    "错误结束事件 {id}({name})没有被任何边界捕获",
    "Put an error boundary on the sub-process around it; as it is, a person has to see to it",
    "请在外层子流程上加错误边界；否则到此转为异常，由人处理",
    "warning",
)


def check_attachment(subject: Subject) -> Iterator[Finding]:
    """Boundary events that hang on nothing."""
    for node in subject.diagram.of_kind("boundaryEvent"):
        activity = subject.diagram.by_id.get(node.attached_to or "")
        if activity is None or activity.scope != node.scope:
            yield ATTACHED.at(subject.file, node)


def check_non_interrupting(subject: Subject) -> Iterator[Finding]:
    """Boundaries that leave their activity open: no errors, no people, not in a loop."""
    for graph in subject.graphs.values():
        looped = frozenset[str]().union(*graph.loops())
        for node in graph.nodes.values():
            if node.kind == "boundaryEvent" and not node.interrupting:
                yield from _open_boundary(subject, graph, node, looped)


def _open_boundary(
    subject: Subject, graph: Graph, node: Node, looped: frozenset[str]
) -> Iterator[Finding]:
    if node.has_event("error"):
        yield ERROR_OPEN.at(subject.file, node)
    if node.attached_to in looped:
        yield IN_LOOP.at(subject.file, node, activity=node.attached_to)
    for key in sorted(graph.reachable(graph.after[node.id])):
        for task in (graph.nodes[key], *subject.diagram.within(key)):
            if task.kind in HUMAN:
                yield HUMAN_BEHIND.at(subject.file, node, task=task.id)


def check_errors(subject: Subject) -> Iterator[Finding]:
    """Error ends that nothing around them catches."""
    for node in subject.diagram.of_kind("endEvent"):
        for event in node.events:
            if event.kind == "error" and not _caught(subject, node, event):
                yield UNCAUGHT.at(subject.file, node, name=event.name or "")


def _caught(subject: Subject, node: Node, event: Event) -> bool:
    scope = subject.diagram.by_id.get(node.scope)
    while scope is not None:
        if any(c in (None, "", event.name) for c in _errors_caught(subject, scope.id)):
            return True
        scope = subject.diagram.by_id.get(scope.scope)
    return False


def _errors_caught(subject: Subject, activity: str) -> Iterator[str | None]:
    for boundary in subject.diagram.boundaries.get(activity, ()):
        yield from (event.name for event in boundary.events if event.kind == "error")
