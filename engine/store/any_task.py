"""What any reading of a task can tell: whom it is for, and what the application may know of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.ports import Actor, Bar, Grant, TaskFacts, bar_against


class AnyTask:
    """A task, whoever read it, with its candidates and with who is kept from it."""

    id: str
    case_id: str
    process: str
    element: str
    act: str
    properties: Mapping[str, str]
    token: Mapping[str, Any]
    opened_at: datetime
    assignee: str | None
    candidates: tuple[Grant, ...]
    bars: tuple[Bar, ...]

    def facts(self) -> TaskFacts:
        """Return what the application may know of the task."""
        return TaskFacts(
            id=self.id,
            case_id=self.case_id,
            process=self.process,
            element=self.element,
            act=self.act,
            properties=self.properties,
            token=self.token,
            opened_at=self.opened_at,
        )

    def is_for(self, actor: Actor) -> bool:
        """Return whether a person may do the task: it falls to him and nothing bars him."""
        return self.falls_to(actor) and self.bar_against(actor) is None

    def falls_to(self, actor: Actor) -> bool:
        """Return whether a task is a person's by post: assigned, or unassigned and a candidate."""
        if self.assignee is not None:
            return self.assignee == actor.id
        return any(grant in self.candidates for grant in actor.grants)

    def bar_against(self, actor: Actor) -> Bar | None:
        """Return what keeps a person from the task, if anything does."""
        return bar_against(self.bars, actor)
