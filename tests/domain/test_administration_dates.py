"""A notice previewed with every date it would move; tasks given back when a post ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from engine import clock
from engine.errors import Invalid, NotAllowed
from engine.ports import SYSTEM
from engine.store.tables import Task
from tests.copied import Copies
from tests.domain import journeys
from tests.domain.notices import rest, whole
from tests.domain.world import World, new_world
from workflows.administration import calendar_years, rerouting
from workflows.domain import organisation
from workflows.domain.ledger_tables import DeadlineRow
from workflows.domain.org_tables import GrantRow
from workflows.domain.working_days import SpecialDay

REST = whole(*rest(*(date(2027, 2, 5) + timedelta(days=n) for n in range(9))))


@pytest.fixture
def world(copied: Copies, tmp_path: Path) -> Iterator[World]:
    with new_world(copied, tmp_path) as opened:
        yield opened


def dates(world: World, case: str) -> dict[int, date]:
    query = select(DeadlineRow.number, DeadlineRow.due_date).where(DeadlineRow.case_id == case)
    with world.bihuan.database.read() as session:
        return {row.number: row.due_date for row in session.execute(query)}


def limits(world: World, case: str) -> dict[str, datetime | None]:
    query = select(Task.element, Task.due_at).where(Task.case_id == case, Task.status == "open")
    with world.bihuan.database.read() as session:
        return {row.element: row.due_at for row in session.execute(query)}


def end(world: World, person: str, last: date) -> None:
    with world.bihuan.database.begin() as session:
        for grant in session.scalars(select(GrantRow.id).where(GrantRow.person_id == person)):
            organisation.end_grant(session, grant, last)


def test_the_preview_names_every_date_that_the_notice_then_moves(world: World) -> None:
    world.time.set(datetime(2027, 2, 3, 2, 0, tzinfo=UTC))
    case = journeys.served(world, "larger")
    journeys.reported(world, case)
    before, waiting = dates(world, case), limits(world, case)
    moves = calendar_years.preview(world.bihuan.runtime, REST)
    assert (dates(world, case), limits(world, case)) == (before, waiting)
    with world.bihuan.database.read() as session:
        assert not calendar_years.years(session)[0].source.startswith("notice")
    assert {move.kind for move in moves} == {"recheck", "task"}
    assert {move.case_id for move in moves} == {case}
    moved = calendar_years.apply(world.bihuan.runtime, SYSTEM, "default", REST)
    assert moved == len(moves)
    after = {move.after for move in moves if move.kind == "recheck"}
    assert after == {clock.end_of_day(dates(world, case)[max(before)])}
    assert limits(world, case)["recheck"] in after
    assert calendar_years.preview(world.bihuan.runtime, REST) == []


def test_a_year_that_is_over_keeps_its_days(world: World) -> None:
    past = [SpecialDay(date(2025, 1, 2), "holiday", "", "notice")]
    with pytest.raises(Invalid):
        calendar_years.apply(world.bihuan.runtime, SYSTEM, "default", past)


def test_only_administrators_load_a_notice(world: World) -> None:
    head = world.actor("bureau_head")
    with pytest.raises(NotAllowed):
        calendar_years.apply(world.bihuan.runtime, head, "default", REST)
    with world.bihuan.database.read() as session:
        assert calendar_years.years(session)[0].provisional


def test_what_was_taken_goes_back_when_the_post_ends(world: World) -> None:
    case = world.register()
    (element, task) = next(iter(world.open_tasks(case).items()))
    runtime = world.bihuan.runtime
    runtime.claim_task(world.actor("inspector1"), task)
    assert rerouting.release_all(runtime) == 0
    end(world, "inspector1", date(2026, 3, 2))
    assert rerouting.release_all(runtime) == 0, "the last day is still his"
    world.time.advance(timedelta(days=1))
    assert rerouting.release_all(runtime) == 1
    assert rerouting.release_all(runtime) == 0
    with world.bihuan.database.read() as session:
        assert session.get_one(Task, task).assignee is None
    runtime.claim_task(world.actor("inspector2"), task)
    assert element in world.open_tasks(case)


def test_tasks_that_nobody_may_do_are_named(world: World) -> None:
    case = journeys.served(world, "larger")
    journeys.reported(world, case)
    with world.bihuan.database.read() as session:
        assert rerouting.waiting_for_nobody(session, clock.now(), 10) == []
    for person in ("inspector1", "inspector2", "inspector3", "bureau_head", "bureau_deputy"):
        end(world, person, date(2026, 3, 1))
    with world.bihuan.database.read() as session:
        (waiting,) = rerouting.waiting_for_nobody(session, clock.now(), 10)
    assert waiting.id in world.open_tasks(case).values()


def test_a_task_is_named_when_everybody_at_its_posts_is_barred(world: World) -> None:
    case = journeys.served(world, "general")
    journeys.reported(world, case)
    for person in ("inspector2", "bureau_head", "bureau_deputy"):
        end(world, person, date(2026, 3, 1))
    with world.bihuan.database.read() as session:
        (waiting,) = rerouting.waiting_for_nobody(session, clock.now(), 10)
    assert waiting.id == world.open_tasks(case)["recheck"]
    assert {(one.body, one.role) for one in waiting.posts} == {
        ("bureau", role) for role in ("officer", "head", "deputy")
    }
    with world.bihuan.database.begin() as session:
        organisation.grant(session, "inspector2", "bureau", "officer", date(2026, 3, 2))
    with world.bihuan.database.read() as session:
        assert rerouting.waiting_for_nobody(session, clock.now(), 10) == []
