"""Which pairs of conditions are seen to exclude each other, or to leave nothing out."""

from __future__ import annotations

import pytest

from engine.deployment.exclusion import complementary, exclusive
from engine.expressions.parsing import parse


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ('d = "a"', 'd = "b"', True),
        ('"a" = d', 'd = "b"', True),
        ('d = "a"', 'd = "a"', False),
        ('d = "a"', 'e = "b"', False),
        ('d = "a"', 'd != "a"', True),
        ('d = "a"', 'd != "b"', False),
        ("x", "not(x)", True),
        ("x", "x = false", True),
        ("x = true", "x = false", True),
        ("not(x)", "not(x)", False),
        ('not(d = "a")', 'd = "a"', True),
        ("case.round = 1", "case.round = 2", True),
        ("n < 5", "n >= 5", True),
        ("n <= 5", "n >= 5", False),
        ("n < 5", "n > 3", False),
        ("5 > n", "n > 7", True),
        ("n = 4", "n > 5", True),
        ("n = 6", "n > 5", False),
        ('n = "x"', "n > 5", False),
        ('d = "a" and x', 'd = "a" and not(x)', True),
        ('d = "a" and x', 'd = "b" or x', False),
        ('d = "a" or d = "b"', 'd = "c"', True),
        ('d = "a" or d = "b"', 'd = "b"', False),
        ('d = "a" and (x or y)', 'd = "b"', False),
        ("due(x)", "due(y)", False),
        ("1 = 1", "2 = 2", False),
    ],
)
def test_exclusion(left: str, right: str, expected: bool) -> None:
    assert exclusive(parse(left), parse(right)) is expected
    assert exclusive(parse(right), parse(left)) is expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("x", "not(x)", True),
        ('not(d = "a" and n > 3)', 'd = "a" and n > 3', True),
        ('d = "a"', 'not(d = "b")', False),
        ('d = "a"', 'd != "a"', False),
        ("n < 5", "not(n <= 5)", False),
        ("count(l) > 1", "not(count(l) > 1)", True),
    ],
)
def test_leaving_nothing_out(left: str, right: str, expected: bool) -> None:
    assert complementary(parse(left), parse(right)) is expected
    assert complementary(parse(right), parse(left)) is expected
