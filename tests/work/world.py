"""What a test of the runtime holds in its hands."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from engine import clock
from engine.history.verify import verify_all
from engine.store.database import Database
from engine.store.definitions import NewDefinition, insert_definition
from engine.store.queries import HistoryRow, case_history
from engine.store.tables import Case, IncidentRow, Instance, Task
from engine.work.database_catalogue import DatabaseCatalogue
from engine.work.runtime import Runtime
from tests.work.application import CLERK, PaperApplication

DECISION = {
    "type": "default",
    "id": "decision",
    "components": [
        {
            "type": "textfield",
            "key": "decision",
            "label": "决定",
            "validate": {"required": True},
            "properties": {"binds": "token.decision"},
        }
    ],
}
"""A form with one field, for tests that leave a flag."""


@dataclass
class World:
    """A database, an application over it, a clock, and the runtime."""

    database: Database
    application: PaperApplication
    moment: clock.VirtualClock
    runtime: Runtime = field(init=False)

    def __post_init__(self) -> None:
        self.runtime = Runtime(self.database, self.application, DatabaseCatalogue(self.database))

    def deploy(self, process: str, bpmn: bytes, **forms: dict[str, Any]) -> None:
        files = {f"{process}.bpmn": bpmn}
        files |= {f"forms/{name}.json": json.dumps(form).encode() for name, form in forms.items()}
        new = NewDefinition(
            agency="zone",
            process=process,
            digest="0" * 64,
            name_zh=process,
            name=process,
            deployed_at=self.moment.now(),
            deployed_by="designer",
            files=files,
        )
        with self.database.begin() as session:
            insert_definition(session, new)

    def start(self, process: str, **options: Any) -> str:
        return self.runtime.start_case(CLERK, process, {}, agency="zone", **options)

    def later(self, **step: float) -> None:
        self.moment.advance(timedelta(**step))

    def instant(self, **step: float) -> str:
        return (self.moment.now() + timedelta(**step)).isoformat()

    def task(self, element: str) -> str:
        """Return the one open task at an element."""
        with self.database.read() as session:
            return session.execute(
                select(Task.id).where(Task.element == element, Task.status == "open")
            ).scalar_one()

    def open_elements(self) -> list[str]:
        with self.database.read() as session:
            found = session.execute(select(Task.element).where(Task.status == "open"))
            return sorted(found.scalars())

    def statuses(self) -> dict[str, str]:
        with self.database.read() as session:
            rows = session.execute(select(Task.element, Task.status))
            return {row.element: row.status for row in rows}

    def instances(self) -> list[tuple[str, str]]:
        with self.database.read() as session:
            found = session.execute(select(Instance.process, Instance.status).order_by(Instance.id))
            return [(row.process, row.status) for row in found]

    def case(self, case_id: str) -> Case:
        with self.database.read() as session:
            return session.execute(select(Case).where(Case.id == case_id)).scalar_one()

    def document(self, case_id: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.case(case_id).document)
        return found

    def history(self, case_id: str) -> list[HistoryRow]:
        with self.database.read() as session:
            return case_history(session, case_id)

    def acts(self, case_id: str) -> list[str]:
        return [row.act for row in self.history(case_id)]

    def incidents(self) -> list[IncidentRow]:
        with self.database.read() as session:
            return list(session.execute(select(IncidentRow).order_by(IncidentRow.id)).scalars())

    def sound(self) -> bool:
        with self.database.read() as session:
            report = verify_all(session)
        return report.sound and report.rows > 0
