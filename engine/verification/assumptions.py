"""Tells what was taken for granted where the standard or the file leaves it open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.verification import model as m
from engine.verification.dataflow import Web
from engine.verification.remarks import Remark
from engine.verification.sources import Sources
from engine.verification.subjects import Subject, sources_of


def assumptions(model: m.Model, subject: Subject) -> list[Remark]:
    """Return what is assumed of a subject, in order of the document."""
    sources = sources_of(model, subject)
    found: dict[Remark, None] = {}
    for process in subject.processes:
        for node in model.everything_in(process):
            found |= dict.fromkeys(_of(model, sources, node))
    return [*found, *_messages(model, subject)]


def free_names(webs: Sequence[Web]) -> Iterator[Remark]:
    """Yield the gateways at which a name is a free choice though its values are known."""
    for web in webs:
        for reader in sorted(web.readers):
            yield Remark(
                reader,
                "free_name",
                f"{reader} 处 {web.name} 的取值无法逐一跟踪，按两种结果都可能计算",
                f"the value of {web.name} is not followed to {reader}: both ways are possible",
            )


def _of(model: m.Model, sources: Sources, node: m.Node) -> Iterator[Remark]:
    if node.loops:
        yield Remark(
            node.id,
            "once",
            f"多实例或循环活动 {node.id} 按办理一次计算",
            f"{node.id} is repeated; it is taken to be executed once",
        )
    if node.kind == "callActivity" and model.body(node) is None:
        yield Remark(
            node.id,
            "called",
            f"{node.id} 调用的流程 {node.called or '（未写）'} 不在本文件，按任务计算",
            f"{node.id} calls {node.called or 'nothing'}, which is not in this file: a task",
        )
    if sources.counted(node) or _comes_again(model, node):
        yield Remark(
            node.id,
            "outside_once",
            f"外界引起的 {node.id} 在一次活动期间最多按一次计算",
            f"{node.id} is set off from outside, at most once while its activity lasts",
        )
    if not sources.received(node):
        yield Remark(
            node.id,
            "no_message",
            f"{node.id} 等待消息，但没有消息流通到它，按永远等待计算",
            f"{node.id} waits for a message, but no message flow leads to it: it waits for ever",
        )


def _comes_again(model: m.Model, node: m.Node) -> bool:
    scope = model.nodes.get(node.scope)
    return (
        node.kind == "startEvent" and scope is not None and scope.by_event and not node.interrupting
    )


def _messages(model: m.Model, subject: Subject) -> Iterator[Remark]:
    for flow in subject.message_flows:
        for end in (flow.source, flow.target):
            if end not in model.nodes and end in subject.shown:
                yield Remark(
                    flow.id,
                    "pool_border",
                    f"消息流 {flow.id} 止于泳池 {end} 的边框，不知由谁收发，不计入",
                    f"{flow.id} ends at the border of the pool {end}: nobody is known to "
                    "send or take it there, and it is left out",
                )
