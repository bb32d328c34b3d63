"""Processes of designers that start each other in a circle: without a wait it never ends."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from typing import Final

from engine.deployment.declared import word
from engine.deployment.environment import ProcessContract
from engine.deployment.findings import Fault, Finding
from engine.deployment.subject import Subject
from engine.execution.bpmn_model import Node
from engine.operations import OWN, SEND_MESSAGE, START_PROCESS

CIRCLE: Final = Fault(
    "process.circle",
    "Expected processes that come to an end, but {id} starts {way}, which starts this one again; "
    "where nobody and no date is waited for on the way, the act is undone as an incident",
    "节点 {id} 启动 {way}，而它又会启动本流程；途中没有任务也没有期限的，办理不生效，转为异常",
    "Let a person or a date come between, or leave one of the two starts out",
    "请在途中设置任务或期限，或去掉其中一处启动",
    "warning",
)


def check_circles(subject: Subject) -> Iterator[Finding]:
    """Operations and thrown events that start what starts this process again."""
    contracts, here = subject.contracts, subject.bundle.process
    begun = {name: process for process, one in contracts.items() for name in one.starts}
    for node in subject.diagram.nodes:
        for first in _started(node, begun):
            way = _way(first, here, contracts, begun) if first != here else None
            if way is not None:
                yield CIRCLE.at(subject.file, node, way=" → ".join(way))


def _started(node: Node, begun: Mapping[str, str]) -> Iterator[str]:
    """Yield the processes that an element starts by a message of designers."""
    if node.operation == START_PROCESS and (process := word(node, "process")):
        yield process
    said = [word(node, "message") or ""] if node.operation == SEND_MESSAGE else []
    if node.kind in ("intermediateThrowEvent", "endEvent"):
        said += [event.name or "" for event in node.events if event.kind == "message"]
    yield from (begun[name] for name in said if name.startswith(OWN) and name in begun)


def _way(
    first: str, here: str, contracts: Mapping[str, ProcessContract], begun: Mapping[str, str]
) -> tuple[str, ...] | None:
    """Return the processes from the first that is started to the one that starts this again."""
    ways: deque[tuple[str, ...]] = deque([(first,)])
    seen = {first}
    while ways:
        way = ways.popleft()
        contract = contracts.get(way[-1], ProcessContract())
        own = (begun[one] for one in contract.throws if one.startswith(OWN) and one in begun)
        for process in sorted({*contract.begins, *own}):
            if process == here:
                return way
            if process not in seen:
                seen.add(process)
                ways.append((*way, process))
    return None
