"""The engine and the verifier, side by side over generated diagrams of what both know."""

from __future__ import annotations

from random import Random

import pytest

from tests.execution.runs import Run
from tests.verification.blocks import Game, diagram

STEPS = 25


@pytest.mark.parametrize("seed", range(60))
def test_the_same_tasks_and_events_wait_at_every_step(seed: int) -> None:
    source, drawn = diagram(seed)
    random = Random(seed)  # noqa: S311 a walk, not a secret
    unset = dict.fromkeys(_flags(game := Game(source, drawn)), 0)
    run = Run(source, token=unset)
    for step in range(STEPS):
        assert run.names == game.tasks, f"step {step}"
        assert run.ended == game.ended, f"step {step}"
        assert game.events <= run.waits.messages, f"step {step}"
        once = {name for name in run.waits.messages - game.events if not _cuts(game, name)}
        assert run.waits.messages - once == game.events, f"step {step}"
        if game.ended:
            return
        _act(random, run, game)


def _cuts(game: Game, event: str) -> bool:
    return game.model.nodes[event].interrupting


def _act(random: Random, run: Run, game: Game) -> None:
    kinds = ["task"] * 4 * bool(game.tasks) + ["event"] * bool(game.events)
    if random.choice(kinds) == "event":
        event = random.choice(sorted(game.events))
        game.occur(event)
        run.message(event)
        return
    task = random.choice(game.tasks)
    values = {flag: random.randint(0, 1) for flag in _flags(game)}
    game.complete(task, values)
    run.complete(task, **values)


def _flags(game: Game) -> list[str]:
    return [flag for gateway in game.drawn.flags.values() for flag in gateway.values() if flag]
