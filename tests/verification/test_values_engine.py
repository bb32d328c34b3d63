"""Names with values: what the engine does is among what the verifier takes for possible."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from engine.verification.names import UNKNOWN, Names, Value
from tests.execution.runs import Run
from tests.verification.writing import NAMES, VALUES, Possible, diagram

STEPS = 30
SEEDS = 100


@pytest.mark.parametrize("seed", range(SEEDS))
@pytest.mark.parametrize("watching", [True, False])
def test_what_happens_was_taken_for_possible(seed: int, *, watching: bool) -> None:
    source, names = diagram(seed)
    names = names if watching else replace(names, watched=frozenset())
    random = Random(seed)  # noqa: S311 a walk, not a secret
    run = Run(source, token={name: random.choice(VALUES) for name in NAMES})
    possible = Possible(source, names)
    for step in range(STEPS):
        seen = (tuple(run.names), run.ended)
        assert seen in possible.observations, f"step {step}"
        possible.keep(seen)
        if run.ended:
            return
        _act(random, run, possible, names)


def _act(random: Random, run: Run, possible: Possible, names: Names) -> None:
    events = sorted(run.waits.messages)
    if events and random.random() < 0.2:
        event = random.choice(events)
        run.message(event)
        possible.occur(event)
        return
    task = random.choice(run.names)
    values: dict[str, Value] = {}
    for write in names.written(task):
        if not (write.keeps and random.random() < 0.5):
            values[write.name] = random.choice([one for one in write.values if one is not UNKNOWN])
    run.complete(task, **values)
    possible.complete(task, values)
