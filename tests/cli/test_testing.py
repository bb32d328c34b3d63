"""`bihuan test` refuses what is not there, once, and tells what was visited in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from workflows.cli import scenario_tests
from workflows.cli.root import main


def test_a_process_that_is_not_there_is_tested_in_vain() -> None:
    result = CliRunner().invoke(main, ["test", "nosuch"])
    assert result.exit_code == 1
    assert "nosuch" in result.output
    assert "✓" not in result.output


def test_a_refusal_is_said_once(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["test", str(tmp_path)])
    assert result.exit_code == 1
    lines = [line for line in result.output.splitlines() if line.strip()]
    assert len(lines) == 1, lines


@pytest.mark.parametrize(
    ("spoken", "said"),
    [
        ("zh", "p：任务 2，连线 3，规则行 0；没有走到：a、b"),
        ("en", "p: 2 tasks, 3 flows, 0 rows; missed a, b"),
    ],
)
def test_what_was_visited_is_told_in_the_language(
    monkeypatch: pytest.MonkeyPatch, spoken: str, said: str
) -> None:
    monkeypatch.setattr(scenario_tests, "language", lambda: spoken)
    assert scenario_tests._covered("p", (2, 3, 0), ["a", "b"]) == said
