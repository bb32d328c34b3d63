"""What is typed into a draft is never lost: the store of the editors, run under node."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.under_node import NodeTests

SITUATIONS = NodeTests(Path(__file__).parent / "drafts" / "situations.mjs")


@pytest.mark.parametrize("name", SITUATIONS.names)
def test_nothing_is_lost_where(name: str) -> None:
    SITUATIONS.check(name)
