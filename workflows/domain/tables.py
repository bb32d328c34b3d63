"""Every table of the domain in one import, for migrations and for creating a database."""

from __future__ import annotations

from workflows.domain.administration_tables import AdministrationEntry, ZoneRow
from workflows.domain.evidence_tables import EvidenceRow
from workflows.domain.ledger_tables import (
    DeadlineChangeRow,
    DeadlineRow,
    HazardRow,
    LedgerColumnsRow,
    NotificationRow,
)
from workflows.domain.org_tables import (
    BodyRow,
    EnterpriseRow,
    GrantRow,
    PersonRow,
    SubstituteRow,
)
from workflows.domain.papers.tables import PaperRow
from workflows.domain.revision_tables import RevisionRow
from workflows.domain.rule_tables import CalendarDayRow, CalendarYearRow, RuleSetRow

__all__ = [
    "AdministrationEntry",
    "BodyRow",
    "CalendarDayRow",
    "CalendarYearRow",
    "DeadlineChangeRow",
    "DeadlineRow",
    "EnterpriseRow",
    "EvidenceRow",
    "GrantRow",
    "HazardRow",
    "LedgerColumnsRow",
    "NotificationRow",
    "PaperRow",
    "PersonRow",
    "RevisionRow",
    "RuleSetRow",
    "SubstituteRow",
    "ZoneRow",
]
