"""A zone whose facts one process keeps while another changes them; the tests of marks share it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import event, text

from engine import clock
from engine.clock import VirtualClock
from engine.ports import SYSTEM, Context
from engine.store.database import Database
from engine.work.journal import CommandJournal
from tests.copied import Copies
from tests.domain.world import START, populate
from workflows.domain import kept_facts
from workflows.migrations.run import upgrade

Ask = Callable[[Context], object]


@dataclass
class Zone:
    """A zone whose facts one process keeps while another changes them."""

    database: Database
    elsewhere: Database

    @contextmanager
    def command(self) -> Iterator[Context]:
        with self.database.begin() as session:
            journal = CommandJournal("", "default", clock.now(), SYSTEM)
            yield Context(clock.now(), SYSTEM, session, journal)

    def ask(self, question: Ask) -> object:
        with self.command() as command:
            return question(command)

    def statements(self, question: Ask) -> list[str]:
        said: list[str] = []

        def heard(*given: Any) -> None:
            said.append(" ".join(given[2].split()))

        event.listen(self.database.engine, "before_cursor_execute", heard)
        try:
            self.ask(question)
        finally:
            event.remove(self.database.engine, "before_cursor_execute", heard)
        return said

    def change(self, *statements: str, **given: Any) -> None:
        """Write past every line of the product, as a person at a console may."""
        with self.elsewhere.engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement), given)

    def marks(self) -> dict[str, tuple[int, str]]:
        with self.database.engine.connect() as connection:
            rows = connection.execute(text("SELECT name, number, mark FROM org_revision"))
            return {name: (number, mark) for name, number, mark in rows}


def _fill(url: str) -> None:
    database = Database(url)
    with clock.use(VirtualClock(START)):
        upgrade(database.engine)
        with database.begin() as session:
            populate(session)
    database.dispose()


@pytest.fixture
def kept_zone(copied: Copies) -> Iterator[Zone]:
    url = copied(_fill)
    opened = Zone(Database(url), Database(url))
    with clock.use(VirtualClock(START)):
        kept_facts.forget()
        yield opened
    opened.database.dispose()
    opened.elsewhere.dispose()
