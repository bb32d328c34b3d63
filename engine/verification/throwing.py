"""Finds who catches an error or an escalation, and what the scopes on the way lose by it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.verification import model as m
from engine.verification.activities import begun
from engine.verification.layout import Copy, Instance
from engine.verification.net import Mark
from engine.verification.sources import matches, scope_starts
from engine.verification.starting import starts
from engine.verification.writing import Writer


@dataclass(frozen=True, slots=True)
class Effect:
    """What a throw does beyond its own token."""

    elements: tuple[str, ...] = ()
    consume: tuple[int, ...] = ()
    produce: tuple[int, ...] = ()
    clear: Sequence[int] = ()
    inhibit: tuple[int, ...] = ()
    read: tuple[int, ...] = ()
    mark: Mark | None = None
    flows: tuple[str, ...] = ()
    cuts_off: bool = False
    """The scope of the throw is gone: nothing goes on behind the throwing event."""


def effects(writer: Writer, copy: Copy, thrown: m.Definition) -> list[Effect]:
    """Return the ways in which a throw in a scope is caught, or what it does uncaught."""
    below: Copy | None = None
    here: Copy | None = copy
    top = copy
    while here is not None:
        top = here
        if below is None or below.host is None or not below.host.by_event:
            caught = list(_by_event_sub_process(writer, here, thrown))
            if caught:
                return caught
        if here.host is not None and here.parent is not None:
            caught = list(_by_boundary(writer, here, here.parent, here.host, thrown))
            if caught:
                return caught
        below, here = here, here.parent
    if thrown.kind == "error":
        # Nobody catches it: the instance ends there, as at a terminate end event.
        return [Effect(clear=top.everything, cuts_off=True)]
    return [Effect()]


def _by_boundary(
    writer: Writer, inner: Copy, outer: Copy, host: m.Node, thrown: m.Definition
) -> Iterator[Effect]:
    instance = next(one for one in outer.instances[host.id] if one.inner is inner)
    for boundary in writer.model.boundaries.get(host.id, ()):
        if not any(matches(one, thrown) for one in boundary.definitions):
            continue
        for way in writer.ways(outer, boundary):
            if boundary.interrupting or thrown.kind == "error":
                lost = (*instance.contents, instance.place)
                yield Effect((boundary.id,), (), way.produce, lost, flows=way.flows, cuts_off=True)
            else:
                yield Effect((boundary.id,), (), way.produce, flows=way.flows)
        return


def _by_event_sub_process(writer: Writer, copy: Copy, thrown: m.Definition) -> Iterator[Effect]:
    for node in writer.model.within.get(copy.scope, ()):
        event = next(iter(scope_starts(writer.model, node.id).values()), None)
        if not node.by_event or event is None:
            continue
        if any(matches(one, thrown) for one in event.definitions):
            yield from occurrences(writer, copy, node, event)
            return


def occurrences(writer: Writer, copy: Copy, node: m.Node, event: m.Node) -> Iterator[Effect]:
    """Yield how an event sub-process begins: in its first instance that is not running."""
    running: list[int] = []
    for instance in copy.instances[node.id]:
        yield from _occurrence(writer, copy, node, event, instance, tuple(running))
        running.append(instance.place)
    if not event.interrupting:
        yield Effect((node.id,), read=tuple(running), mark=Mark.OVERFLOW)


def _occurrence(
    writer: Writer,
    copy: Copy,
    node: m.Node,
    event: m.Node,
    instance: Instance,
    running: tuple[int, ...],
) -> Iterator[Effect]:
    inner = instance.inner
    for start in starts(writer, inner) if inner is not None else ():
        produce = (instance.place, *begun(instance), *start.produce)
        cuts = event.interrupting
        yield Effect(
            elements=(node.id, *start.elements),
            consume=(copy.armed[node.id],) if cuts else (),
            produce=produce,
            # One that interrupts also keeps the others from beginning afterwards.
            clear=[*copy.everything, *copy.armed.values()] if cuts else (),
            inhibit=() if cuts else (instance.place,),
            read=running,
            flows=start.flows,
            cuts_off=cuts,
        )
