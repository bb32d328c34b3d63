"""Dates of a case that goes on under a newer version: told before, and kept to after."""

from __future__ import annotations

from typing import Any

import pytest

from engine.errors import Conflict
from tests.work import diagrams as d
from tests.work.application import CHIEF
from tests.work.test_migrating import agrees, migrate
from tests.work.world import World


def waiting(name: str) -> bytes:
    return d.process(
        "flow",
        d.start(),
        d.timer("wait", name),
        d.user("write", "office"),
        d.end(),
        d.chain("begin", "wait", "write", "end"),
    )


def test_dates_that_change_are_told_and_kept(world: World) -> None:
    world.application.dates = {"first": world.instant(hours=5), "second": world.instant(hours=9)}
    world.deploy("flow", waiting("first"))
    case = world.start("flow")
    world.deploy("flow", waiting("second"))
    [change] = world.runtime.look_ahead(CHIEF, case, "flow", 2).dates
    assert (change.element, str(change.before), str(change.after)) == (
        "wait",
        "2026-03-02 06:00:00+00:00",
        "2026-03-02 10:00:00+00:00",
    )
    migrate(world, case)
    assert world.case(case).next_due_at == change.after
    assert agrees(world, case)
    world.later(hours=6)
    world.runtime.fire_due()
    assert world.open_elements() == []
    world.later(hours=4)
    world.runtime.fire_due()
    assert world.open_elements() == ["write"]


def test_a_date_that_has_passed_under_the_new_version_comes_at_once(world: World) -> None:
    world.application.dates = {"first": world.instant(hours=5), "second": world.instant(hours=1)}
    world.deploy("flow", waiting("first"))
    case = world.start("flow")
    world.later(hours=2)
    world.deploy("flow", waiting("second"))
    migrate(world, case)
    assert world.open_elements() == ["write"]
    assert agrees(world, case)


def test_a_step_that_fails_under_the_new_version_leaves_the_case_where_it_was(world: World) -> None:
    def broken(*_: Any) -> None:
        raise ZeroDivisionError("boom")

    world.application.operations["seal.it"] = broken
    world.application.dates = {"first": world.instant(hours=5), "second": world.instant(hours=1)}
    world.deploy("flow", waiting("first"))
    case = world.start("flow")
    world.later(hours=2)
    world.deploy(
        "flow",
        d.process(
            "flow",
            d.start(),
            d.timer("wait", "second"),
            d.service("seal", "seal.it"),
            d.end(),
            d.chain("begin", "wait", "seal", "end"),
        ),
    )
    with pytest.raises(Conflict, match="seal"):
        migrate(world, case)
    assert world.incidents() == []
    assert agrees(world, case)


def test_what_was_overdue_happens_under_the_old_version_first(world: World) -> None:
    world.application.dates = {"first": world.instant(hours=1), "second": world.instant(hours=9)}
    world.deploy("flow", waiting("first"))
    case = world.start("flow")
    world.deploy("flow", waiting("second"))
    world.later(hours=2)
    migrate(world, case)
    assert world.open_elements() == ["write"]
    acts = world.acts(case)
    assert acts[-1] == "process.migrated"
    assert world.incidents() == []
