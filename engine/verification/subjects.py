"""What is verified as one: a collaboration with its pools, or a process by itself."""

from __future__ import annotations

from dataclasses import dataclass

from engine.verification import model as m
from engine.verification.activities import begun, write_scope_end
from engine.verification.layout import Copy, Instance, Layout
from engine.verification.names import NO_NAMES, Names
from engine.verification.net import Kind, Mark, Net, Transition
from engine.verification.scopes import write_scope
from engine.verification.sources import Sources
from engine.verification.starting import openers, starts
from engine.verification.variables import NONE, Variables, variables
from engine.verification.writing import Writer


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing to verify: its id, the processes in it and the messages between them."""

    id: str
    processes: tuple[str, ...]
    message_flows: tuple[m.MessageFlow, ...] = ()
    shown: tuple[str, ...] = ()
    """Pools that show their process."""
    several: bool = False
    """Whether there are several pools, so that every message has its flow."""


def subjects(model: m.Model) -> list[Subject]:
    """Return each collaboration that shows a process, then every process that is in none."""
    found: list[Subject] = []
    for one in model.collaborations:
        shown = [pool.process for pool in one.participants if pool.process is not None]
        if shown:
            several = len(one.participants) > 1
            pools = tuple(pool.id for pool in one.participants if pool.process is not None)
            found.append(Subject(one.id, tuple(shown), one.message_flows, pools, several))
    pooled = {process for subject in found for process in subject.processes}
    return found + [Subject(name, (name,)) for name in model.processes if name not in pooled]


def net_of(model: m.Model, subject: Subject, slots: int, names: Names = NO_NAMES) -> Net:
    """Write the net of a subject.

    Args:
        model: the document.
        subject: what of it is verified.
        slots: instances that any sub-process or started pool may have at once.
        names: what its elements write; without, every condition is a free choice.

    Raises:
        TooLarge: the net would have more places, transitions or combinations than are built.
    """
    tokens = _net(model, subject, slots, NONE)
    carried = variables(model, subject.processes, names, tokens)
    return tokens if carried is NONE else _net(model, subject, slots, carried)


def _net(model: m.Model, subject: Subject, slots: int, carried: Variables) -> Net:
    net = Net(free=carried.free)
    writer = Writer(model, net, sources_of(model, subject, net), slots, carried)
    for process in subject.processes:
        _write_process(writer, process)
    seen = {n.id: n for name in subject.processes for n in model.everything_in(name)}
    net.activities = [n.id for n in seen.values() if n.kind in m.ACTIVITIES and not n.by_event]
    return net


def sources_of(model: m.Model, subject: Subject, net: Net | None = None) -> Sources:
    """Return where the events of a subject come from; its messages lie in the net."""
    flows, several = subject.message_flows, subject.several
    return Sources(model, net or Net(), subject.processes, flows, drawn=several)


def _write_process(writer: Writer, process: str) -> None:
    layout = Layout(writer.model, writer.sources, writer.net, writer.slots, writer.variables)
    started = [n for n in openers(writer.model, process) if any(writer.sources.received(n))]
    initial: int | None = None
    earlier: list[int] = []
    for _ in range(writer.slots if started else 1):
        run = writer.net.place(Kind.PROCESS, process)
        copy = layout.copy(process, run, None, None)
        initial = _write_starts(writer, copy, initial, tuple(earlier))
        write_scope_end(writer, copy, ())
        write_scope(writer, copy)
        earlier.append(run)
    for event in started:
        for message in filter(None, writer.sources.received(event)):
            full = Transition("start", (event.id,), consume=message, read=tuple(earlier))
            full.mark = Mark.OVERFLOW
            writer.net.add(full)


def _write_starts(
    writer: Writer, copy: Copy, initial: int | None, earlier: tuple[int, ...]
) -> int | None:
    """Write how a process begins: once from outside, and with every message that starts it."""
    instance = Instance(copy.run, copy)
    for start in starts(writer, copy):
        ways = [()] if start.event is None else writer.sources.received(start.event)
        for message in ways:
            if not message and initial is None:
                initial = writer.net.place(Kind.INITIAL, copy.scope)
                writer.net.initial.append(initial)
            writer.net.add(
                Transition(
                    "start",
                    start.elements,
                    consume=message or (initial,) if initial is not None else message,
                    produce=(copy.run, *begun(instance), *start.produce),
                    read=earlier,
                    inhibit=(copy.run,),
                    flows=start.flows,
                    executes=start.executes,
                )
            )
    return initial
