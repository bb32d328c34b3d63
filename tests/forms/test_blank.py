"""What counts as nothing entered: also what no reader can see."""

from __future__ import annotations

import pytest

from engine.forms.values import is_blank, without_widthless


@pytest.mark.parametrize(
    "text", ["", " \n", "\u200b", " \u2060\ufeff ", "\u3164", "\u2800\u00ad", "\u180e"]
)
def test_what_nobody_can_see_is_blank(text: str) -> None:
    assert is_blank(text)
    assert not is_blank(f"{text}口{text}")


@pytest.mark.parametrize("value", [0, False, "零", ".", [0], {}], ids=repr)
def test_a_value_is_not_blank(value: object) -> None:
    assert not is_blank(value)


def test_marks_without_width_go_and_joined_signs_stay() -> None:
    assert without_widthless("河\u200b口\u2060镇\ufeff") == "河口镇"
    assert without_widthless("👩\u200d🚒 ⚠\ufe0f") == "👩\u200d🚒 ⚠\ufe0f"
