"""What an answer may depend on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from tests.walks.bents import ALWAYS, PLAIN, Bent
from tests.walks.calendar_days import BEIJING, day_of
from tests.walks.model import Model

PHOTO = ["photo"]
DAY = timedelta(days=1)


@dataclass
class Draw:
    """What an answer may depend on: chance, the model, the instant, and a wish to get on."""

    rng: Random
    model: Model
    now: datetime
    finder: str
    reported: datetime | None
    hopeful: bool
    met: dict[int, bool]
    bent: Bent = PLAIN

    @property
    def today(self) -> date:
        """The Beijing day."""
        return day_of(self.now)

    def one_of(self, hope: str, *others: str) -> str:
        """Return what brings the case forward, or any."""
        if self.hopeful:
            return hope
        bent = sorted(self.bent.words & {hope, *others})
        if bent and self.rng.random() < ALWAYS:
            return self.rng.choice(bent)
        return self.rng.choice((hope, *others))

    def local(self, **step: float) -> str:
        """Return an instant some time from now as a person writes it."""
        return (self.now + timedelta(**step)).astimezone(BEIJING).isoformat()


Answer = Callable[[Draw, int | None], dict[str, Any] | None]
