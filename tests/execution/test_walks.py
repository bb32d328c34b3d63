"""360 random walks over six diagrams, compared with the stock library after every step."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from engine.execution.compiled import compile_process
from engine.execution.instance import ProcessInstance
from engine.execution.model import Step
from tests.execution import diagrams, walks

WALKS = 60


@pytest.fixture
def flows(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """The sequence flows taken while the test runs."""
    taken: set[str] = set()
    settle = ProcessInstance.settle

    def watched(instance: ProcessInstance) -> Step:
        step = settle(instance)
        taken.update(visit.flow for visit in step.visited if visit.flow)
        return step

    monkeypatch.setattr(ProcessInstance, "settle", watched)
    return iter([taken])


@pytest.mark.parametrize(
    "draw",
    [
        diagrams.box,
        diagrams.sign_off,
        diagrams.joins,
        diagrams.nested,
        diagrams.repeated,
        diagrams.rounds,
    ],
    ids=lambda draw: draw.__name__,
)
def test_walks_agree_with_the_stock_library(
    draw: Callable[[], bytes], flows: Iterator[set[str]]
) -> None:
    taken = next(flows)
    name = draw.__name__
    source = draw()

    steps = sum(
        walks.walk(source, name, seed, {"n": 1, "items": ["x", "y"]}) for seed in range(WALKS)
    )

    assert steps > 2 * WALKS
    assert taken == set(compile_process(source, name).flows.values())
