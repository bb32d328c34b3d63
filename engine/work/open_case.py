"""A locked case, read as far as a command needs it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from engine import clock
from engine.errors import Conflict
from engine.ports import Actor, Context
from engine.work.case_details import load_details
from engine.work.case_row import CaseRow
from engine.work.case_run import CaseRun
from engine.work.instance_rows import load_instances
from engine.work.journal import CommandJournal
from engine.work.parts import Parts
from engine.work.scope import CaseScope
from engine.work.task_rows import TaskState, open_tasks


@dataclass
class OpenCase:
    """A case within a command: its row, its instances, its open tasks, the actor."""

    session: Session
    run: CaseRun
    tasks: list[TaskState]
    actor: Actor

    @property
    def scope(self) -> CaseScope:
        """The aggregate and the context of the port calls."""
        return self.run.scope

    def task(self, task_id: str) -> TaskState:
        """Return an open task; Conflict if it is done or gone."""
        for task in self.tasks:
            if task.id == task_id:
                return task
        raise Conflict(
            f"Expected task {task_id} to be open, but it is done or no longer needed",
            "该任务已办结或已取消，请刷新待办列表",
            task=task_id,
        )


def open_case(parts: Parts, session: Session, row: CaseRow, actor: Actor) -> OpenCase:
    """Read a case whose row is locked, or is only looked at."""
    scope = look_at(parts, session, row, actor)
    details = load_details(session, row.id)
    run = CaseRun(row, scope, load_instances(session, row.id), details)
    return OpenCase(session, run, open_tasks(session, row.id, details), actor)


def look_at(parts: Parts, session: Session, row: CaseRow, actor: Actor) -> CaseScope:
    """Return what the application knows of a case, without its instances and tasks."""
    now = clock.now()
    journal = CommandJournal(row.id, row.agency, now, actor, row.history_seq, row.history_hash)
    context = Context(now=now, actor=actor, session=session, journal=journal)
    case = parts.application.load(row.head(), context)
    return CaseScope(parts.application, parts.catalogue.of(row.agency), context, journal, case)
