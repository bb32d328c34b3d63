"""Numbers of cases: each once, the first of a year too, whoever asks at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy.orm import Session

from engine.store.database import Database
from workflows.domain.numbering import next_number


def test_two_who_want_the_first_number_of_a_year_get_one_each(database_url: str) -> None:
    database = Database(database_url)
    database.create_all()
    together = Barrier(2)

    def ask(_: int) -> list[int]:
        together.wait()
        return database.run(_two)

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(ask, range(2)))
    database.dispose()
    assert sorted(found) == [[1, 2], [3, 4]]


def _two(session: Session) -> list[int]:
    return [next_number(session, "default", "hazard", 2026) for _ in range(2)]
