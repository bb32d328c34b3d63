"""Decides the soundness of a subject within a budget of states, and shows what violates it."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from time import perf_counter, thread_time
from typing import Final

from engine.verification import model as m
from engine.verification.assumptions import assumptions, free_names
from engine.verification.independence import Independence, Late
from engine.verification.machine import FieldFull, Machine
from engine.verification.names import NO_NAMES, Names
from engine.verification.net import TooLarge
from engine.verification.paths import Path, shortened, shown
from engine.verification.properties import PROPERTIES, Verdicts, judge, watched
from engine.verification.remarks import Remark
from engine.verification.saturation import WIDTH, sharpened
from engine.verification.search import NeedsRoom, Search, Space
from engine.verification.subjects import Subject, net_of
from engine.verification.unsupported import unsupported

BUDGET: Final = 100_000
"""States that are searched unless somebody asks for more: some seconds."""

MEMORY: Final = 300_000_000
"""Bytes that the states of one search may take, about; more states than fit are not searched."""

_OVERHEAD: Final = 300
"""Bytes of a state besides its tokens."""

_TRIED: Final = 2_000
"""States after which a reduction that puts nothing off is given up."""

_BEYOND: Final = 30_000
"""States with uncounted tokens that are looked at where the search came to no end."""

_ROOM: Final = ((1, 2), (2, 2), (2, 5), (4, 5))
"""Instances of a scope and bits of a place, tried one after the other; the last leaves out."""

_TURNS: Final = ((8_000, 500), (30_000, 4_000))
"""States that the plain and the reduced search take in turn before either may spend the budget.

Following every interleaving is quick and shows the shortest paths; reducing is slow a state, and
the only way where many things run at once.
"""


@dataclass(frozen=True, slots=True)
class Result:
    """What is known about one subject; `holds` is empty where something is unsupported."""

    subject: str
    holds: dict[str, bool | None] = field(default_factory=dict)
    dead_activities: tuple[str, ...] = ()
    double_activities: tuple[str, ...] = ()
    paths: dict[str, Path] = field(default_factory=dict)
    states: int = 0
    """States of the search that decided, or of the reduced one where none did."""
    elapsed_ms: float = 0.0
    unsupported: tuple[Remark, ...] = ()
    assumptions: tuple[Remark, ...] = ()

    @property
    def decided(self) -> bool:
        """Tell whether every property is known to hold or to be violated."""
        return bool(self.holds) and None not in self.holds.values()

    @property
    def sound(self) -> bool | None:
        """Option to complete, proper completion and no message left over."""
        return _all(self.message_relaxed_sound, self.holds.get("no_leftover_message"))

    @property
    def message_relaxed_sound(self) -> bool | None:
        """Option to complete and proper completion."""
        return _all(self.holds.get("option_to_complete"), self.holds.get("proper_completion"))

    @property
    def good(self) -> bool:
        """Tell whether every property is known to hold."""
        return self.decided and all(self.holds.values())


def verify(
    model: m.Model,
    subject: Subject,
    *,
    budget: int = BUDGET,
    names: Names = NO_NAMES,
    seconds: float = inf,
) -> Result:
    """Search the states of one subject and judge every property by itself.

    Args:
        model: the document it is in.
        subject: a collaboration or a process.
        budget: states after which what is not known is "not decided".
        names: what its elements write; without, every condition is a free choice.
        seconds: CPU time after which likewise, so that a busy machine decides the same.
    """
    began, until = perf_counter(), thread_time() + seconds
    if without := unsupported(model, subject.processes):
        return Result(subject.id, unsupported=tuple(without))
    try:
        machine, plain, reduced = searched(model, subject, names, budget, until)
    except TooLarge:
        return Result(subject.id, dict.fromkeys(PROPERTIES), elapsed_ms=_since(began))
    space = plain if plain.complete else reduced
    verdicts = judge(machine, space, reduced=space is reduced)
    if not space.complete:
        left = 0 if thread_time() > until else budget
        known = verdicts.joined(judge(machine, plain))
        verdicts = _sharpened(_Laid(model, subject, names), known, (machine, space), left)
    return Result(
        subject=subject.id,
        holds=dict(verdicts.holds),
        dead_activities=verdicts.dead_activities,
        double_activities=verdicts.double_activities,
        paths=_paths(machine, plain, space, verdicts),
        states=len(space.states),
        elapsed_ms=_since(began),
        assumptions=(*assumptions(model, subject), *free_names(machine.net.free)),
    )


@dataclass(frozen=True, slots=True)
class _Laid:
    """Lays a subject out with more or less room."""

    model: m.Model
    subject: Subject
    names: Names

    def machine(self, slots: int, width: int) -> Machine:
        """Return the machine with so many instances of a scope and bits of a place."""
        return Machine(net_of(self.model, self.subject, slots, self.names), width)

    def wider(self, room: tuple[int, int]) -> Machine | None:
        """Return the machine with more room, or None where that is too large."""
        try:
            return self.machine(*room)
        except TooLarge:
            return None


def _sharpened(
    lay: _Laid,
    verdicts: Verdicts,
    searched: tuple[Machine, Space],
    budget: int,
) -> Verdicts:
    """Look beyond what was searched, as far as counting to three can tell."""
    exact, space = searched
    for slots, _ in _ROOM if budget else ():
        machine = lay.machine(slots, WIDTH)
        if len(machine.net.places) == len(exact.net.places):
            return sharpened(verdicts, machine, exact, space, min(budget, _BEYOND))
    return verdicts


def searched(
    model: m.Model, subject: Subject, names: Names, budget: int, until: float = inf
) -> tuple[Machine, Space, Space]:
    """Search with as little room as will do; the last room leaves out what it cannot hold.

    Returns:
        The machine, the plain search and the reduced one; either may have come to no end.

    Raises:
        TooLarge: the diagram needs more places or transitions than are built.
    """
    lay = _Laid(model, subject, names)
    machine = lay.machine(*_ROOM[0])
    for room in _ROOM[1:]:
        try:
            return machine, *_both(machine, budget, until, prune=False)
        except (NeedsRoom, FieldFull):
            wider = lay.wider(room)
        if wider is None:
            break
        machine = wider
    return machine, *_both(machine, budget, until, prune=True)


def _both(machine: Machine, budget: int, until: float, *, prune: bool) -> tuple[Space, Space]:
    """Search plainly and reduced in turn until one of them knows everything."""
    bits = watched(machine)
    budget = min(budget, MEMORY // (machine.units[-1].bit_length() // 8 + _OVERHEAD))
    plain = Search(machine, bits, None, prune=prune, until=until)
    if plain.run(min(_TURNS[0][0], budget)).complete:
        return plain.space, plain.space
    try:
        independence = Independence(machine, until)
    except Late:
        return plain.space, plain.space
    reduced = Search(machine, bits, independence, prune=prune, until=until)
    for turns in (*_TURNS, (budget, budget // 2)):
        for search, states in zip((plain, reduced), turns, strict=True):
            enough = _TRIED if search is reduced and not reduced.pays else budget
            if search.run(min(states, budget, enough)).complete:
                return plain.space, reduced.space
    return plain.space, reduced.space


def _paths(machine: Machine, plain: Space, space: Space, verdicts: Verdicts) -> dict[str, Path]:
    """Return a path to each violation: the shortest where the plain search came that far."""
    seen = judge(machine, plain).witnesses
    found: dict[str, Path] = {}
    for name, witness in verdicts.witnesses.items():
        if name in seen:
            found[name] = shown(machine, [*plain.path(seen[name][0]), *seen[name][1:]])
        else:
            turns = [*space.path(witness[0]), *witness[1:]]
            found[name] = shown(machine, shortened(machine, turns) if witness[1:] else turns)
    return found


def _all(*parts: bool | None) -> bool | None:
    if False in parts:
        return False
    return None if None in parts else True


def _since(began: float) -> float:
    return round((perf_counter() - began) * 1000, 1)
