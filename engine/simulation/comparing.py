"""Two versions on the same load: the difference of each figure, with a confidence interval.

Both versions see the same arrivals and the same people, replication by replication. What differs
between the two of a pair is therefore mostly the version's doing, and a few pairs tell much.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, stdev
from typing import Final

_LARGE: Final = 1.96
_T: Final = (
    *(12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228),
    *(2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086),
    *(2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042),
)
"""Two-sided 95 % of Student's distribution, by degrees of freedom from 1 on."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure of both versions; the interval holds the difference with 95 % confidence.

    Attributes:
        low: lower end of the interval; None where there are not enough pairs for one.
    """

    name: str
    first: float
    second: float
    difference: float
    low: float | None
    high: float | None
    pairs: int

    @property
    def certain(self) -> bool:
        """Whether the interval leaves no difference out."""
        if self.low is None or self.high is None:
            return False
        return self.low > 0 or self.high < 0


def interval(values: Sequence[float]) -> tuple[float, float, float] | None:
    """Return mean, lower and upper end of its 95 % interval; None for fewer than two values."""
    if len(values) < 2:  # noqa: PLR2004 one value has no spread
        return None
    mean = fmean(values)
    half = _quantile(len(values) - 1) * stdev(values) / math.sqrt(len(values))
    return mean, mean - half, mean + half


def compared(
    first: Sequence[Mapping[str, float]], second: Sequence[Mapping[str, float]]
) -> list[Compared]:
    """Return every figure that both versions have in some replication."""
    names = dict.fromkeys(name for one in (*first, *second) for name in one)
    found = (_one(name, first, second) for name in names)
    return [one for one in found if one is not None]


def _one(
    name: str, first: Sequence[Mapping[str, float]], second: Sequence[Mapping[str, float]]
) -> Compared | None:
    pairs = [
        (a[name], b[name]) for a, b in zip(first, second, strict=True) if name in a and name in b
    ]
    if not pairs:
        return None
    told = interval([b - a for a, b in pairs])
    mean_a, mean_b = fmean(a for a, _ in pairs), fmean(b for _, b in pairs)
    low, high = (told[1], told[2]) if told else (None, None)
    return Compared(name, mean_a, mean_b, mean_b - mean_a, low, high, len(pairs))


def _quantile(freedom: int) -> float:
    return _T[freedom - 1] if freedom <= len(_T) else _LARGE
