from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from engine.store.tables import Outbox
from engine.work.runtime import OutboxMessage
from tests.work import diagrams as d
from tests.work.application import CLERK
from tests.work.test_due import LATE, LIMITED
from tests.work.world import World

ROOT = Path(__file__).parents[2]

STAMPED = d.process(
    "stamped",
    d.start(),
    d.user("write", "office"),
    d.service("stamp_it", "stamp"),
    d.user("read", "office"),
    d.end(),
    d.chain("begin", "write", "stamp_it", "read", "end"),
)


def _killed_while(world: World, *what: str) -> None:
    """Run a command in a process of its own and kill it just before it would commit."""
    command = [sys.executable, "-m", "tests.work.slow_process"]
    arguments = [world.database.url.render_as_string(hide_password=False), world.instant(), *what]
    with subprocess.Popen(
        [*command, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "stamping\n"
        process.kill()


def _await(happens: Callable[[], bool]) -> None:
    """A server notices the death of its client in its own time; until then the lock is held."""
    for _ in range(100):
        if happens():
            return
        time.sleep(0.1)
    raise AssertionError("the lock of the killed process was never given up")


def _mails(world: World) -> list[object]:
    with world.database.read() as session:
        return [row["text"] for row in session.execute(select(Outbox.payload)).scalars()]


def test_a_worker_killed_while_firing_loses_nothing(world: World) -> None:
    world.application.dates = {"limit": world.instant(days=1)}
    world.deploy("limited", LIMITED)
    world.deploy("late", LATE)
    case = world.start("limited")
    world.later(days=1)
    _killed_while(world, "fire")
    assert world.open_elements() == ["limit_task"]
    _await(lambda: world.runtime.fire_due() == 1)
    assert world.runtime.fire_due() == 0
    assert world.acts(case).count("paper.stamped") == 1
    assert world.document(case)["notes"] == ["stamped"]
    assert _mails(world) == ["stamped"]
    assert world.sound()


def test_a_command_killed_before_its_commit_never_was(world: World) -> None:
    world.deploy("stamped", STAMPED)
    case = world.start("stamped")
    task = world.task("write")
    _killed_while(world, "complete", task)
    assert world.open_elements() == ["write"]
    assert world.document(case)["notes"] == []
    world.runtime.complete_task(CLERK, task, {})
    assert world.open_elements() == ["read"]
    assert world.document(case)["notes"] == ["write", "stamped"]
    assert _mails(world) == ["stamped"]
    assert world.sound()


def test_the_outbox_sends_again_what_it_could_not_send(world: World) -> None:
    world.deploy("stamped", STAMPED)
    world.start("stamped")
    world.runtime.complete_task(CLERK, world.task("write"), {})
    sent: list[OutboxMessage] = []

    def fail(message: OutboxMessage) -> None:
        raise ConnectionError("no line")

    assert world.runtime.deliver_outbox(fail) == 0
    assert world.runtime.deliver_outbox(sent.append) == 0, "it rests after a failure"
    world.later(minutes=2)
    assert world.runtime.deliver_outbox(sent.append) == 1
    assert world.runtime.deliver_outbox(sent.append) == 0
    assert [(message.channel, message.recipient) for message in sent] == [("mail", "office")]


def test_a_message_claimed_by_the_dead_is_sent_after_its_lease(world: World) -> None:
    world.deploy("stamped", STAMPED)
    world.start("stamped")
    world.runtime.complete_task(CLERK, world.task("write"), {})
    ids: list[str] = []

    def die(message: OutboxMessage) -> None:
        ids.append(message.id)
        raise KeyboardInterrupt

    try:
        world.runtime.deliver_outbox(die)
    except KeyboardInterrupt:
        world.later(minutes=1)
    assert world.runtime.deliver_outbox(lambda message: ids.append(message.id)) == 0
    world.later(minutes=5)
    assert world.runtime.deliver_outbox(lambda message: ids.append(message.id)) == 1
    assert ids[0] == ids[1]
