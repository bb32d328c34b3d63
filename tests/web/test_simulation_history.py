"""A simulation by the zone's own history: times and answers of what was done often enough."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import insert, select

from engine import clock
from engine.store.base import table
from engine.store.ids import new_id
from engine.store.tasks import Task
from tests.web.test_simulation_page import asked, play
from tests.web.visitor import Visitor, register
from workflows.app import Bihuan
from workflows.simulating.history import ENOUGH, calibrated
from workflows.simulation.behaviour import shipped

Visit = Callable[..., Visitor]
SIGN = "extension.sign.park_command"


def done(bihuan: Bihuan, act: str, answers: list[str], hours: float) -> None:
    """Put completed tasks beside the one of a registered case, each an hour longer."""
    case = register(bihuan)
    with bihuan.database.begin() as session:
        known = session.scalars(select(Task).where(Task.case_id == case)).one()
        columns = {column.name for column in table(Task).columns}
        base = {name: getattr(known, name) for name in columns}
        opened = clock.now() - timedelta(days=60)
        rows = [
            base
            | {
                "id": new_id(),
                "token_id": new_id(),
                "act": act,
                "status": "completed",
                "outcome": answer,
                "opened_at": opened,
                "completed_at": opened + timedelta(hours=hours + number),
            }
            for number, answer in enumerate(answers)
        ]
        session.execute(insert(Task), rows)


def test_what_was_done_often_enough_is_the_zones_own(bihuan: Bihuan) -> None:
    done(bihuan, SIGN, ["agree"] * 30 + ["refuse"] * 10, hours=100)
    done(bihuan, "extension.file", ["file"] * (ENOUGH - 1), hours=100)
    with bihuan.database.read() as session:
        own = calibrated(session, "default", shipped())
    assert own.counts == {SIGN: 40}
    signed = own.behaviour.acts[SIGN]
    assert [(one.flags["decision"], one.share) for one in signed.outcomes] == [
        ("agree", 30.0),
        ("refuse", 10.0),
    ]
    assert [round(signed.manner.delay.at(share)) for share in (0.0, 0.5, 1.0)] == [100, 120, 139]
    assert signed.manner.nobody
    assert own.behaviour.acts["extension.file"] == shipped().acts["extension.file"]


def test_answers_of_another_kind_change_no_share(bihuan: Bihuan) -> None:
    done(bihuan, SIGN, ["something else"] * 40, hours=1)
    with bihuan.database.read() as session:
        own = calibrated(session, "default", shipped())
    assert own.behaviour.acts[SIGN].outcomes == shipped().acts[SIGN].outcomes


def test_another_agency_lends_no_history(bihuan: Bihuan) -> None:
    done(bihuan, SIGN, ["agree"] * 40, hours=1)
    with bihuan.database.read() as session:
        assert calibrated(session, "elsewhere", shipped()).counts == {}


def test_the_page_says_how_much_is_the_zones_own(visit: Visit, bihuan: Bihuan) -> None:
    done(bihuan, SIGN, ["agree"] * 40, hours=100)
    visitor = visit("designer")
    address = asked(visitor, history="yes")
    play(bihuan)
    page = visitor.get(address).text
    assert "1 种事项按本区历史，共 40 件" in page
    assert "history=yes" in page
    assert 'value="yes" checked' in visitor.get(f"{address.rsplit('/', 1)[0]}?history=yes").text
