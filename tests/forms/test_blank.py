"""What counts as nothing entered: also what no reader can see."""

from __future__ import annotations

import pytest

from engine.forms.values import is_blank


@pytest.mark.parametrize(
    "text", ["", " \n", "\u200b", " \u2060\ufeff ", "\u3164", "\u2800\u00ad", "\u180e"]
)
def test_what_nobody_can_see_is_blank(text: str) -> None:
    assert is_blank(text)
    assert not is_blank(f"{text}口{text}")


@pytest.mark.parametrize("value", [0, False, "零", ".", [0], {}], ids=repr)
def test_a_value_is_not_blank(value: object) -> None:
    assert not is_blank(value)
