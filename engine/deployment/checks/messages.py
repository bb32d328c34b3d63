"""Messages and signals: everything sent is heard, and by one alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.deployment.findings import Fault, Finding
from engine.deployment.subject import Subject
from engine.execution.bpmn_model import Event, Node
from engine.operations import OWN

SELF: Final = Fault(
    "message.own",
    "Expected {name} thrown and caught in two processes, but {id} and {other} are in one",
    "{name} 在同一流程图中既被抛出({id})又被捕获({other})",
    "Decide by a gateway, or move one of the two to a process of its own",
    "请用网关判断，或把其中之一移到独立流程",
)
TWO_STARTS: Final = Fault(
    "message.two_starts",
    "Expected one process to start with {name}, but {other} does as well",
    "消息 {name} 同时启动流程 {other}",
    "Use different messages",
    "请使用不同的消息",
)
UNHEARD: Final = Fault(
    "message.unheard",
    "Expected a process that starts with or waits for {name}, but there is none",
    "没有任何流程以消息 {name} 启动或等待它",
    "Deploy the process that takes it in the same set, or remove {id}",
    "请一并部署接收该消息的流程，或删除 {id}",
)
UNSENT: Final = Fault(
    "message.unsent",
    "Expected an act or a process that sends {name}, but there is none",
    "没有任何操作或流程发送消息 {name}",
    "Correct the name, or remove {id}",
    "请更正名称，或删除 {id}",
    "warning",
)
LOST: Final = Fault(
    "message.lost",
    "Expected {name} to be sent still, because {other} waits for it, but this version sends it "
    "no more and nothing else does",
    "流程 {other} 等待消息 {name}，但这一版不再发送，也没有别的流程或操作发送",
    "Throw it again, or change {other} first",
    "请恢复抛出该消息，或先修改流程 {other}",
    "warning",
)
DEAF: Final = Fault(
    "message.deaf",
    "Expected {name} to be taken still, because an act or a process sends it, but this version "
    "takes it no more and nothing else does",
    "消息 {name} 仍会由操作或流程发送，但这一版不再接收，也没有别的流程接收",
    "Catch it again, or make sure that nobody needs it",
    "请恢复接收该消息，或确认不再需要它",
    "warning",
)
UNTHROWN: Final = Fault(
    "signal.unthrown",
    "Expected a process that throws {name}, but there is none",
    "没有任何流程发出信号 {name}",
    "Correct the name, or remove {id}",
    "请更正名称，或删除 {id}",
)
NESTED: Final = Fault(
    "signal.nested",
    "Expected {name} on one level only, but {other} inside the same box catches it too",
    "{name} 同时被内层 {other} 与外层 {id} 捕获，两者都会执行",
    "Keep one of the two boundaries",
    "请只保留其中一个边界",
)


def check_own_messages(subject: Subject) -> Iterator[Finding]:
    """Names that one diagram both throws and catches."""
    for node, event in _named_events(subject, throwing=True):
        for other, caught in _named_events(subject, throwing=False):
            if (event.kind, event.name) == (caught.kind, caught.name):
                yield SELF.at(subject.file, node, name=event.name, other=other.id)


def check_partners(subject: Subject) -> Iterator[Finding]:
    """Messages that nobody takes or sends, signals that nobody throws."""
    contracts = subject.contracts.values()
    heard = frozenset[str]().union(*(c.starts | c.catches for c in contracts))
    sent = subject.environment.act_messages.union(*(c.throws for c in contracts))
    sent |= _begun(subject)
    thrown = subject.environment.system_signals.union(*(c.signals for c in contracts))
    for node, event in _named_events(subject, throwing=True):
        if event.kind == "message" and event.name not in heard:
            yield UNHEARD.at(subject.file, node, name=event.name)
    for node, event in _named_events(subject, throwing=False):
        if event.kind == "message" and event.name not in sent:
            yield UNSENT.at(subject.file, node, name=event.name)
        if event.kind == "signal" and event.name not in thrown:
            yield UNTHROWN.at(subject.file, node, name=event.name)


def check_kept(subject: Subject) -> Iterator[Finding]:
    """Messages that the version in force sends or takes, and nobody will from now on."""
    known = subject.environment.processes.get(subject.bundle.process)
    if known is None:
        return
    contracts = subject.contracts
    sent = subject.environment.act_messages.union(*(c.throws for c in contracts.values()))
    heard = frozenset[str]().union(*(c.starts | c.catches for c in contracts.values()))
    for name in sorted(known.throws - sent):
        waiting = [one for one, c in sorted(contracts.items()) if name in c.starts | c.catches]
        for other in waiting[:1]:
            yield LOST.at(subject.file, name=name, other=other)
    for name in sorted(((known.starts | known.catches) & sent) - heard):
        yield DEAF.at(subject.file, name=name)


def _begun(subject: Subject) -> frozenset[str]:
    """The messages of their own by which operations start other processes."""
    begun = frozenset[str]().union(*(one.begins for one in subject.contracts.values()))
    starts = (c.starts for name, c in subject.contracts.items() if name in begun)
    return frozenset(one for names in starts for one in names if one.startswith(OWN))


def check_starts(subject: Subject) -> Iterator[Finding]:
    """Messages that start two processes."""
    for node, event in _named_events(subject, throwing=False):
        if node.kind != "startEvent" or event.name is None:
            continue
        for other, contract in sorted(subject.contracts.items()):
            if other != subject.bundle.process and event.name in contract.starts:
                yield TWO_STARTS.at(subject.file, node, name=event.name, other=other)


def check_levels(subject: Subject) -> Iterator[Finding]:
    """One name caught by boundaries of a box and of something within it."""
    for outer in subject.diagram.of_kind("boundaryEvent"):
        inside = {node.id for node in subject.diagram.within(outer.attached_to or "")}
        for inner in subject.diagram.of_kind("boundaryEvent"):
            if inner.id not in inside:
                continue
            for name in _names(outer) & _names(inner):
                yield NESTED.at(subject.file, outer, name=name[1], other=inner.id)


def _names(node: Node) -> set[tuple[str, str | None]]:
    return {(e.kind, e.name) for e in node.events if e.kind in ("message", "signal")}


def _named_events(subject: Subject, *, throwing: bool) -> Iterator[tuple[Node, Event]]:
    for node in subject.diagram.nodes:
        throws = node.kind in ("intermediateThrowEvent", "endEvent")
        for event in node.events:
            if event.kind in ("message", "signal") and event.name and throws == throwing:
                yield node, event
