"""How long something takes, or how much of it there is: one number between 0 and 1 gives it.

Each distribution is asked by its inverse, so that one random number makes one value and a longer
time in one version is a longer time in the other.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final, Protocol

from engine.errors import Invalid

_NORMAL: Final = NormalDist()


class Distribution(Protocol):
    """Gives the value at a share of all cases."""

    def at(self, share: float) -> float:
        """Return the value that this share of all cases does not exceed."""
        ...


@dataclass(frozen=True, slots=True)
class Fixed:
    """Always the same."""

    value: float

    def at(self, share: float) -> float:
        """Return the one value."""
        return self.value


@dataclass(frozen=True, slots=True)
class Uniform:
    """Anywhere between two ends."""

    low: float
    high: float

    def at(self, share: float) -> float:
        """Return the value at a share."""
        return self.low + share * (self.high - self.low)


@dataclass(frozen=True, slots=True)
class Exponential:
    """Without memory, of a mean."""

    mean: float

    def at(self, share: float) -> float:
        """Return the value at a share."""
        return -self.mean * math.log1p(-share)


@dataclass(frozen=True, slots=True)
class Lognormal:
    """Mostly near the median, sometimes much more."""

    median: float
    sigma: float

    def at(self, share: float) -> float:
        """Return the value at a share."""
        return self.median * math.exp(self.sigma * _NORMAL.inv_cdf(share))


@dataclass(frozen=True, slots=True)
class Observed:
    """What was seen, in order; between two of them it is straight."""

    values: tuple[float, ...]

    def at(self, share: float) -> float:
        """Return the value at a share."""
        place = share * (len(self.values) - 1)
        below = int(place)
        above = min(below + 1, len(self.values) - 1)
        return self.values[below] + (place - below) * (self.values[above] - self.values[below])


@dataclass(frozen=True, slots=True)
class Mixture:
    """One of several kinds, each with its share."""

    bounds: tuple[float, ...]
    parts: tuple[Distribution, ...]

    def at(self, share: float) -> float:
        """Return the value at a share: of the part that it falls in, at its place there."""
        place = min(bisect.bisect_right(self.bounds, share), len(self.parts) - 1)
        low = self.bounds[place - 1] if place else 0.0
        width = self.bounds[place] - low
        inside = (share - low) / width if width else 0.5
        return self.parts[place].at(min(max(inside, 1e-12), 1 - 1e-12))


def read(raw: object) -> Distribution:
    """Return a distribution as it is written: a number, or one entry that names its kind.

    Raises:
        Invalid: it is neither, or its numbers cannot be.
    """
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return Fixed(_number(raw))
    if isinstance(raw, Mapping) and len(raw) == 1:
        ((kind, given),) = raw.items()
        if kind in _KINDS:
            return _KINDS[kind](given)
    raise _wrong(f"Expected a number or one of {', '.join(_KINDS)}", raw)


def _uniform(raw: object) -> Distribution:
    low, high = _numbers(raw, 2)
    if low > high:
        raise _wrong("Expected the lower end first", raw)
    return Uniform(low, high)


def _exponential(raw: object) -> Distribution:
    return Exponential(_number(raw))


def _lognormal(raw: object) -> Distribution:
    if not isinstance(raw, Mapping) or set(raw) != {"median", "sigma"}:
        raise _wrong("Expected a median and a sigma", raw)
    return Lognormal(_number(raw["median"]), _number(raw["sigma"]))


def _observed(raw: object) -> Distribution:
    return Observed(tuple(sorted(_numbers(raw))))


def _mixture(raw: object) -> Distribution:
    if not isinstance(raw, Sequence) or isinstance(raw, str) or not raw:
        raise _wrong("Expected pairs of a share and a distribution", raw)
    bounds, parts, total = list[float](), list[Distribution](), 0.0
    for pair in raw:
        if not isinstance(pair, Sequence) or isinstance(pair, str) or len(pair) != _PAIR:
            raise _wrong("Expected pairs of a share and a distribution", pair)
        total += _number(pair[0])
        bounds.append(total)
        parts.append(read(pair[1]))
    if not math.isclose(total, 1.0, abs_tol=1e-9):
        raise _wrong(f"Expected shares that make 1, but they make {total:g}", raw)
    return Mixture(tuple(bounds), tuple(parts))


_PAIR: Final = 2
_KINDS: Final[Mapping[str, Callable[[object], Distribution]]] = {
    "uniform": _uniform,
    "exponential": _exponential,
    "lognormal": _lognormal,
    "observed": _observed,
    "mixture": _mixture,
}


def _numbers(raw: object, count: int | None = None) -> list[float]:
    if not isinstance(raw, Sequence) or isinstance(raw, str) or not raw:
        raise _wrong("Expected a list of numbers", raw)
    if count is not None and len(raw) != count:
        raise _wrong(f"Expected {count} numbers", raw)
    return [_number(one) for one in raw]


def _number(raw: object) -> float:
    plain = isinstance(raw, int | float) and not isinstance(raw, bool)
    if not plain or not math.isfinite(float(raw)) or float(raw) < 0:  # type: ignore[arg-type]
        raise _wrong("Expected a number that is not negative", raw)
    return float(raw)  # type: ignore[arg-type]


def _wrong(expected: str, raw: object) -> Invalid:
    shown = repr(raw)[:80]
    return Invalid(f"{expected}, but it is {shown}", f"分布写法不对：{shown}")
