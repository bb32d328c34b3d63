"""The inbox of somebody in five groups, where 100,000 tasks of 200 groups are open."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from engine import clock
from engine.ports import Actor, Grant
from engine.store.ids import new_id
from workflows.accounts import passwords
from workflows.accounts.tables import Account
from workflows.app import Bihuan
from workflows.bench.browser import Browser, in_process
from workflows.bench.crowd import Posts, originals, spread
from workflows.bench.figures import percentiles, spans
from workflows.bench.installed import actor, installed
from workflows.bench.measuring import Stopwatch
from workflows.bench.places import Place
from workflows.domain import organisation
from workflows.inbox.rows import Filters, inbox

APPLICATION = "webapp.factory"
"""Named as text: the command line measures the web, and must not import it."""

GROUPS, HELD, PAGE = 200, 5, 20
ROLES = ("officer", "head")
ASKING = "asking"
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Plan:
    """How many tasks are open, and how often the list and the page are asked for."""

    tasks: int
    times: int


def run(place: Place, plan: Plan, progress: Progress) -> dict[str, Any]:
    """Fill a database, ask for the first tasks by urgency with their total, and for the page."""
    with installed(place) as there:
        bihuan = there.open()
        asking = _fill(bihuan, plan.tasks, progress)
        total, listed = _listed(bihuan, asking, plan.times)
        opened = _opened(bihuan, plan.times)
        size = place.stored_bytes(there.url)
        bihuan.database.dispose()
    settings = {"database": place.name, "clients": 1, "tasks": plan.tasks, "total": total}
    return settings | {"list": listed, "page": opened, "bytes": size}


def _fill(bihuan: Bihuan, tasks: int, progress: Progress) -> Actor:
    bodies = [f"group{number:03}" for number in range(GROUPS // len(ROLES))]
    groups = [Grant(body, role) for role in ROLES for body in bodies]
    with bihuan.database.begin() as session:
        for body in bodies:
            organisation.add_body(session, body, "industry_department", f"示例{body}", body)
        _add_person(session, groups[:: GROUPS // HELD])
    patterns = originals(bihuan, actor(bihuan, "inspector1"))
    spread(bihuan, patterns, Posts(groups, ASKING), tasks, progress)
    _settle(bihuan)
    return actor(bihuan, ASKING)


def _add_person(session: Session, groups: list[Grant]) -> None:
    organisation.add_person(session, ASKING, "提问者", "Who asks")
    for group in groups:
        organisation.grant(session, ASKING, group.body, group.role)
    session.add(
        Account(
            id=new_id(),
            person_id=ASKING,
            username=ASKING,
            password_hash=passwords.hashed(passwords.DEMONSTRATION),
            failures=0,
            created_at=clock.now(),
        )
    )


def _settle(bihuan: Bihuan) -> None:
    """Let the database learn what it holds and tidy up, as it does by itself in time."""
    said = "ANALYZE" if bihuan.database.is_sqlite else "VACUUM ANALYZE"
    with bihuan.database.engine.connect() as opened:
        opened.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql(said)


def _listed(bihuan: Bihuan, asking: Actor, times: int) -> tuple[int, dict[str, Any]]:
    watch, within, total = Stopwatch(), _Within(bihuan), 0
    for number in range(times + 1):
        if number == 1:
            watch, within.spans = Stopwatch(), []
        within.spans.append(0.0)
        with watch.transaction(completion=True), bihuan.database.read() as session:
            total = inbox(session, asking, Filters(), clock.now(), limit=PAGE).total
    return total, spans(watch) | {"database": percentiles(within.spans)}


class _Within:
    """The time within the driver's own calls, added up for each list."""

    def __init__(self, bihuan: Bihuan) -> None:
        self.spans: list[float] = [0.0]
        self._began = 0.0
        event.listen(bihuan.database.engine, "before_cursor_execute", self._before)
        event.listen(bihuan.database.engine, "after_cursor_execute", self._after)

    def _before(self, *_: object) -> None:
        self._began = perf_counter()

    def _after(self, *_: object) -> None:
        self.spans[-1] += perf_counter() - self._began


def _opened(bihuan: Bihuan, times: int) -> dict[str, float]:
    application = importlib.import_module(APPLICATION).create_app(bihuan, secret=new_id())
    browser, watch = Browser(in_process(application)), Stopwatch()
    browser.sign_in(ASKING, passwords.DEMONSTRATION)
    for _ in range(times):
        with watch.transaction(completion=True):
            browser.get("/inbox")
    return spans(watch)
