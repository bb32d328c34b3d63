"""The facts of a living case that decide who sees it; the same that its ledger row holds."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.domain.hazard_case import HazardCase


@dataclass
class SeenFacts:
    """Enterprise, areas, level and state of a case."""

    enterprise: str
    park: str | None
    town: str
    industry_department: str
    finder_body: str
    level: str | None
    state: str
    experts: str


def facts(case: HazardCase) -> SeenFacts:
    """Return the facts of a case."""
    enterprise = case.data["enterprise"]
    return SeenFacts(
        enterprise=enterprise["id"],
        park=enterprise["park"],
        town=enterprise["town"],
        industry_department=enterprise["industry_department"],
        finder_body=case.body("finder"),
        level=case.data["level"],
        state=case.state,
        experts="".join(f" {person} " for person in case.data["experts"]),
    )
