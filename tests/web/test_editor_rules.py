"""What single fields of the editors write into a file, run under node."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.under_node import NODE, NodeTests

RULES = NodeTests(Path(__file__).parent / "editors" / "rules.mjs")

pytestmark = pytest.mark.skipif(not NODE.exists(), reason="node is not installed; see make setup")


@pytest.mark.parametrize("name", RULES.names)
def test_an_editor_writes(name: str) -> None:
    RULES.check(name)
