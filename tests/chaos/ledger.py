"""A ledger comes in while its workers are killed: each row once, and people go on meanwhile."""

from __future__ import annotations

import time
import uuid
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, update

from engine import clock
from engine.ports import Actor
from tests.chaos.chance import chance
from tests.chaos.client import Client, Register
from tests.chaos.month import times
from tests.chaos.servers import Servers
from tests.chaos.verdict import deep_check
from tests.chaos.zone import hazard, prepare
from workflows.app import Bihuan
from workflows.domain import organisation
from workflows.domain.ledger_tables import HazardRow
from workflows.importing import jobs
from workflows.importing.tables import ImportLineRow, ImportRow

HEADS = "隐患编号,单位,隐患来源,发现日期,发现人单位,隐患描述,地址+区域,类别,等级"
KILLS = 8
"""After so many the rest comes in unharmed."""

PERSON = "inspector1"


def ledger(url: str, folder: Path, rows: int) -> dict[str, Any]:
    """Import rows while workers are killed and people register; return counts."""
    zone = prepare(url, folder, 0)
    bihuan = zone.open()
    kills, waited = 0, []
    with Servers(zone, workers=2) as servers:
        client = Client(servers.port, zone.tokens, Register())
        _registered(client)
        job = _sent(bihuan, rows)
        began, next_kill = time.monotonic(), 0.0
        while (state := _state(bihuan, job)).state != jobs.DONE:
            assert state.state != jobs.REFUSED, state
            if state.state == jobs.READY:
                _confirm(bihuan, job)
            waited.append(_registered(client))
            if kills < KILLS and state.done and time.monotonic() > next_kill:
                servers.kill_worker()
                _free(bihuan, job)
                kills += 1
                next_kill = time.monotonic() + chance.uniform(0.5, 6)
        took = time.monotonic() - began
    _judge(bihuan, job, rows, 1 + len(waited))
    bihuan.database.dispose()
    return {
        "kills": {"worker": kills},
        "said": {
            "rows": f"{rows} came in, each once, in {took:.0f} s; {kills} workers were killed",
            "registered": f"{len(waited)} cases by people meanwhile: {times(waited)}",
            "read by the check": str(deep_check(zone)["read"]),
        },
    }


def _actor(bihuan: Bihuan) -> Actor:
    with bihuan.database.read() as session:
        return organisation.actor_of(session, PERSON, clock.now())


def _sent(bihuan: Bihuan, rows: int) -> str:
    actor = _actor(bihuan)
    with bihuan.database.read() as session:
        enterprise = organisation.enterprise(session, "enterprise01").name_zh
        finder = organisation.body(session, "bureau").name_zh
    day = clock.beijing_date(clock.now()).isoformat()
    lines = [
        f"旧-{n},{enterprise},部门,{day} 00:00,{finder},旧台账第{n}条,车间{n},物,一般"
        for n in range(rows)
    ]
    content = "\n".join([HEADS, *lines]).encode()
    return bihuan.database.run(
        lambda session: jobs.submit(session, actor, bihuan.settings.agency, "旧.csv", content)
    )


def _state(bihuan: Bihuan, job: str) -> jobs.ImportState:
    actor = _actor(bihuan)
    with bihuan.database.read() as session:
        return jobs.state(session, actor, job)


def _confirm(bihuan: Bihuan, job: str) -> None:
    actor = _actor(bihuan)
    bihuan.database.run(lambda session: jobs.confirm(session, actor, job))


def _free(bihuan: Bihuan, job: str) -> None:
    """Let the lease of whoever holds it be over, as it would be in two minutes."""
    over = update(ImportRow).where(ImportRow.id == job).values(held_until=None)
    bihuan.database.run(lambda session: session.execute(over))


def _registered(client: Client) -> float:
    mark = uuid.uuid4().hex
    began = time.monotonic()
    client.begin(PERSON, {"process": "hazard_rectification", "data": hazard(mark)}, mark)
    return time.monotonic() - began


def _judge(bihuan: Bihuan, job: str, rows: int, registered: int) -> None:
    found = _state(bihuan, job)
    assert (found.done, found.added, found.known, found.faults) == (rows, rows, 0, 0), found
    with bihuan.database.read() as session:
        lines = session.execute(
            select(ImportLineRow.seq, ImportLineRow.case_id)
            .where(ImportLineRow.import_id == job)
            .order_by(ImportLineRow.seq)
        ).all()
        cases = session.scalar(select(func.count()).select_from(HazardRow))
    assert [line.seq for line in lines] == list(range(1, rows + 1))
    assert len({line.case_id for line in lines}) == rows
    assert cases == rows + registered
