"""The shape of a process: everything can be reached, loops wait, branches are joined."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.deployment.findings import Fault, Finding, Place, Spot
from engine.deployment.graph import DECIDING, Graph, waits
from engine.deployment.subject import Subject

AND_LIMIT: Final = 4
"""Parallel blocks of one scope; the library predicts twice as many tasks with each."""

UNREACHABLE: Final = Fault(
    "topology.unreachable",
    "Expected a way from the start to {id}, but there is none",
    "节点 {id} 无法从开始事件到达",
    "Connect it or remove it",
    "请连接或删除该节点",
)
NO_START: Final = Fault(
    "topology.no_start",
    "Expected one start event in {id}, but there are {count}",
    "{id} 应有一个开始事件，实际为 {count} 个",
    "Draw exactly one start event",
    "请画且只画一个开始事件",
)
NO_END: Final = Fault(
    "topology.no_end",
    "Expected an end event in {id}, but there is none",
    "{id} 没有结束事件",
    "Draw an end; a box that repeats is looped from outside",
    "请画出结束事件；需要重复的子流程应在外部循环",
)
RESTLESS: Final = Fault(
    "loop.restless",
    "Expected something to wait for on the loop through {id}, but there is nothing",
    "经过 {id} 的循环中没有等待步骤",
    "Put a task or a catching event on the loop",
    "请在循环中加入任务或捕获事件",
)
ENDLESS: Final = Fault(
    "loop.without_gateway",
    "Expected a deciding gateway on the loop through {id}, but there is none",
    "经过 {id} 的循环中没有判断网关",
    "Merge the loop in an exclusive gateway",
    "请用排他网关汇合循环",
)
SPAWN: Final = Fault(
    "loop.spawn",
    "Expected the branches of {id} to be joined within the loop, but they are not",
    "并行网关 {id} 位于循环中，其分支未在循环内汇合",
    "Join them before the loop goes back, or start another process by a message",
    "请在循环返回前汇合，或用消息启动另一流程",
)
TOO_MANY_ANDS: Final = Fault(
    "topology.parallel_blocks",
    "Expected at most {limit} parallel splits in {id}, but there are {count}",
    "{id} 中有 {count} 个并行分支网关，最多 {limit} 个",
    "Wrap some of them in sub-processes",
    "请把其中一部分放入子流程",
)


def check_reach(subject: Subject) -> Iterator[Finding]:
    """Elements that no token can reach."""
    for graph in subject.graphs.values():
        reached = graph.reachable(graph.starts())
        for key, node in graph.nodes.items():
            if key not in reached and node.kind != "startEvent":
                yield UNREACHABLE.at(subject.file, node)


def check_starts_and_ends(subject: Subject) -> Iterator[Finding]:
    """Scopes without start or end."""
    for scope, graph in subject.graphs.items():
        if not graph.nodes and scope not in {p.id for p in subject.diagram.processes}:
            continue
        place = _place(subject, scope)
        starts = len(graph.starts())
        if starts != 1:
            yield NO_START.at(subject.file, place, count=starts)
        if not any(node.kind == "endEvent" for node in graph.nodes.values()):
            yield NO_END.at(subject.file, place)


def check_loops(subject: Subject) -> Iterator[Finding]:
    """Loops that would run without end, or that the library cannot parse."""
    for graph in subject.graphs.values():
        restless = graph.without(lambda node: not waits(subject.diagram, node))
        for loop in restless.loops():
            yield RESTLESS.at(subject.file, graph.nodes[_first(graph, loop)])
        undecided = graph.without(lambda node: node.kind not in DECIDING)
        for loop in undecided.loops():
            yield ENDLESS.at(subject.file, graph.nodes[_first(graph, loop)])


def check_spawning(subject: Subject) -> Iterator[Finding]:
    """Parallel splits that make more tokens at every turn of a loop."""
    for graph in subject.graphs.values():
        for loop in graph.loops():
            for key in sorted(loop):
                node = graph.nodes[key]
                if node.kind in ("parallelGateway", "inclusiveGateway") and _spawns(
                    subject, graph, key, loop
                ):
                    yield SPAWN.at(subject.file, node)


def _spawns(subject: Subject, graph: Graph, split: str, loop: frozenset[str]) -> bool:
    branches = graph.after[split]
    if len(branches) <= 1:
        return False
    joins = {
        key
        for key in loop
        if graph.nodes[key].kind == graph.nodes[split].kind
        and len(subject.diagram.incoming.get(key, ())) > 1
    }
    # Each branch must come to a common join before the loop comes back to the split.
    round_ = graph.without(lambda node: node.id != split)
    met = [round_.reachable([branch]) & joins for branch in branches]
    return not frozenset.intersection(*map(frozenset, met))


def check_parallel_blocks(subject: Subject) -> Iterator[Finding]:
    """Scopes with more parallel splits than the library bears."""
    for scope, graph in subject.graphs.items():
        splits = [
            node
            for node in graph.nodes.values()
            if node.kind in ("parallelGateway", "inclusiveGateway")
            and len(subject.diagram.outgoing.get(node.id, ())) > 1
        ]
        if len(splits) > AND_LIMIT:
            place = _place(subject, scope)
            yield TOO_MANY_ANDS.at(subject.file, place, count=len(splits), limit=AND_LIMIT)


def _place(subject: Subject, scope: str) -> Place:
    node = subject.diagram.by_id.get(scope)
    if node is not None:
        return node
    return next((p for p in subject.diagram.processes if p.id == scope), Spot(scope))


def _first(graph: Graph, loop: frozenset[str]) -> str:
    return next(key for key in graph.nodes if key in loop)
