"""Every table of the engine, so that one import completes the metadata."""

from __future__ import annotations

from engine.store.cases import Case, Counter, Idempotency, IncidentRow, Instance, Message
from engine.store.definitions import Definition, DefinitionFile
from engine.store.history_tables import Anchor, AnchorHead, History, Outbox, Visit
from engine.store.tasks import Draft, Pool, PoolBar, RungRow, Task, TaskBar, TaskCandidate

__all__ = [
    "Anchor",
    "AnchorHead",
    "Case",
    "Counter",
    "Definition",
    "DefinitionFile",
    "Draft",
    "History",
    "Idempotency",
    "IncidentRow",
    "Instance",
    "Message",
    "Outbox",
    "Pool",
    "PoolBar",
    "RungRow",
    "Task",
    "TaskBar",
    "TaskCandidate",
    "Visit",
]
