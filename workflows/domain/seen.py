"""The facts of a hazard that decide who sees it; a ledger row has columns of the same names."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.domain.hazard_case import HazardCase

AREAS = ("park", "town", "industry_department", "finder_body")
"""Whoever acts for one of these bodies sees the hazard."""


@dataclass(frozen=True)
class Seen:
    """Enterprise, areas, level, state and experts of a hazard."""

    enterprise: str
    park: str | None
    town: str
    industry_department: str
    finder_body: str
    level: str | None
    state: str
    experts: str

    @property
    def areas(self) -> frozenset[str | None]:
        """The bodies whose area the hazard lies in."""
        return frozenset(getattr(self, name) for name in AREAS)


def facts(case: HazardCase) -> Seen:
    """Return the facts of a living case."""
    enterprise = case.data["enterprise"]
    return Seen(
        enterprise=enterprise["id"],
        park=enterprise["park"],
        town=enterprise["town"],
        industry_department=enterprise["industry_department"],
        finder_body=case.body("finder"),
        level=case.data["level"],
        state=case.state,
        experts="".join(f" {person} " for person in case.data["experts"]),
    )
