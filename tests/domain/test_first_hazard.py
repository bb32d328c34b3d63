"""A zone that began empty carries its first hazard to strike-off, with nothing of the tests' own.

Everything is supplied by the commands that the pages of the administration run.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import clock
from engine.clock import VirtualClock
from engine.errors import NotFound
from tests.domain import journeys
from tests.domain.office import BEGINNING, Office, enterprise
from tests.domain.world import START, World, open_world
from workflows.administration import setting_up
from workflows.administration.checklist import checklist
from workflows.administration.desk import open_desk
from workflows.deploying import deploy_processes
from workflows.domain import ledger

SINGLE = {
    "emergency_bureau": "应急管理局",
    "office": "安委会办公室",
    "leaders": "区领导",
    "experts": "专家库",
    "town": "示例镇",
    "park_command": "示例园区指挥部",
    "industry_department": "经济商务局",
}
PEOPLE = {
    "inspector1": "emergency_bureau01:officer",
    "inspector2": "emergency_bureau01:officer",
    "bureau_head": "emergency_bureau01:head",
    "economy_head": "industry_department01:head",
    "park_east_head": "park_command01:head",
    "town_head": "town01:head",
    "office_officer": "office01:officer",
    "leader": "leaders01:in_charge",
    "principal_leader": "leaders01:principal",
    "expert1": "experts01:expert",
    "principal1": "enterprise01:principal",
}


@pytest.fixture
def world(sqlite_url: str, tmp_path: Path) -> Iterator[World]:
    with clock.use(VirtualClock(START)):
        opened = open_world(sqlite_url, tmp_path)
        opened.bihuan.database.create_all()
        with opened.bihuan.database.begin() as session:
            setting_up.set_up(session, "default", BEGINNING)
        deploy_processes(opened.bihuan)
        _supply(Office(opened.bihuan.database))
        yield opened
        opened.bihuan.database.dispose()


def _supply(office: Office) -> None:
    for kind, name in SINGLE.items():
        office.do("body.add", kind=kind, name_zh=name, may_order="true")
    office.do(
        "enterprise.add", **enterprise("town01", "industry_department01"), park="park_command01"
    )
    for username, post in PEOPLE.items():
        office.person(f"示例{username}", post, username=username)


def test_the_checklist_is_empty_and_the_first_hazard_is_struck_off(world: World) -> None:
    with world.bihuan.database.read() as session:
        desk = open_desk(session, world.actor("admin"), "default")
        lacking = [item.text[0] for item in checklist(desk) if item.needed and not item.done]
    assert lacking == []
    case = journeys.served(world, "larger", finder_body="emergency_bureau01")
    journeys.reported(world, case, "principal1")
    journeys.rechecked(world, case, "larger")
    journeys.struck_off(world, case, "larger")
    with world.bihuan.database.read() as session:
        row = ledger.row(session, world.actor("office_officer"), case)
        assert (row.state, row.exit) == ("struck_off", "struck_off")
        with pytest.raises(NotFound):
            ledger.row(session, world.actor("admin"), case)
