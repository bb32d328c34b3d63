"""A label with its value, as the lists of facts show them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    """One fact; `whole` = it takes the whole width."""

    label: str
    value: str
    whole: bool = False
