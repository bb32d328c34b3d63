"""How many people it takes: one more at a time until what waits does not wait too long."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tried:
    """So many people, and how long tasks then waited for one of them."""

    staff: int
    hours: float


def staff_for(waits: Callable[[int], float], target: float, most: int) -> list[Tried]:
    """Try one, two, … people; the last tried meets the target, unless `most` do not either.

    Args:
        waits: returns the hours that tasks wait for somebody with so many people.
        target: the hours that they may wait.
        most: with more than these it is not tried.
    """
    tried: list[Tried] = []
    for staff in range(1, most + 1):
        tried.append(Tried(staff, waits(staff)))
        if tried[-1].hours <= target:
            break
    return tried
