"""A few walks on every run of the tests; `make walks` walks a thousand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.walks.commands import script
from tests.walks.mutants import faults, hunt
from tests.walks.roads import Road
from tests.walks.walk import replay
from tests.walks.zone import Zone, fresh_zone

WALKS = 8
KEPT = sorted((Path(__file__).parent / "kept").glob("*.jsonl"))
"""Walks on which something once went wrong, as scripts: they stay when the walkers change."""

IN_TEN_WALKS = 10


@pytest.fixture(scope="module")
def zone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zone]:
    with fresh_zone(tmp_path_factory.mktemp("walks")) as opened:
        yield opened


@pytest.mark.parametrize("seed", range(WALKS))
def test_the_case_is_what_the_model_says_after_every_command(zone: Zone, seed: int) -> None:
    assert Road(zone, seed).go().model.over


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_what_once_went_wrong_goes_right(zone: Zone, path: Path) -> None:
    kept = path.read_text(encoding="utf-8")
    assert len(replay(zone, kept).log) == len(kept.splitlines()) - 1  # the first line is its seed


@pytest.mark.db
def test_walks_hold_on_postgresql(postgresql_url: str, tmp_path: Path) -> None:
    other = Zone(postgresql_url, tmp_path)
    other.populate()
    for seed in range(2):
        assert Road(other, seed).go(20).model.over
    other.close()


def test_a_walk_is_played_again_from_its_script(zone: Zone) -> None:
    first = Road(zone, 7).go()
    again = replay(zone, script(7, first.start.isoformat(), first.log))
    assert again.seen.state == first.seen.state
    assert len(again.seen.instances) == len(first.seen.instances)


@pytest.mark.parametrize(
    "part",
    ["a report of completion does not end the box", "an expiry is dated when it is recorded"],
)
def test_a_planted_fault_is_caught(part: str) -> None:
    ((_name, shipped, planting),) = faults(part)
    with planting:
        assert hunt(shipped, IN_TEN_WALKS) is not None
