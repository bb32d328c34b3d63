"""Cases with a designer's step wander at random, and nothing of the rules comes to depend on it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from engine.errors import BihuanError
from engine.store.tables import Case, IncidentRow
from tests.copied import Copies
from tests.domain import designers, journeys
from tests.domain.world import World, new_world
from workflows.checking.inspection import inspect
from workflows.domain.document_format import blank

SEEDS = range(12)
RULED = tuple(key for key in blank() if key not in ("ext", "format"))
"""What the rules write into the document of a case."""


@pytest.fixture
def world(copied: Copies, tmp_path: Path) -> Iterator[World]:
    with new_world(copied, tmp_path) as opened:
        yield opened


class Walk:
    """One case, and a die."""

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self.die = random.Random(seed)  # noqa: S311 repeatable, not secret
        self.visits = 0
        self.case = journeys.served(world, self.die.choice(["general", "larger"]))

    def go(self, steps: int) -> None:
        for _ in range(steps):
            if not self.is_open():
                return
            self.die.choice([self.wait, self.visit, self.visit, self.rectify, self.transfer])()

    def is_open(self) -> bool:
        with self.world.bihuan.database.read() as session:
            return session.get_one(Case, self.case).status == "open"

    def wait(self) -> None:
        self.world.pass_time(hours=self.die.choice([1, 20, 80]))

    def visit(self) -> None:
        if "visit" not in self.world.open_tasks(self.case):
            return
        before = self.world.document(self.case)
        answers: dict[str, Any] = {
            "height": self.die.choice([0, 1.5, 2, 3.25, -1, "", "x"]),
            "on": self.die.choice(["2026-03-02", "2026-12-31", "2026-02-30", ""]),
            "finding": self.die.choice(["true", "true", "wrong", "agree", ""]),
        }
        if self.die.random() < 0.2:
            answers[self.die.choice(["decision", "level", "visit_ok", "own.name"])] = "agree"
        try:
            self.world.do("inspector3", self.case, "visit", **answers)
        except BihuanError:
            assert self.world.document(self.case) == before
            return
        after = self.world.document(self.case)
        self.visits += 1
        assert {key: after[key] for key in RULED} == {key: before[key] for key in RULED}
        assert after["deadlines"] == before["deadlines"]
        assert after["ext"]["visit_height"] in (0, 1.5, 2, 3.25, -1)
        assert set(after["ext"]) <= {"visit_height", "visit_on", "visit_ok"}

    def rectify(self) -> None:
        if "rectify" in self.world.open_tasks(self.case):
            journeys.reported(self.world, self.case)

    def transfer(self) -> None:
        if self.die.random() < 0.2:
            self.world.act(
                "bureau_head", self.case, "case.transfer", receiver="市级部门", reason="不属管辖"
            )


def test_wherever_they_wander_the_case_agrees_with_itself(world: World) -> None:
    designers.deployed(world)
    walks = [Walk(world, seed) for seed in SEEDS]
    for walk in walks:
        walk.go(14)
    assert sum(walk.visits for walk in walks) > len(walks) // 3
    report = inspect(world.bihuan)
    assert [one for one in report.findings if one.check != "evidence"] == []
    with world.bihuan.database.read() as session:
        assert session.scalar(select(func.count(IncidentRow.id))) == 0
