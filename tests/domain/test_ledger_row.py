"""The ledger row is written with what a command changed alone, and says what the case says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import delete, event

from tests.domain import journeys
from tests.domain.world import World
from workflows.checking.inspection import inspect
from workflows.domain.ledger_tables import DeadlineRow, HazardRow


@contextmanager
def _heard(world: World) -> Iterator[list[str]]:
    """Listen to what is said of the ledger."""
    said: list[str] = []

    def heard(*given: Any) -> None:
        if re.search(r"hz_(hazard|deadline)", given[2]):
            said.append(re.sub(r"\s+", " ", given[2]))

    event.listen(world.bihuan.database.engine, "before_cursor_execute", heard)
    yield said
    event.remove(world.bihuan.database.engine, "before_cursor_execute", heard)


def test_a_comment_writes_the_instant_alone(world: World) -> None:
    case = journeys.served(world, "larger")
    with _heard(world) as said:
        world.act("inspector1", case, "comment", text="已看")
    assert said == ["UPDATE hz_hazard SET updated_at=? WHERE hz_hazard.case_id = ?"]


def test_a_report_moves_the_date_and_begins_another(world: World) -> None:
    case = journeys.served(world, "general")
    with _heard(world) as said:
        journeys.reported(world, case)
    assert not [one for one in said if one.startswith("SELECT")]
    changed = [one.partition(" WHERE")[0] for one in said if one.startswith("UPDATE hz_deadline")]
    assert changed == ["UPDATE hz_deadline SET state=?"]
    _is_sound(world)


def test_a_row_that_was_lost_is_written_again(world: World) -> None:
    case = journeys.served(world, "general")
    with world.bihuan.database.begin() as session:
        session.execute(delete(HazardRow).where(HazardRow.case_id == case))
        session.execute(delete(DeadlineRow).where(DeadlineRow.case_id == case))
    journeys.reported(world, case)
    with world.bihuan.database.read() as session:
        assert session.get_one(HazardRow, case).state == "rechecking"


def _is_sound(world: World) -> None:
    assert inspect(world.bihuan, signed=False).sound
