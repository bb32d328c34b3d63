"""Registering what was found: by whom, of whom, in which words."""

from __future__ import annotations

import random
from typing import Any

from engine import clock
from workflows.bench.city.founding import enterprise_id, enterprises
from workflows.bench.city.year import Finding
from workflows.demo.enterprises import ENTERPRISES
from workflows.demo.ledger import PLACES

_CATEGORIES = {"人": "person", "物": "object", "管理": "management"}
_FINDERS = (("inspector1", "bureau"), ("inspector2", "bureau"), ("inspector3", "industry_economy"))


class Registering:
    """Makes the form of each registration; remembers words, so that some come twice."""

    def __init__(self, scale: float) -> None:
        """Know how many enterprises there are."""
        self._enterprises = enterprises(scale)
        self._last: dict[str, Any] = {}

    def data(self, finding: Finding) -> tuple[str, dict[str, Any]]:
        """Return who registers a finding, and what is typed."""
        chance = random.Random(f"register {finding.number}")  # noqa: S311 a repeatable year
        number = chance.randrange(self._enterprises)
        data = {
            "enterprise": enterprise_id(number),
            "found_at": clock.beijing(finding.at).replace(microsecond=0).isoformat(),
            "source": finding.source,
            "description": f"{finding.example.description}（{finding.number}）",
            "location": chance.choice(PLACES),
            "category": _CATEGORIES[finding.example.category],
            "proposed_level": finding.level,
        }
        if finding.again and self._last:
            data |= self._last
        self._last = {name: data[name] for name in ("enterprise", "description", "location")}
        if finding.level == "major":
            data["criterion"] = finding.example.criterion
        if finding.source == "self":
            return str(data["enterprise"]), data
        person, body = _finder(chance, number)
        return person, data | {"finder_body": body}


def _finder(chance: random.Random, number: int) -> tuple[str, str]:
    # What comes from outside a park in a small enterprise is the bureau's; the economy's are its.
    like = ENTERPRISES[number] if number < len(ENTERPRISES) else None
    if like is not None and like.industry_department != "industry_economy":
        return _FINDERS[0]
    return chance.choice(_FINDERS[:2])
