"""Every read of the engine for pages, the API and the command line; never ORM objects."""

from __future__ import annotations

from engine.store.case_queries import (
    CaseRecord,
    HistoryRow,
    IncidentRecord,
    InstanceRecord,
    VisitRow,
    case,
    case_exists,
    case_history,
    case_instances,
    case_tasks,
    case_visits,
    count_cases,
    count_open_incidents,
    open_incident,
    open_incidents,
    task,
)
from engine.store.inbox import (
    InboxFilter,
    Page,
    Place,
    TaskRow,
    acts_waiting,
    count_inbox,
    inbox,
)

__all__ = [
    "CaseRecord",
    "HistoryRow",
    "InboxFilter",
    "IncidentRecord",
    "InstanceRecord",
    "Page",
    "Place",
    "TaskRow",
    "VisitRow",
    "acts_waiting",
    "case",
    "case_exists",
    "case_history",
    "case_instances",
    "case_tasks",
    "case_visits",
    "count_cases",
    "count_inbox",
    "count_open_incidents",
    "inbox",
    "open_incident",
    "open_incidents",
    "task",
]
