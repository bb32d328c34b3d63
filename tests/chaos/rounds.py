"""One round: clients at work, somebody who does harm, and the verdict when all is quiet."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from engine import clock
from engine.store.tables import Case
from tests.chaos.chance import chance
from tests.chaos.client import Client, Register
from tests.chaos.road import travel
from tests.chaos.servers import Servers
from tests.chaos.verdict import judge
from tests.chaos.zone import Prepared, prepare

QUIET_SECONDS = 120

Harm = Callable[["Round"], None]


@dataclass
class Round:
    """What is done to which zone, until how many completions were acknowledged.

    Harm is done after some completions, not after some time: a slow machine is hurt no oftener.
    """

    servers: Servers
    register: Register
    completions: int
    between: tuple[int, int] = (3, 12)
    harms: dict[str, int] = field(default_factory=dict)

    def rest(self) -> None:
        """Wait for the next moment to do harm: a random one, soon after somebody asked."""
        until = self.register.completions() + chance.randint(*self.between)
        while self.register.completions() < until and not self.register.enough.is_set():
            self.register.enough.wait(0.02)
        self.register.asking.clear()
        self.register.asking.wait(5)
        time.sleep(chance.uniform(0, 0.06))

    def count(self, harm: str) -> None:
        """Count what was done."""
        self.harms[harm] = self.harms.get(harm, 0) + 1


def run(
    url: str,
    folder: Path,
    harm: Harm,
    *,
    completions: int,
    clients: int = 4,
    late: int = 0,
    web_processes: int = 2,
    workers: int = 2,
    between: tuple[int, int] = (3, 12),
) -> dict[str, Any]:
    """Maltreat a fresh zone while clients work; raise AssertionError where a promise broke."""
    zone = prepare(url, folder, late)
    register = Register()
    with Servers(zone, web_processes=web_processes, workers=workers) as servers:
        this = Round(servers, register, completions, between)
        began = time.monotonic()
        with ThreadPoolExecutor(clients + 1) as pool:
            working = [
                pool.submit(travel, Client(servers.port, zone.tokens, register))
                for _ in range(clients)
            ]
            harming = pool.submit(_harm, this, harm)
            _until_enough(this, working)
            for one in (*working, harming):
                one.result()
        took = time.monotonic() - began
        servers.step_clock(0)
        _until_quiet(zone)
        kills = dict(servers.kills)
    counts = judge(zone, register, late)
    return {
        "clients": clients,
        "kills": kills,
        "harms": this.harms,
        "seconds": round(took, 1),
        **counts,
    }


def _until_enough(this: Round, working: list[Any]) -> None:
    while this.register.completions() < this.completions:
        if any(one.done() for one in working):
            break
        time.sleep(0.05)
    this.register.enough.set()


def _harm(this: Round, harm: Harm) -> None:
    try:
        while not this.register.enough.is_set():
            this.rest()
            if not this.register.enough.is_set():
                harm(this)
    finally:
        this.register.asking.set()


def _until_quiet(zone: Prepared) -> None:
    """Let the workers settle what is due; then nobody writes any more."""
    late = select(func.count()).where(Case.status == "open", Case.next_due_at <= clock.now())
    until, due = time.monotonic() + QUIET_SECONDS, 1
    while due and time.monotonic() < until:
        with zone.reading() as session:
            due = session.scalar(late) or 0
        time.sleep(0.2)
    assert not due, f"{due} cases are still due"
