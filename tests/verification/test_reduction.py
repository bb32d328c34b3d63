"""Putting transitions off hides nothing: held against every interleaving of random diagrams."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from engine.verification.independence import Independence
from engine.verification.machine import FieldFull, Machine
from engine.verification.properties import PROPERTIES, Verdicts, judge, watched
from engine.verification.reading import read_model
from engine.verification.search import NeedsRoom, Search, Space
from engine.verification.subjects import net_of, subjects
from tests.verification.drawing import document, flows, nodes, process
from tests.verification.graphs import MERGING, Graph

SEEDS = range(200)
STATES = 1_500
RARE = 3442
"""A diagram in which it matters that an inclusive gateway may take a token too early."""


def machines(seeds: range) -> Iterator[tuple[str, Machine, Space]]:
    """Yield machines of random diagrams with all their states; those with too many are left."""
    for seed in seeds:
        for name, data in (("alone", Graph(seed).alone()), ("together", Graph(seed).together())):
            machine = _machine(data)
            try:
                space = searched(machine, None)
            except (NeedsRoom, FieldFull):
                continue
            if space.complete:
                yield f"{name} {seed}", machine, space


def searched(machine: Machine, independence: Independence | None) -> Space:
    return Search(machine, watched(machine), independence, prune=False).run(STATES)


def told(verdicts: Verdicts) -> tuple[object, ...]:
    return verdicts.holds, verdicts.dead_activities, verdicts.double_activities


def disagreements(seeds: range) -> list[str]:
    """Return the diagrams of which the reduced search says something else."""
    found = []
    for name, machine, space in machines(seeds):
        reduced = searched(machine, Independence(machine))
        if told(judge(machine, reduced)) != told(judge(machine, space)):
            found.append(name)
    return found


def test_the_reduced_search_says_the_same() -> None:
    assert disagreements(SEEDS) == []


def test_the_diagrams_violate_every_property_and_are_reduced() -> None:
    violated: Counter[str] = Counter()
    before = after = count = 0
    for _, machine, space in machines(range(120)):
        holds = judge(machine, space).holds
        violated.update(name for name, one in holds.items() if one is False)
        before += len(space.states)
        after += len(searched(machine, Independence(machine)).states)
        count += 1
        violated["nothing"] += all(holds.values())
    assert set(violated) == {*PROPERTIES, "nothing"}
    assert min(violated.values()) >= 5
    assert count > 150
    assert after < before / 2


@pytest.mark.parametrize("blind", ["_watch", "_meddlers"])
def test_a_reduction_that_overlooks_something_is_noticed(
    monkeypatch: pytest.MonkeyPatch, blind: str
) -> None:
    monkeypatch.setattr(Independence, blind, lambda *_arguments: 0)
    assert disagreements(range(60)) != []


def test_a_reduction_that_takes_every_cut_for_one_that_absorbs_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Independence, "_absorbs", lambda *_arguments: True)
    assert disagreements(SEEDS) != []


def test_a_reduction_that_overlooks_what_an_inclusive_gateway_waits_for_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    machine = _machine(Graph(RARE, MERGING).alone())
    right = told(judge(machine, searched(machine, None)))
    assert told(judge(machine, searched(machine, Independence(machine)))) == right
    monkeypatch.setattr(Independence, "_disturbers", lambda *_arguments: ())
    assert told(judge(machine, searched(machine, Independence(machine)))) != right


def test_what_a_cycle_would_put_off_for_ever_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = nodes("start s", "end e", "and split", "xor x y", "task a b c")
    endless = process(drawn, flows("s split x a y x", "split b c e"))
    machine = _machine(document(endless))
    assert judge(machine, searched(machine, Independence(machine))).dead_activities == ()
    monkeypatch.setattr(Search, "_follow_ignored", lambda _search: False)
    assert judge(machine, searched(machine, Independence(machine))).dead_activities != ()


def _machine(data: bytes) -> Machine:
    model = read_model(data)
    return Machine(net_of(model, subjects(model)[0], 2), 2)
