"""The fuzzers themselves: each finds a planted fault, and finds none in a short run."""

from __future__ import annotations

import dataclasses
import os
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.expressions import feel, temporal
from engine.expressions.builtins import BUILTINS
from tests.fuzzing.documents import DOCUMENTS
from tests.fuzzing.guided import Guided, Report
from tests.fuzzing.mutations import change_document, change_text
from tests.fuzzing.outside import Touched, watched
from tests.fuzzing.targets import Files, cases, change_files, expression, gate, tables

FOLDERS = ("engine/expressions", "engine/deployment")


def fuzz(inputs: int) -> Report:
    seeds = [case for case in cases() if len(case) < 40][:120]
    return Guided("expressions", expression, seeds, change_text, FOLDERS).run(60, inputs)


def test_a_short_run_finds_nothing() -> None:
    report = fuzz(500)
    assert report.findings == []
    assert report.inputs >= 500
    assert report.kept > 120


def test_an_error_of_python_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(text: str) -> None:
        raise KeyError(text)

    monkeypatch.setattr(temporal, "_date_text", broken)
    assert any("KeyError" in finding.why for finding in fuzz(400).findings)


def test_a_slow_input_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.fuzzing.guided.SLOW", 0.0)
    monkeypatch.setattr("tests.fuzzing.guided._SUSPECT", 0.0)
    assert any("took" in finding.why for finding in fuzz(130).findings)


def test_a_reach_for_the_machine_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def leaky(text: str, pattern: str, flags: str | None = None) -> bool:
        return Path(__file__).read_text(encoding="utf-8") == text

    (real,) = BUILTINS["matches"]
    monkeypatch.setitem(
        cast("dict[str, tuple[feel.Function, ...]]", BUILTINS),
        "matches",
        (dataclasses.replace(real, call=leaky),),
    )
    report = Guided("x", expression, ['matches("a", "b")'], change_text, FOLDERS).run(60, 3)
    assert "touched the machine: open" in report.findings[0].why


def test_every_way_out_is_seen() -> None:
    attempts: list[Callable[[], object]] = [
        lambda: Path(__file__).open(encoding="utf-8").close(),
        lambda: compile("1", "x", "eval"),
        lambda: list(Path().iterdir()),
        lambda: __import__("this_module_does_not_exist"),
        lambda: os.system("true"),  # noqa: S605, S607 it is stopped before it runs
        sys._getframe,
    ]
    for attempt in attempts:
        with pytest.raises(Touched), watched():
            attempt()


def test_zones_may_be_read_and_nothing_beside_them() -> None:
    assert temporal.parse_zone("@Asia/Shanghai") is not None
    with watched():
        assert feel.evaluate('time("09:00:00@Asia/Tokyo").timezone', {}) == "Asia/Tokyo"
        for name in ("@../../../etc/passwd", "@tzdata", "@zoneinfo/../../passwd", "@a" * 30):
            assert feel.evaluate(f'time("09:00:00{name}")', {}) is None


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 4))
def test_the_gate_answers_whatever_is_deployed(random: Random, changes: int) -> None:
    files = Files()
    for _ in range(changes):
        files = change_files(random, files, [Files()])
    gate(files)


@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from(DOCUMENTS))
def test_a_decision_document_is_refused_or_decides(random: Random, source: str) -> None:
    tables(change_document(random, source, DOCUMENTS))
