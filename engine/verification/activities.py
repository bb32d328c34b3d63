"""Writes the steps of activities: begin, end, and every way of being cut off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.verification import model as m
from engine.verification.layout import Copy, Instance
from engine.verification.net import Mark, Transition
from engine.verification.sources import RAISED
from engine.verification.starting import Start, starts
from engine.verification.writing import Writer

_UNSEEN = Start(None, ())


@dataclass(frozen=True, slots=True)
class _Cause:
    consume: tuple[int, ...] = ()
    read: tuple[int, ...] = ()


def write_activity(writer: Writer, copy: Copy, node: m.Node) -> None:
    """Write the steps of a task, sub-process or call activity with its boundary events."""
    instances = copy.instances[node.id]
    earlier: list[int] = []
    for instance in instances:
        _write_begin(writer, copy, node, instance, tuple(earlier))
        _write_end(writer, copy, node, instance)
        for boundary in writer.model.boundaries.get(node.id, ()):
            _write_boundary(writer, copy, boundary, instance)
        earlier.append(instance.place)
    if len(instances) > 1 or instances[0].inner is not None or instances[0].armed:
        for place in writer.ins(copy, node):
            full = Transition("begin", (node.id,), consume=(place,), read=tuple(earlier))
            full.mark = Mark.OVERFLOW
            writer.net.add(full)


def _write_begin(
    writer: Writer, copy: Copy, node: m.Node, instance: Instance, earlier: tuple[int, ...]
) -> None:
    inner = instance.inner
    receives = writer.sources.received(node) if inner is not None else [()]
    ran = () if inner is None and writer.sources.waits_for_pools(node) else (node.id,)
    limited = inner is not None or instance.armed
    asked = writer.sources.sent(node) if _asks(writer, node) else ()
    for place in writer.ins(copy, node):
        for message in receives:
            for start in starts(writer, inner) if inner is not None else (_UNSEEN,):
                writer.net.add(
                    Transition(
                        "begin",
                        (node.id, *start.elements),
                        consume=(place, *message),
                        produce=(instance.place, *begun(instance), *asked, *start.produce),
                        read=earlier,
                        inhibit=(instance.place,) if limited else (),
                        flows=start.flows,
                        executes=(*ran, *start.executes),
                        mark=Mark.DOUBLE if earlier else None,
                    )
                )


def begun(instance: Instance) -> tuple[int, ...]:
    """Return the places that get a token when an activity begins, besides its own."""
    inner = instance.inner
    return (*instance.armed.values(), *(inner.armed.values() if inner is not None else ()))


def _write_end(writer: Writer, copy: Copy, node: m.Node, instance: Instance) -> None:
    sent = () if _asks(writer, node) else writer.sources.sent(node)
    if instance.inner is not None:
        for way in writer.ways(copy, node):
            write_scope_end(writer, instance.inner, (*way.produce, *sent), way.flows, instance)
        return
    waits = writer.sources.waits_for_pools(node)
    for message in writer.sources.received(node):
        for way in writer.ways(copy, node):
            step = Transition(
                "end",
                (node.id,),
                consume=(instance.place, *message),
                produce=(*way.produce, *sent),
                clear=instance.contents,
                flows=way.flows,
                executes=(node.id,) if waits else (),
            )
            writer.net.add(way.step(step))


def _asks(writer: Writer, node: m.Node) -> bool:
    """Tell whether a task sends a message when it begins, since it waits for the answer."""
    return (
        node.kind != "receiveTask"
        and writer.model.body(node) is None
        and writer.sources.waits_for_pools(node)
    )


def write_scope_end(
    writer: Writer,
    inner: Copy,
    produce: tuple[int, ...],
    flows: tuple[str, ...] = (),
    instance: Instance | None = None,
) -> None:
    """Write how a scope ends when no token is left in it."""
    armed = list(instance.armed.values()) if instance is not None else []
    shown = () if inner.host is None else (inner.host.id,)
    for read, inhibit, mark in (
        ((), (*inner.own, inner.twice), None),
        ((inner.twice,), tuple(inner.own), Mark.TWICE),
    ):
        writer.net.add(
            Transition(
                "complete",
                shown,
                consume=(inner.run,),
                produce=produce,
                read=read,
                inhibit=inhibit,
                clear=[*inner.books, *armed],
                flows=flows,
                mark=mark,
            )
        )


def _write_boundary(writer: Writer, copy: Copy, boundary: m.Node, instance: Instance) -> None:
    host = boundary.attached_to or ""
    for cause in _causes(writer, boundary, instance):
        for way in writer.ways(copy, boundary):
            step = Transition("aside", (host, boundary.id), produce=way.produce, flows=way.flows)
            if boundary.interrupting:
                step.action = "interrupt"
                step.consume = (instance.place, *cause.consume)
                step.read, step.clear = cause.read, instance.contents
            else:
                step.consume = cause.consume
                step.read = (instance.place, *cause.read)
            writer.net.add(way.step(step))


def _causes(writer: Writer, boundary: m.Node, instance: Instance) -> Iterator[_Cause]:
    """Yield what sets off a boundary event; throws inside the activity are written elsewhere."""
    armed = (instance.armed[boundary.id],) if boundary.id in instance.armed else ()
    for message in writer.sources.external(boundary):
        yield _Cause(message or armed)
    if instance.inner is None:
        return
    for definition in boundary.definitions:
        if definition.kind in RAISED and not writer.sources.thrown_in(boundary, definition):
            # Whatever is being done inside may fail or escalate.
            for place in instance.inner.activities:
                yield _Cause(armed, (place,))
