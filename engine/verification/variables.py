"""Decides which names the state carries: those of which one value at a time is enough.

Each branch of a diagram has its own copy of a name, and the state has one value of each variable.
That is the same where nobody writes a variable while another token carries it to a reader; where
somebody may, its conditions stay free choices.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from engine.verification import model as m
from engine.verification.concurrency import Concurrency
from engine.verification.dataflow import VALUE_LIMIT, Web, webs
from engine.verification.names import NO_NAMES, Names
from engine.verification.net import Net
from engine.verification.regions import regions

PLACE_LIMIT: Final = 4_000
"""Places of a net whose concurrency is still worked out; in a larger one no value is followed."""

_WAITING: Final = m.ACTIVITIES | {"intermediateCatchEvent"}


@dataclass(frozen=True, slots=True)
class Variable:
    """A web whose values are told apart.

    Attributes:
        carried: whether the state carries the value; else one is chosen where it is read.
        alone: whether no two tokens ever carry it, so that it is forgotten with the last reader.
    """

    web: Web
    carried: bool
    alone: bool = False


@dataclass(frozen=True)
class Variables:
    """The names of one subject, and what of them the state carries besides its tokens.

    Attributes:
        by_home: carried variables by the scope whose copies have a place for each value.
        read: by node: all variables that the conditions behind it read.
        written: by node and name: the variable that it writes.
        carried: by flow or node: variables that a token there carries to a reader.
        free: webs of which a reader may see another value than was written last.
    """

    names: Names = NO_NAMES
    by_home: Mapping[str, Sequence[Variable]] = field(default_factory=dict)
    read: Mapping[str, Sequence[Variable]] = field(default_factory=dict)
    written: Mapping[tuple[str, str], Variable] = field(default_factory=dict)
    carried: Mapping[str, Sequence[Variable]] = field(default_factory=dict)
    free: Sequence[Web] = ()


NONE: Final = Variables()


def variables(model: m.Model, processes: Iterable[str], names: Names, net: Net) -> Variables:
    """Return what the state carries.

    Args:
        model: the document.
        processes: the processes of the subject.
        names: who writes what.
        net: the net of the subject without any value.
    """
    if not names.writes:
        return NONE
    found = [web for region in regions(model, processes) for web in webs(region, names)]
    if not found:
        return Variables(names)
    found = [web for web in found if 0 < len(web.values) <= VALUE_LIMIT]
    wanted = [web for web in found if web.follows and (not web.once or web.writes & names.watched)]
    carried: list[Variable] = []
    if wanted and len(net.places) <= PLACE_LIMIT:
        concurrency = Concurrency(net)
        carried = [one for web in wanted for one in _carried(model, web, concurrency)]
    kept = {id(one.web) for one in carried}
    chosen = [Variable(web, carried=False) for web in found if id(web) not in kept]
    free = [one.web for one in chosen if not one.web.once or one.web.writes & names.watched]
    return _indexed(names, [*carried, *chosen], free)


def _carried(model: m.Model, web: Web, concurrency: Concurrency) -> Iterable[Variable]:
    writing = {element for node in web.writes for element in _standing(model, node)}
    if not concurrency.together(writing, web.live):
        everywhere = writing | web.live
        yield Variable(web, carried=True, alone=not concurrency.together(everywhere, everywhere))


def _standing(model: m.Model, node: str) -> Iterable[str]:
    """Return where the token lies that a node takes when it writes."""
    if model.nodes[node].kind in _WAITING:
        return (node,)
    flows = [flow.id for flow in model.incoming.get(node, ())]
    return (node, *flows)


def _indexed(names: Names, told_apart: Sequence[Variable], free: Sequence[Web]) -> Variables:
    by_home: dict[str, list[Variable]] = {}
    read: dict[str, list[Variable]] = {}
    carried: dict[str, list[Variable]] = {}
    written: dict[tuple[str, str], Variable] = {}
    for one in told_apart:
        for node in one.web.readers:
            read.setdefault(node, []).append(one)
        if not one.carried:
            continue
        by_home.setdefault(one.web.home, []).append(one)
        for element in one.web.live | one.web.kept:
            carried.setdefault(element, []).append(one)
        for node in one.web.writes:
            written[node, one.web.name] = one
    return Variables(names, by_home, read, written, carried, tuple(free))
