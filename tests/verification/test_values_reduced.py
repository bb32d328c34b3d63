"""Names with values in diagrams without structure: reduced searches, places that never meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from random import Random

import pytest

from engine.verification import model as m
from engine.verification.concurrency import Concurrency
from engine.verification.independence import Independence
from engine.verification.machine import FieldFull, Machine
from engine.verification.names import Names, Write
from engine.verification.net import Kind
from engine.verification.properties import judge, watched
from engine.verification.reading import read_model
from engine.verification.search import NeedsRoom, Search, Space
from engine.verification.subjects import net_of, subjects
from tests.verification.graphs import Graph

SEEDS = range(160)
MOST = 3_000


def valued(seed: int) -> tuple[m.Model, Names]:
    """Return a random diagram whose tasks write names that its gateways read."""
    random = Random(seed)  # noqa: S311 a drawing, not a secret
    model = read_model(Graph(seed).alone() if seed % 2 else Graph(seed).together())
    flows: dict[str, m.Flow] = {}
    for node in model.nodes.values():
        leaving = model.outgoing.get(node.id, ())
        name = random.choice("xy")
        for value, flow in zip("abcdefgh", leaving, strict=False):
            reads = node.kind in {"exclusiveGateway", "inclusiveGateway"} and leaving[1:]
            flows[flow.id] = replace(flow, condition=f'{name} = "{value}"' if reads else None)
    writes = {
        node.id: tuple(_write(random, name) for name in random.sample("xy", 1))
        for node in model.nodes.values()
        if node.kind in m.TASKS and random.random() < 0.8
    }
    watched_ones = frozenset(one for one in writes if random.random() < 0.7)
    return replace(model, flows={**model.flows, **flows}), Names(writes, watched=watched_ones)


def _write(random: Random, name: str) -> Write:
    values = random.sample("abc", random.randint(1, 3))
    return Write(name, tuple(sorted(values)), keeps=random.random() < 0.2)


def machines(seeds: Iterable[int]) -> Iterator[tuple[int, Machine, Space]]:
    """Yield diagrams with every state of theirs, as far as they have few enough."""
    for seed in seeds:
        model, names = valued(seed)
        machine = Machine(net_of(model, subjects(model)[0], 2, names), 2)
        try:
            space = Search(machine, watched(machine), None, prune=False).run(MOST)
        except (NeedsRoom, FieldFull):
            continue
        if space.complete:
            yield seed, machine, space


def test_the_diagrams_carry_values_and_violate_properties() -> None:
    seen: Counter[str] = Counter()
    for _, machine, space in machines(SEEDS):
        kinds = {place.kind for place in machine.net.places}
        holds = judge(machine, space).holds
        seen["carried"] += Kind.VALUE in kinds
        seen["free"] += bool(machine.net.free)
        seen.update(name for name, one in holds.items() if one is False)
        seen["good"] += all(holds.values())
    assert min(seen[one] for one in ("carried", "free", "option_to_complete", "good")) >= 5


def test_a_reduced_search_says_the_same() -> None:
    for seed, machine, space in machines(SEEDS):
        reduced = Search(machine, watched(machine), Independence(machine), prune=False).run(MOST)
        told, right = judge(machine, reduced, reduced=True), judge(machine, space)
        assert told.holds == right.holds, seed
        assert told.dead_activities == right.dead_activities, seed


def test_places_that_hold_tokens_together_were_taken_for_possible() -> None:
    for seed, machine, space in machines(SEEDS):
        concurrency = Concurrency(machine.net)
        for state in space.states:
            marked = list(machine.marked(state))
            for place in marked:
                others = [one for one in marked if one != place or machine.count(state, one) > 1]
                assert all(concurrency.beside(place) >> one & 1 for one in others), seed


def test_a_relation_that_overlooks_something_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    known = Concurrency._remaining

    def less(self: Concurrency, shape: object) -> int | None:
        found = known(self, shape)  # type: ignore[arg-type]
        return None if found is None else found & (found >> 1)

    monkeypatch.setattr(Concurrency, "_remaining", less)
    with pytest.raises(AssertionError):
        test_places_that_hold_tokens_together_were_taken_for_possible()
