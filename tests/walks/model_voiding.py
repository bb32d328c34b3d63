"""What must be true of a proposal to void a case, without any diagram."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PROPOSE, WITHDRAW, DECIDE = "case.void_propose", "case.void_withdraw", "decide_void"
VOIDING = (PROPOSE, WITHDRAW)


def proposer(finder: str) -> str:
    """Return who proposes: the finding body's head, the deputy where that head decides."""
    return "bureau:deputy" if finder == "bureau" else f"{finder}:head"


class Voiding:
    """One proposal at a time, decided by another person or taken back."""

    def __init__(self) -> None:
        """Begin without one."""
        self.by: str | None = None

    def tasks(self) -> list[tuple[str, int | None]]:
        """Return the decision that must be open."""
        return [(DECIDE, None)] if self.by else []

    def offers(self) -> set[str]:
        """Return the acts that are lawful now, whoever does them."""
        return {WITHDRAW if self.by else PROPOSE}

    def act(self, name: str, person: str) -> None:
        """Propose or withdraw."""
        self.by = person if name == PROPOSE else None

    def done(self, data: Mapping[str, Any]) -> bool:
        """Decide; return whether the case is void."""
        self.stop()
        return bool(data["decision"] == "agree")

    def stop(self) -> None:
        """End with the case."""
        self.by = None
