"""A page or a program that reads a case asks the database for nothing again and again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from tests.api import roads
from tests.api.harness import Zone, ok

MOST_TIMES = 3
"""Page, forms and command each read a case under a view of their own; nothing reads it more."""


@contextmanager
def asked(engine: Engine) -> Iterator[Counter[tuple[str, str]]]:
    """Count each question to a database, with what it asks about."""
    found: Counter[tuple[str, str]] = Counter()

    def note(_c: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        if statement.startswith("SELECT"):
            found[" ".join(statement.split()), repr(values)] += 1

    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


def test_the_acts_on_offer_ask_nothing_each_for_itself(small_zone: Zone) -> None:
    case = roads.served(small_zone, "larger")
    head = small_zone.client("bureau_head")
    with asked(small_zone.bihuan.database.engine) as questions:
        found = ok(head.get(f"/cases/{case}"))
    assert len(found["acts"]) > MOST_TIMES
    often = {question: times for question, times in questions.items() if times > MOST_TIMES}
    assert often == {}
