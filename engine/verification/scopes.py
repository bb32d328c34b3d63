"""Writes a scope whole: its nodes, its event sub-processes, and the scopes in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from engine.verification import model as m
from engine.verification.activities import write_activity, write_scope_end
from engine.verification.events import write_catch, write_end, write_throw
from engine.verification.gateways import (
    write_event_based,
    write_exclusive,
    write_inclusive,
    write_parallel,
)
from engine.verification.layout import Copy
from engine.verification.net import Transition
from engine.verification.sources import RAISED, scope_starts, throws
from engine.verification.throwing import occurrences
from engine.verification.writing import Writer

_WRITERS: Final[Mapping[str, Callable[[Writer, Copy, m.Node], None]]] = {
    "exclusiveGateway": write_exclusive,
    "parallelGateway": write_parallel,
    "inclusiveGateway": write_inclusive,
    "eventBasedGateway": write_event_based,
    "intermediateCatchEvent": write_catch,
    "intermediateThrowEvent": write_throw,
    "endEvent": write_end,
    **dict.fromkeys(m.ACTIVITIES, write_activity),
}
"""Kinds whose steps begin at the node; start and boundary events are written with their hosts."""


def write_scope(writer: Writer, copy: Copy) -> None:
    """Write the steps of a scope and of everything in it."""
    for node in writer.model.within.get(copy.scope, ()):
        write = _WRITERS.get(node.kind)
        if node.by_event:
            _write_event_sub_process(writer, copy, node)
        elif write is not None:
            write(writer, copy, node)
        for instance in copy.instances.get(node.id, ()):
            if instance.inner is not None:
                write_scope(writer, instance.inner)


def _write_event_sub_process(writer: Writer, copy: Copy, node: m.Node) -> None:
    for instance in copy.instances[node.id]:
        if instance.inner is not None:
            write_scope_end(writer, instance.inner, ())
    event = next(iter(scope_starts(writer.model, node.id).values()), None)
    if event is None:
        return
    armed = copy.armed[node.id]
    for effect in occurrences(writer, copy, node, event):
        for message, read in _causes(writer, copy, event):
            # What comes from outside is counted once a scope, a message once each.
            spent = () if event.interrupting or message else (armed,)
            kept = (armed,) if not event.interrupting and message else ()
            writer.net.add(
                Transition(
                    "occur",
                    effect.elements,
                    consume=(*message, *spent, *effect.consume),
                    produce=effect.produce,
                    read=(*read, *kept, *effect.read),
                    inhibit=effect.inhibit,
                    clear=effect.clear,
                    flows=effect.flows,
                    mark=effect.mark,
                )
            )


def _causes(
    writer: Writer, copy: Copy, event: m.Node
) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Return messages taken and places read by what sets off an event sub-process."""
    found: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
    found += [(message, ()) for message in writer.sources.external(event)]
    thrown = {one.kind for one in throws(writer.model, copy.scope)}
    if any(one.kind in RAISED and one.kind not in thrown for one in event.definitions):
        found += [((), (place,)) for place in copy.activities]
    return found
