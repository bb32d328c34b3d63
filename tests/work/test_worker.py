from __future__ import annotations

import threading
from collections.abc import Callable

from sqlalchemy import select

from engine.errors import Unavailable
from engine.history.verify import verify_all
from engine.store.tables import Anchor
from engine.work.outbox import OutboxMessage
from engine.work.worker import run_worker
from tests.work.application import CLERK
from tests.work.test_killed import STAMPED
from tests.work.world import World

KEY = b"kept outside the database"


def test_a_worker_sends_and_anchors_and_outlives_faults(world: World) -> None:
    world.deploy("stamped", STAMPED)
    world.start("stamped")
    world.runtime.complete_task(CLERK, world.task("write"), {})
    stop = threading.Event()
    faults = [Unavailable("Expected a database, but it is gone", "数据库不可用"), ValueError()]
    sent: list[str] = []
    fire = world.runtime.fire_due

    def fire_due(*, limit: int = 50, between: Callable[[], object]) -> int:
        if faults:
            raise faults.pop()
        return fire(limit=limit, between=between)

    def send(message: OutboxMessage) -> None:
        sent.append(message.channel)

    world.runtime.fire_due = fire_due  # type: ignore[method-assign, assignment]
    worker = threading.Thread(
        target=run_worker,
        args=(world.runtime, stop, 0.01),
        kwargs={"send": send, "anchor_key": KEY},
    )
    worker.start()
    for _ in range(500):
        if sent and not faults and _anchors(world):
            break
        stop.wait(0.01)
    stop.set()
    worker.join()
    assert (sent, faults) == (["mail"], [])
    with world.database.read() as session:
        report = verify_all(session, KEY)
    assert report.sound
    assert report.unanchored == 0


def _anchors(world: World) -> int:
    with world.database.read() as session:
        return len(session.execute(select(Anchor.seq)).all())
