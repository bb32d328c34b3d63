"""What must be true of a proposal to raise a hazard to major, without any diagram."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PROPOSE, WITHDRAW = "level.raise_propose", "level.raise_withdraw"
SECOND, CONFIRM = "second_raise", "decide_raise"
RAISING = (PROPOSE, WITHDRAW)
RAISES = (SECOND, CONFIRM)
PROPOSER = "bureau:officer_2"


class Raising:
    """One proposal at a time, seconded and confirmed by two other persons or taken back."""

    def __init__(self) -> None:
        """Begin without one."""
        self.by: str | None = None
        self.second: str | None = None

    def tasks(self) -> list[tuple[str, int | None]]:
        """Return the step that must be open."""
        return [(CONFIRM if self.second else SECOND, None)] if self.by else []

    def offers(self, *, below_major: bool) -> set[str]:
        """Return the acts that are lawful now, whoever does them."""
        if self.by:
            return {WITHDRAW}
        return {PROPOSE} if below_major else set()

    def act(self, name: str, person: str) -> None:
        """Propose or withdraw."""
        self.stop()
        self.by = person if name == PROPOSE else None

    def done(self, name: str, data: Mapping[str, Any], person: str) -> bool:
        """Second, confirm or refuse; return whether the hazard is major."""
        agreed = data["decision"] == "agree"
        if name == SECOND and agreed:
            self.second = person
            return False
        self.stop()
        return bool(agreed)

    def stop(self) -> None:
        """End with the paper or the case."""
        self.by = self.second = None
