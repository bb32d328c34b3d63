"""Everything that a page about one case reads, gathered in one session, for one person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from engine import clock
from engine.errors import NotFound
from engine.ports import SYSTEM, Actor
from engine.store import definitions, queries, waiting
from engine.store.definitions import DefinitionVersion
from engine.store.queries import CaseRecord, HistoryRow, InstanceRecord, TaskRow, VisitRow
from engine.store.waiting import RungRecord, WaitingRecord
from workflows.domain import (
    evidence,
    evidence_reach,
    interview_conflicts,
    ledger,
    organisation,
    zone,
)
from workflows.domain.evidence import Evidence
from workflows.domain.ledger_tables import HazardRow
from workflows.domain.org_facts import Body, Person
from workflows.domain.readers import Reader, Readers
from workflows.domain.rule_set import RuleSet
from workflows.domain.town_words import has_no_park


@dataclass(frozen=True)
class CaseSources:
    """What is known of a case, and what its reader is told of it."""

    record: CaseRecord
    row: HazardRow
    tasks: Sequence[TaskRow]
    history: Sequence[HistoryRow]
    visits: Sequence[VisitRow]
    instances: Sequence[InstanceRecord]
    evidence: Sequence[Evidence]
    bodies: Mapping[str, Body]
    persons: Mapping[str, Person]
    definitions: Mapping[str, DefinitionVersion]
    rules: Mapping[tuple[str, int], RuleSet]
    waiting: Sequence[WaitingRecord]
    rungs: Sequence[RungRecord]
    reader: Reader
    hosts_who_signed: frozenset[str] = frozenset()

    @property
    def authority(self) -> bool:
        """Whether the reader hears what authorities discuss among themselves."""
        return self.reader.opinions

    @property
    def in_town(self) -> bool:
        """Whether the case lies in no park, so that its town does what a park command does."""
        return has_no_park(self.record.document)

    @property
    def told(self) -> list[HistoryRow]:
        """The history that is the reader's to know."""
        return self.reader.records(self.history, {task.id: task.act for task in self.tasks})

    @property
    def own_rules(self) -> RuleSet:
        """The version of the rule set that the case began with."""
        own = self.record.document["rule_set"]
        return self.rules[(own["id"], own["version"])]

    @property
    def open_tasks(self) -> list[TaskRow]:
        """The tasks that somebody must do now and the reader may know of, the nearest first."""
        waiting = [
            task for task in self.tasks if task.status == "open" and self.reader.awaits(task)
        ]
        return sorted(waiting, key=lambda task: (task.due_at is None, task.due_at or 0))


@dataclass(frozen=True)
class _Seen:
    """As much of a case as says what its reader may know of it."""

    row: HazardRow
    record: CaseRecord
    tasks: Sequence[TaskRow]
    reader: Reader


def case_sources(session: Session, actor: Actor, case_id: str) -> CaseSources:
    """Read a case that an actor may see; NotFound where there is none or none to see."""
    return _gather(session, _seen(session, actor, ledger.row(session, actor, case_id)))


def task_sources(session: Session, actor: Actor, task_id: str) -> tuple[TaskRow, CaseSources]:
    """Read a task with its case; whoever it falls to may see its case, though barred."""
    task, seen = _task(session, actor, task_id)
    return task, _gather(session, seen)


def task_and_case(session: Session, actor: Actor, task_id: str) -> tuple[TaskRow, CaseRecord]:
    """Read a task and no more of its case than its row; NotFound as `task_sources` says it."""
    task, seen = _task(session, actor, task_id)
    return task, seen.record


def _task(session: Session, actor: Actor, task_id: str) -> tuple[TaskRow, _Seen]:
    task = queries.task(session, task_id)
    mine = task.falls_to(actor)
    try:
        row = ledger.row(session, SYSTEM if mine else actor, task.case_id)
    except NotFound as error:
        raise _no_task(task_id) from error
    seen = _seen(session, actor, row)
    if not seen.reader.awaits(task):
        raise _no_task(task_id)
    return task, seen


def _seen(session: Session, actor: Actor, row: HazardRow) -> _Seen:
    tasks = queries.case_tasks(session, row.case_id)
    record = queries.case(session, row.case_id)
    reader = Readers(session, actor).of(row, record.document, tasks)
    return _Seen(row, record, tasks, reader)


def _gather(session: Session, seen: _Seen) -> CaseSources:
    row, record, tasks, reader = seen.row, seen.record, seen.tasks, seen.reader
    history = queries.case_history(session, row.case_id)
    files = evidence.of_case(session, row.case_id)
    files = evidence_reach.among(files, reader, record.document, history)
    named = {task.assignee for task in tasks if task.assignee}
    named |= {done.acting_for for done in history if done.acting_for}
    named |= {done.actor for done in history} | {file.uploaded_by for file in files}
    return CaseSources(
        record=record,
        row=row,
        tasks=tasks,
        history=history,
        visits=queries.case_visits(session, row.case_id),
        instances=queries.case_instances(session, row.case_id),
        evidence=files,
        bodies=zone.body_map(session),
        persons=organisation.names(session, named),
        definitions={one.process: one for one in definitions.active(session, agency=record.agency)},
        rules=_rules(session, record),
        waiting=waiting.waiting(session, row.case_id),
        rungs=waiting.standing_rungs(session, row.case_id),
        reader=reader,
        hosts_who_signed=interview_conflicts.signed(session, record.document, clock.now()),
    )


def _no_task(task_id: str) -> NotFound:
    return NotFound(f"Expected a task {task_id}, but there is none", "没有该任务")


def _rules(session: Session, record: CaseRecord) -> dict[tuple[str, int], RuleSet]:
    """Return the rule set of a case, and the versions that its dates were counted by."""
    used = {(one["rule_set"], one["rule_version"]) for one in record.document["deadlines"]}
    own = record.document["rule_set"]
    used.add((own["id"], own["version"]))
    return {key: zone.rules_of(session, *key) for key in used}
