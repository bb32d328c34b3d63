"""Writes the steps of intermediate and end events."""

from __future__ import annotations

from itertools import product

from engine.verification import model as m
from engine.verification.layout import Copy
from engine.verification.net import Transition
from engine.verification.sources import RAISED
from engine.verification.throwing import Effect, effects
from engine.verification.writing import Way, Writer


def write_catch(writer: Writer, copy: Copy, node: m.Node) -> None:
    """Wait at the event until it occurs."""
    if node.has("link"):
        return
    wait = copy.waits[node.id]
    for place in writer.ins(copy, node):
        writer.net.add(Transition("wait", (), consume=(place,), produce=(wait,)))
    for message in writer.sources.external(node):
        for way in writer.ways(copy, node):
            step = Transition(
                "occur",
                (node.id,),
                consume=(wait, *message),
                produce=way.produce,
                flows=way.flows,
            )
            writer.net.add(way.step(step))


def write_throw(writer: Writer, copy: Copy, node: m.Node) -> None:
    """Throw at once and go on; a link goes on at its other end."""
    behind = writer.link_target(node) if node.has("link") else node
    shown = (node.id,) if behind is node else (node.id, behind.id)
    sent = writer.sources.sent(node)
    for place in writer.ins(copy, node):
        for way in writer.ways(copy, behind):
            for effect in _effects(writer, copy, node):
                writer.net.add(way.step(_thrown(shown, place, way, sent, effect)))


def _thrown(
    shown: tuple[str, ...], place: int, way: Way, sent: tuple[int, ...], effect: Effect
) -> Transition:
    on = Way((), ()) if effect.cuts_off else way
    return Transition(
        "throw",
        (*shown, *effect.elements),
        consume=(place, *effect.consume),
        produce=(*on.produce, *sent, *effect.produce),
        read=effect.read,
        inhibit=effect.inhibit,
        clear=effect.clear,
        flows=(*on.flows, *effect.flows),
        mark=effect.mark,
    )


def write_end(writer: Writer, copy: Copy, node: m.Node) -> None:
    """Take the token out; remember that this end was reached, and whether more than once."""
    sent = writer.sources.sent(node)
    for place in writer.ins(copy, node):
        for way, effect in product(writer.ways(copy, node), _ends(writer, copy, node)):
            for produce, read, inhibit in _reached(copy, node, effect):
                step = Transition(
                    "end",
                    (node.id, *effect.elements),
                    consume=(place, *effect.consume),
                    produce=(*sent, *effect.produce, *produce, *way.produce),
                    read=(*read, *effect.read),
                    inhibit=(*effect.inhibit, *inhibit),
                    clear=effect.clear,
                    flows=effect.flows,
                    mark=effect.mark,
                )
                writer.net.add(way.step(step))


def _ends(writer: Writer, copy: Copy, node: m.Node) -> list[Effect]:
    if node.has("terminate"):
        return [Effect(clear=copy.everything)]
    return _effects(writer, copy, node)


def _effects(writer: Writer, copy: Copy, node: m.Node) -> list[Effect]:
    thrown = next((one for one in node.definitions if one.kind in RAISED), None)
    return [Effect()] if thrown is None else effects(writer, copy, thrown)


_Reached = tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]


def _reached(copy: Copy, node: m.Node, effect: Effect) -> list[_Reached]:
    """Return what is produced, read and inhibited at the first, second and later arrival."""
    ended, twice = copy.ended[node.id], copy.twice
    if ended in effect.clear:
        return [((), (), ())]
    return [
        ((ended,), (), (ended,)),
        ((twice,), (ended,), (twice,)),
        ((), (ended, twice), ()),
    ]
