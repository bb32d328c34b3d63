"""What a town is called where it stands for a park command: where there is no park (Q7)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Words = tuple[str, str]

_WORDS = (
    ("园区指挥部或镇街", "镇街"),
    ("park command or town", "town"),
    ("园区攻坚指挥部指挥长", "镇街主要负责人"),
    ("园区攻坚指挥部", "镇街"),
    ("园区指挥部", "镇街"),
    ("指挥部", "镇街"),
    ("指挥长", "镇街主要负责人"),
    ("，园区", "，镇街"),
    ("（园区）", "（镇街）"),
    ("park command", "town"),
    ("Park command", "Town"),
    ("by the park", "by the town"),
    ("(park)", "(town)"),
)


def has_no_park(data: Mapping[str, Any]) -> bool:
    """Return whether a case lies in no park, so that its town does what a park command does."""
    return not data["enterprise"]["park"]


def for_town(said: str) -> str:
    """Return words of either language with the town in the place of the park command."""
    for park, town in _WORDS:
        said = said.replace(park, town)
    return said


def of_case(said: Words, data: Mapping[str, Any]) -> Words:
    """Return words, Chinese and English, as they are true of a case."""
    zh, en = said
    return (for_town(zh), for_town(en)) if has_no_park(data) else said
