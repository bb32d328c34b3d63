"""A zone in which every story of the demonstration was told, and the kinds of its addresses."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from engine import clock
from tests.web.visitor import open_product
from workflows.app import Bihuan
from workflows.demo import loading
from workflows.demo.stories import load_stories, tell

NOW = datetime(2026, 10, 20, 10, tzinfo=clock.BEIJING)
ID = re.compile(r"(?<=/)[0-9a-f][0-9a-f-]{19,}(?=/|$)")


@contextlib.contextmanager
def told_zone(directory: Path) -> Iterator[Bihuan]:
    """Tell every story up to NOW, on the clock that is installed, and yield the product."""
    product = open_product(directory)
    product.database.create_all()
    loading.load_base(product)
    for story in load_stories(NOW.date()):
        tell(product, story.scenario, NOW)
    yield product
    product.database.dispose()


def kind(address: str) -> str:
    """Return an address without its query, with a word in place of each id."""
    return ID.sub("ID", address.partition("?")[0])
