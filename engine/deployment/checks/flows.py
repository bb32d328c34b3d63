"""Sequence flows: where they may begin, end and carry a condition."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.deployment.findings import Fault, Finding
from engine.deployment.subject import Subject
from engine.execution.bpmn_model import Flow

DECIDING: Final = frozenset({"exclusiveGateway", "inclusiveGateway"})
SPLITTING: Final = DECIDING | {"parallelGateway", "eventBasedGateway"}

BROKEN: Final = Fault(
    "flow.broken",
    "Expected flow {id} to join two elements of one scope, but it does not",
    "连线 {id} 的两端不在同一流程或子流程内",
    "Draw the flow again",
    "请重新绘制该连线",
)
MISSING: Final = Fault(
    "flow.missing",
    "Expected an element {missing} at the end of flow {id}, but there is none",
    "连线 {id} 连到的 {missing} 不存在",
    "Draw the flow again",
    "请重新绘制该连线",
)
CONDITION: Final = Fault(
    "flow.condition",
    "Expected flow {id} without condition, but {source}, which it leaves, does not decide",
    "连线 {id} 从非判断网关 {source} 引出，却带有条件，引擎会忽略它",
    "Put an exclusive gateway behind the task and the condition on its flow",
    "请在任务后加排他网关，并把条件放在网关的连线上",
)
SPLIT: Final = Fault(
    "flow.implicit_split",
    "Expected one flow to leave {id}, but there are {count}",
    "节点 {id} 引出了 {count} 条连线",
    "Put a gateway behind it that says whether one or all are taken",
    "请在其后加网关，写明择一还是并行",
)
DEAD_END: Final = Fault(
    "flow.dead_end",
    "Expected a flow to leave {id}, but there is none",
    "节点 {id} 没有引出连线",
    "Lead it to an end event",
    "请连到结束事件",
)
AFTER_END: Final = Fault(
    "flow.after_end",
    "Expected nothing behind the end {id}, but a flow leaves it",
    "结束事件 {id} 之后还有连线",
    "Remove the flow",
    "请删除该连线",
)
BEFORE_START: Final = Fault(
    "flow.before_start",
    "Expected nothing before {id}, but a flow enters it",
    "节点 {id} 不得有进入的连线",
    "Lead the flow to the element behind it",
    "请把连线改接到其后的节点",
)
LONELY_JOIN: Final = Fault(
    "gateway.idle",
    "Expected gateway {id} to split or join, but one flow enters and one leaves",
    "网关 {id} 只有一进一出",
    "Remove the gateway",
    "请删除该网关",
    "warning",
)


def check_ends(subject: Subject) -> Iterator[Finding]:
    """Flows whose ends are missing or lie in different scopes."""
    nodes = subject.diagram.by_id
    for flow in subject.diagram.flows:
        missing = [end for end in (flow.source, flow.target) if end not in nodes]
        if missing:
            yield MISSING.at(subject.file, flow, missing=missing[0] or "?")
        elif nodes[flow.source].scope != nodes[flow.target].scope:
            yield BROKEN.at(subject.file, flow)


def check_conditions_at_gateways(subject: Subject) -> Iterator[Finding]:
    """Conditions where no gateway reads them."""
    for flow in subject.diagram.flows:
        source = subject.diagram.by_id.get(flow.source)
        if flow.condition is not None and source is not None and source.kind not in DECIDING:
            yield CONDITION.at(subject.file, flow, source=flow.source)


def check_leaving(subject: Subject) -> Iterator[Finding]:
    """Elements with no flow or too many behind them."""
    for node in subject.diagram.nodes:
        leaving = subject.diagram.outgoing.get(node.id, ())
        if node.kind == "endEvent":
            if leaving:
                yield AFTER_END.at(subject.file, node)
        elif not leaving:
            yield DEAD_END.at(subject.file, node)
        elif len(leaving) > 1 and node.kind not in SPLITTING:
            yield SPLIT.at(subject.file, node, count=len(leaving))


def check_entering(subject: Subject) -> Iterator[Finding]:
    """Flows into starts and boundary events; gateways that do nothing."""
    for node in subject.diagram.nodes:
        entering: tuple[Flow, ...] = subject.diagram.incoming.get(node.id, ())
        if node.kind in ("startEvent", "boundaryEvent") and entering:
            yield BEFORE_START.at(subject.file, node)
        leaving = subject.diagram.outgoing.get(node.id, ())
        if node.kind in SPLITTING and len(entering) == 1 and len(leaving) == 1:
            yield LONELY_JOIN.at(subject.file, node)
