"""What an answer of the demonstration may depend on."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from engine import clock


@dataclass(frozen=True)
class Scene:
    """What an answer may depend on: the case document, chance, and where photos come from."""

    document: Mapping[str, Any]
    chance: random.Random
    photo: Callable[[str], str]

    @property
    def level(self) -> str:
        """The level confirmed, or the one proposed at registration."""
        return str(self.document.get("level") or self.document.get("proposed_level") or "general")

    @property
    def criterion(self) -> str:
        """The criterion clause of the ledger."""
        return str(self.document.get("criterion") or "待核")

    def today(self, days: int = 0) -> str:
        """Today's Beijing date, or some days later."""
        return (clock.beijing_date(clock.now()) + timedelta(days=days)).isoformat()


Answer = Callable[[Scene], dict[str, Any]]
