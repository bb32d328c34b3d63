"""A counterexample leads where it says, by steps that the diagram allows."""

from __future__ import annotations

from collections import Counter
from functools import cache

from engine.verification.model import Model
from engine.verification.paths import Path, Step
from engine.verification.reading import read_model
from engine.verification.report import verify_document
from engine.verification.soundness import Result
from tests.verification import families
from tests.verification.drawing import alone, document, flows, nodes, on, process
from tests.verification.graphs import Graph

SEEDS = range(60)


@cache
def results() -> list[tuple[Model, Result]]:
    drawn = [data for seed in SEEDS for data in (Graph(seed).alone(), Graph(seed).together())]
    return [(read_model(data), verify_document(data, budget=600)[0]) for data in drawn]


def test_every_way_ends_where_it_is_violated() -> None:
    shown: Counter[str] = Counter()
    for model, result in results():
        for name, path in result.paths.items():
            assert set(path.elements) <= model.nodes.keys()
            shown[name] += 1
            _CLAIMS[name](path, model)
    assert min(shown[name] for name in _CLAIMS) >= 5


def _unsafe(path: Path, model: Model) -> None:
    tokens = Counter(path.steps[-1].tokens)
    assert any(count > 1 and token in model.flows for token, count in tokens.items())


def _double(path: Path, model: Model) -> None:
    tokens = Counter(path.steps[-1].tokens)
    assert any(count > 1 and token in model.nodes for token, count in tokens.items())


def _twice(path: Path, model: Model) -> None:
    ends = [name for name in path.elements if model.nodes[name].kind == "endEvent"]
    assert max(Counter(ends).values()) > 1


def _left_over(path: Path, model: Model) -> None:
    (collaboration,) = model.collaborations
    messages = {flow.id for flow in collaboration.message_flows}
    assert path.steps[-1].tokens
    assert set(path.steps[-1].tokens) <= messages


def _stuck(path: Path, model: Model) -> None:
    # From the first state on, or with something left: never an empty diagram.
    assert not path.steps or set(path.steps[-1].tokens) & (model.flows.keys() | model.nodes.keys())


_CLAIMS = {
    "safe": _unsafe,
    "double_execution": _double,
    "proper_completion": _twice,
    "no_leftover_message": _left_over,
    "option_to_complete": _stuck,
}


def test_every_step_puts_its_tokens_on_the_flows_that_it_takes() -> None:
    for _, result in results():
        for path in result.paths.values():
            for before, step in zip(_before(path), path.steps, strict=True):
                gained = Counter(step.tokens) - Counter(before)
                assert set(step.flows) <= set(step.tokens) | set(before) | _passed(step)
                assert all(count == 1 for count in gained.values())


def _before(path: Path) -> list[tuple[str, ...]]:
    return [(), *(step.tokens for step in path.steps)][: len(path.steps)]


def _passed(step: Step) -> set[str]:
    """Flows behind an event-based gateway never hold a token."""
    return set(step.flows[:1]) if step.action in {"occur", "start"} else set()


def test_a_way_names_a_task_when_it_ends_and_an_interrupted_one_before_what_cut_it_off() -> None:
    drawn = nodes("start s", "end e", "task a b c", "and f j", "xor x")
    cut = alone(
        drawn,
        on("a", "timer", "late"),
        flows("s f a j e", "f b j", "late c x", "x c2"),
        nodes("task c2"),
    )
    assert cut.paths["option_to_complete"].elements[:4] == ("s", "f", "a", "late")
    assert "b" in cut.paths["option_to_complete"].elements


def test_the_shortest_way_is_shown_also_among_many_states() -> None:
    few = verify_document(document(process(families.unmatched(3))))[0]
    many = verify_document(document(process(families.unmatched(15))))[0]
    assert len(few.paths["safe"].elements) == len(many.paths["safe"].elements) == 6
