"""Names what of a diagram has no token semantics here, so that nothing is claimed about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from engine.verification import model as m
from engine.verification.remarks import Remark

_KINDS: Final = {
    "complexGateway": "复杂网关的条件不决定令牌如何走",
    "adHocSubProcess": "临时子流程没有规定次序",
    "implicitThrowEvent": "隐式抛出事件没有规定的含义",
}
_EVENTS_BEHIND: Final = frozenset({"intermediateCatchEvent", "receiveTask"})
_BEHIND_ZH: Final = "事件网关之后只能是捕获事件或接收任务"
_DEFINITIONS: Final = frozenset({"compensate", "cancel", "unknown"})


def unsupported(model: m.Model, processes: Sequence[str]) -> list[Remark]:
    """Return what of some processes, and of what they call, has no semantics."""
    found = [_of(element, kind, "不是已知的 BPMN 元素") for element, kind in model.foreign]
    for process in processes:
        found += _recursions(model, process)
        for node in model.everything_in(process):
            found += _node(model, node)
    return list(dict.fromkeys(found))


def _of(element: str, kind: str, reason_zh: str) -> Remark:
    return Remark(
        element,
        kind,
        f"元素 {element}（{kind}）无法验证：{reason_zh}",
        f"Expected an element with a token semantics, but {element} is a {kind}",
    )


def _node(model: m.Model, node: m.Node) -> Iterator[Remark]:
    if node.kind in _KINDS:
        yield _of(node.id, node.kind, _KINDS[node.kind])
    for kind in {one.kind for one in node.definitions} & _DEFINITIONS:
        yield _of(node.id, f"{kind} event", "补偿与取消没有规定的令牌语义")
    if node.compensates:
        yield _of(node.id, "compensation activity", "补偿没有规定的令牌语义")
    if node.parallel_multiple:
        yield _of(node.id, "parallel multiple event", "并行多重事件没有规定的令牌语义")
    yield from _misplaced(model, node)


def _misplaced(model: m.Model, node: m.Node) -> Iterator[Remark]:
    """Yield what the standard forbids to connect so."""
    for flow in model.outgoing.get(node.id, ()) if node.kind == "eventBasedGateway" else ():
        if model.nodes[flow.target].kind not in _EVENTS_BEHIND:
            yield _of(flow.target, "node behind an event-based gateway", _BEHIND_ZH)
    if node.kind in {"startEvent", "boundaryEvent"} and model.incoming.get(node.id):
        yield _of(node.id, f"{node.kind} with an incoming flow", "开始与边界事件不得有流入连线")
    if node.kind == "endEvent" and model.outgoing.get(node.id):
        yield _of(node.id, "endEvent with an outgoing flow", "结束事件不得有流出连线")


def _recursions(model: m.Model, process: str) -> Iterator[Remark]:
    """Yield the call activities through which a process comes back to itself."""
    for node in model.everything_in(process):
        body = model.body(node) if node.kind == "callActivity" else None
        if body is not None and _leads_to(model, body, node):
            yield _of(node.id, "recursive call", "流程直接或间接调用自己")


def _leads_to(model: m.Model, scope: str, node: m.Node) -> bool:
    return any(inner.id == node.id for inner in model.everything_in(scope))
