"""The naive way: the library's JSON of the whole workflow at each step, the like rows beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from engine import clock
from engine.execution.stock import StockProcess, StockStep
from engine.history.chain import ORIGIN, Entry, entry_hash
from engine.store.base import json_text, table
from engine.store.database import Database
from engine.store.ids import new_id
from engine.store.tables import Case, History, Instance, Task, TaskCandidate, Visit
from workflows.bench import signoff
from workflows.bench.measuring import Stopwatch

_CASE, _INSTANCE, _TASK = table(Case), table(Instance), table(Task)
_LOCK = select(_CASE).where(_CASE.c.id == bindparam("case_id")).with_for_update()
_STATE = select(_INSTANCE.c.id, _INSTANCE.c.blob).where(_INSTANCE.c.case_id == bindparam("case_id"))
_OPEN = select(_TASK).where(_TASK.c.case_id == bindparam("case_id"), _TASK.c.status == "open")
_STORE = (
    update(_INSTANCE)
    .where(_INSTANCE.c.id == bindparam("instance"))
    .values(blob=bindparam("blob"), status=bindparam("status"))
)
_COMPLETE = (
    update(_TASK)
    .where(_TASK.c.id == bindparam("task"))
    .values(status="completed", completed_at=bindparam("at"), completed_by=bindparam("by"))
)
_WRITTEN = ("document", "history_seq", "history_hash", "status")
_WRITE_CASE = (
    update(_CASE)
    .where(_CASE.c.id == bindparam("case"))
    .values({name: bindparam(name) for name in _WRITTEN})
)
_ADD_CASE, _ADD_INSTANCE, _ADD_TASKS = insert(_CASE), insert(_INSTANCE), insert(_TASK)
_ADD_CANDIDATES, _ADD_HISTORY, _ADD_VISITS = (
    insert(table(entity)) for entity in (TaskCandidate, History, Visit)
)
"""Made ready beforehand, as ours are: it is the workflow that is naive, not the statements."""

_PLAIN = {
    'due("silent")': '"2099-01-01T00:00:00+00:00"',
    'case.park = "agree" and case.industry = "agree"': 'park == "agree" and industry == "agree"',
}
"""The diagram's expressions in the library's own language."""


class Desk:
    """Somebody who signs everything, with the library alone."""

    def __init__(self, database: Database) -> None:
        """Parse the diagram once, as a process would."""
        self._database = database
        text = signoff.diagram()[f"{signoff.PROCESS}.bpmn"].decode()
        for ours, theirs in _PLAIN.items():
            text = text.replace(ours, theirs)
        self._process = StockProcess(text.encode(), signoff.PROCESS)

    def batch(self, size: int, watch: Stopwatch) -> None:
        """Begin cases and complete their tasks, step by step over all of them."""
        cases = [self._start(watch) for _ in range(size)]
        for step in signoff.STEPS:
            for case in cases:
                with watch.transaction(completion=True), self._database.begin() as session:
                    self._complete(session, case, step)

    def _start(self, watch: Stopwatch) -> str:
        case = new_id()
        with watch.transaction(completion=False), self._database.begin() as session:
            self._begin(session, case)
        return case

    def _begin(self, session: Session, case: str) -> None:
        now = clock.now()
        silent = now + timedelta(days=signoff.SILENT_DAYS)
        row = {
            "id": case,
            "agency": signoff.AGENCY,
            "process": signoff.PROCESS,
            "document": json_text({"silent": silent.isoformat()}),
            "next_due_at": silent,
            "created_at": now,
            "created_by": signoff.EVERYBODY.id,
        }
        session.connection().execute(_ADD_CASE, row)
        step = self._process.start()
        instance = {
            "id": new_id(),
            "agency": signoff.AGENCY,
            "case_id": case,
            "process": signoff.PROCESS,
            "version": 1,
            "root": True,
            "blob": step.state.encode(),
            "waits": {},
            "timers": [],
            "started_at": now,
        }
        session.connection().execute(_ADD_INSTANCE, instance)
        book = _Book(session, case, str(instance["id"]), document=str(row["document"]))
        book.follow(step, {})
        book.write("case.start", {}, None, step)

    def _complete(self, session: Session, case: str, element: str) -> None:
        row = session.connection().execute(_LOCK, {"case_id": case}).one()
        state = session.connection().execute(_STATE, {"case_id": case}).one()
        tasks = {t.token_id: t for t in session.connection().execute(_OPEN, {"case_id": case})}
        task = next(task for task in tasks.values() if task.element == element)
        data = signoff.answer(element)
        flags = {element: data["decision"]} if "decision" in data else {}
        step = self._process.complete(bytes(state.blob).decode(), task.token_id, flags)
        status = "completed" if step.ended else "live"
        kept = {"instance": state.id, "blob": step.state.encode(), "status": status}
        session.connection().execute(_STORE, kept)
        done = {"task": task.id, "at": clock.now(), "by": signoff.EVERYBODY.id}
        session.connection().execute(_COMPLETE, done)
        book = _Book(session, case, state.id, row.history_seq, row.history_hash, row.document)
        book.follow(step, tasks)
        book.write(element, data, task.id, step)


class _Book:
    """The rows beside the state: tasks, candidates, history, visits, the case."""

    def __init__(
        self,
        session: Session,
        case: str,
        instance: str,
        seq: int = 0,
        head: str = "",
        document: str = "{}",
    ) -> None:
        self._session, self._case, self._instance = session, case, instance
        self._seq, self._head, self._document = seq, head, document

    def follow(self, step: StockStep, before: Mapping[str, Any]) -> None:
        """Add a row for every task that opened."""
        opened = [(token, name) for token, name in step.open.items() if token not in before]
        rows = [self._task(token, name) for token, name in opened]
        if rows:
            self._session.execute(_ADD_TASKS, rows)
            candidates = [
                {"task_id": row["id"], "body": row["element"], "role": "officer"} for row in rows
            ]
            self._session.execute(_ADD_CANDIDATES, candidates)

    def write(self, act: str, data: dict[str, Any], task: str | None, step: StockStep) -> None:
        """Chain a row of history, note the steps of the tokens, and write the case."""
        head = self._history(act, data, task)
        self._session.execute(_ADD_VISITS, [self._visit(element) for element in step.visited])
        document = json.loads(self._document)
        if data:
            signed = {"by": signoff.EVERYBODY.id, "at": clock.now().isoformat()}
            document[act] = {**data, **signed}
        values = {
            "case": self._case,
            "document": json_text(document),
            "history_seq": self._seq + 1,
            "history_hash": head,
            "status": "closed" if step.ended else "open",
        }
        self._session.execute(_WRITE_CASE, values)

    def _visit(self, element: str) -> dict[str, Any]:
        return {
            "id": new_id(),
            "case_id": self._case,
            "instance_id": self._instance,
            "process": signoff.PROCESS,
            "element": element,
            "at": clock.now(),
        }

    def _history(self, act: str, data: dict[str, Any], task: str | None) -> str:
        """Chain a row; return its hash."""
        entry = Entry(
            case_id=self._case,
            seq=self._seq + 1,
            agency=signoff.AGENCY,
            at=clock.now(),
            actor=signoff.EVERYBODY.id,
            actor_name=signoff.EVERYBODY.name,
            acting_for=None,
            act=act,
            outcome=data.get("decision"),
            element=act,
            process=signoff.PROCESS,
            task_id=task,
            data=json_text(data),
            personal_digest=None,
            prev=self._head or ORIGIN,
        )
        head = entry_hash(entry)
        self._session.execute(_ADD_HISTORY, vars(entry) | {"hash": head})
        return head

    def _task(self, token: str, name: str) -> dict[str, Any]:
        return {
            "id": new_id(),
            "agency": signoff.AGENCY,
            "case_id": self._case,
            "instance_id": self._instance,
            "token_id": token,
            "process": signoff.PROCESS,
            "version": 1,
            "element": name,
            "act": name,
            "form": name,
            "title_zh": name,
            "title": name,
            "properties": {},
            "token": {},
            "opened_at": clock.now(),
        }
