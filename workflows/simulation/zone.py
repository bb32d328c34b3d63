"""What all cases of a simulation share: behaviour, rules, days, chance, what was not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.simulation.distributions import Distribution
from engine.simulation.streams import Streams
from workflows.domain.rule_set import RuleSet
from workflows.simulation.behaviour import Behaviour, Outcome
from workflows.simulation.dates import Days


@dataclass
class Zone:
    """The zone of one run."""

    behaviour: Behaviour
    rules: RuleSet
    days: Days
    streams: Streams
    unknown: set[str] = field(default_factory=set)
    """Acts, operations and dates that the behaviour does not know."""


@dataclass(frozen=True, slots=True)
class Chance:
    """The random numbers of one case: each for what it is about, not in the order of asking."""

    streams: Streams
    case: int

    def share(self, *about: object) -> float:
        """Return a number between 0 and 1."""
        return self.streams.uniform(self.case, *about)

    def seconds(self, drawn: Distribution, unit: int, *about: object) -> int:
        """Return a time in seconds."""
        return round(drawn.at(self.share(*about)) * unit)

    def choice(self, outcomes: Sequence[Outcome], *about: object) -> Outcome:
        """Return one of several outcomes by their weights."""
        left = self.share(*about) * sum(one.share for one in outcomes)
        for one in outcomes:
            left -= one.share
            if left < 0:
                return one
        return outcomes[-1]
