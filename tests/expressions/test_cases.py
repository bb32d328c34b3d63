"""One case per operator, function and rule of DMN 1.5, written as `expression => value`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.expressions import feel
from engine.expressions.builtins_temporal import identical

CASES = Path(__file__).parent / "cases"


def _cases() -> Iterator[tuple[str, str]]:
    for file in sorted(CASES.glob("*.feel")):
        for line in file.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                source, _, expected = line.rpartition(" => ")
                yield source, expected


ALL = list(_cases())


@pytest.mark.parametrize(("source", "expected"), ALL, ids=[source for source, _ in ALL])
def test_case(source: str, expected: str) -> None:
    context = {"?": None}
    value = feel.evaluate(source, context)
    wanted = feel.evaluate(expected, context)
    assert feel.type_name(value) == feel.type_name(wanted)
    assert identical(value, wanted), value


def test_there_are_enough_cases() -> None:
    assert len(ALL) >= 300
    assert len({source for source, _ in ALL}) == len(ALL)
