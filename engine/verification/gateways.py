"""Writes the steps of gateways."""

from __future__ import annotations

from collections.abc import Iterator

from engine.verification import model as m
from engine.verification.layout import Copy
from engine.verification.net import Join, Transition
from engine.verification.writing import Writer


def write_exclusive(writer: Writer, copy: Copy, node: m.Node) -> None:
    """Every token passes by itself, on one flow."""
    for place in writer.ins(copy, node):
        for way in writer.ways(copy, node):
            step = Transition(
                "pass", (node.id,), consume=(place,), produce=way.produce, flows=way.flows
            )
            writer.net.add(way.step(step))


def write_parallel(writer: Writer, copy: Copy, node: m.Node) -> None:
    """One token of every incoming flow becomes one on every outgoing flow."""
    ins = tuple(writer.ins(copy, node))
    if not ins:
        return
    for way in writer.ways(copy, node):
        step = Transition("pass", (node.id,), consume=ins, produce=way.produce, flows=way.flows)
        writer.net.add(way.step(step))


def write_inclusive(writer: Writer, copy: Copy, node: m.Node) -> None:
    """Wait as the standard says, then take any combination of the outgoing flows."""
    ins = writer.ins(copy, node)
    source = tuple(ins)
    if len(ins) > 1:
        source = (copy.waits[node.id],)
        reach = tuple(frozenset(_upstream(writer, copy, node, place)) for place in ins)
        joined = Transition("join", (node.id,), produce=source, join=Join(tuple(ins), reach))
        writer.net.add(joined)
    for way in writer.ways(copy, node) if source else ():
        action, shown = ("split", ()) if len(ins) > 1 else ("pass", (node.id,))
        step = Transition(action, shown, consume=source, produce=way.produce, flows=way.flows)
        writer.net.add(way.step(step))


def _upstream(writer: Writer, copy: Copy, gateway: m.Node, start: int) -> Iterator[int]:
    """Yield the places from which a path leads to a flow without visiting the gateway."""
    flows = {place: flow for flow, place in copy.flows.items()}
    seen: set[str] = {gateway.id}
    yield start
    flow = flows.get(start)
    stack = [writer.model.flows[flow].source] if flow is not None else []
    while stack:
        name = stack.pop()
        if name in seen:
            continue
        seen.add(name)
        yield from copy.at(name)
        for before in writer.model.incoming.get(name, ()):
            if before.id in copy.flows:
                yield copy.flows[before.id]
            stack.append(before.source)
        stack.extend(_behind(writer, writer.model.nodes[name]))


def _behind(writer: Writer, node: m.Node) -> Iterator[str]:
    """Yield the nodes from which a token comes to another one without a sequence flow."""
    if node.attached_to is not None:
        yield node.attached_to
    if node.kind == "intermediateCatchEvent" and node.has("link"):
        for other in writer.model.within[node.scope]:
            throws = other.kind == "intermediateThrowEvent" and other.has("link")
            if throws and writer.link_target(other) is node:
                yield other.id


def write_event_based(writer: Writer, copy: Copy, node: m.Node) -> None:
    """Wait, then take the first of the events behind the gateway."""
    wait = copy.waits[node.id]
    for place in writer.ins(copy, node):
        writer.net.add(Transition("wait", (node.id,), consume=(place,), produce=(wait,)))
    for flow in writer.model.outgoing.get(node.id, ()):
        event = writer.model.nodes[flow.target]
        for message in writer.sources.external(event):
            for way in writer.ways(copy, event):
                step = Transition(
                    "occur",
                    (event.id,),
                    consume=(wait, *message),
                    produce=way.produce,
                    flows=(flow.id, *way.flows),
                    executes=(event.id,) if event.kind in m.ACTIVITIES else (),
                )
                writer.net.add(way.step(step))
