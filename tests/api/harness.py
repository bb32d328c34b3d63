"""The product behind its JSON interface, on a virtual clock, with a client for each account."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import inspect, select
from werkzeug.test import TestResponse

from engine import clock
from engine.store import queries
from tests.domain.pictures import jpeg
from tests.lent import lent_app
from workflows.accounts import api_tokens
from workflows.accounts.tables import Account
from workflows.app import Bihuan, Settings
from workflows.demo.loading import load_base
from workflows.domain import tables

BEGIN = datetime(2026, 3, 2, 9, 0, tzinfo=clock.BEIJING)
"""A Monday morning with no holiday near."""

assert tables.__all__  # naming them completes the metadata


@dataclass
class Client:
    """One account's program: it holds a token and speaks JSON."""

    app: Flask
    token: str | None
    language: str = "en"

    def get(self, path: str, **query: Any) -> TestResponse:
        return self.send("GET", path, query_string=query)

    def post(
        self, path: str, body: Any = None, headers: Mapping[str, str] | None = None
    ) -> TestResponse:
        sent = (
            {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        )
        return self.send("POST", path, headers=headers, **sent)

    def send(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, **more: Any
    ) -> TestResponse:
        known = {"Accept-Language": self.language}
        if self.token is not None:
            known["Authorization"] = f"Bearer {self.token}"
        address = path if path.startswith("/api") else f"/api/v1{path}"
        with self.app.test_client() as client:
            return client.open(address, method=method, headers={**known, **(headers or {})}, **more)


@dataclass
class Zone:
    """The demonstration zone behind the interface."""

    app: Flask
    bihuan: Bihuan
    clients: dict[str, Client] = field(default_factory=dict)

    def client(self, account: str) -> Client:
        """Return the client of an account; its token is made without asking for the password."""
        if account not in self.clients:
            self.clients[account] = Client(self.app, self._token(account))
        return self.clients[account]

    def advance(self, step: str) -> dict[str, Any]:
        return ok(self.client("inspector1").post("/clock", {"advance": step}))

    def begin(self, person: str = "inspector1", **changes: Any) -> str:
        """Register a hazard and return its case."""
        data = {
            "enterprise": "enterprise01",
            "finder_body": "bureau",
            "found_at": clock.beijing(clock.now()).isoformat(),
            "source": "department",
            "description": "熔炼炉冷却水无压力、流量报警",
            "location": "熔炼车间一号炉",
            "category": "object",
            "photos": [self.photo(person)],
        }
        body = {"process": "hazard_rectification", "data": data | changes}
        return str(ok(self.client(person).post("/cases", body), 201)["id"])

    def photo(self, person: str) -> str:
        sent = {"file": (io.BytesIO(jpeg()), "现场.jpg")}
        return str(ok(self.client(person).send("POST", "/evidence", data=sent), 201)["id"])

    def case(self, case_id: str, person: str = "bureau_head") -> dict[str, Any]:
        return ok(self.client(person).get(f"/cases/{case_id}"))

    def task(self, case_id: str, element: str) -> str:
        """Return the open task of an element; read from the store, as every step asks for one."""
        with self.bihuan.database.read() as session:
            tasks = queries.case_tasks(session, case_id, status="open")
        found = [task.id for task in tasks if task.element == element]
        assert len(found) == 1, [task.element for task in tasks]
        return found[0]

    def do(self, person: str, case_id: str, element: str, **data: Any) -> dict[str, Any]:
        """Complete the open task of an element."""
        return ok(self.try_(person, case_id, element, **data))

    def try_(self, person: str, case_id: str, element: str, **data: Any) -> TestResponse:
        address = f"/tasks/{self.task(case_id, element)}"
        client = self.client(person)
        etag = client.get(address).headers.get("ETag", "*")
        return client.post(f"{address}/complete", {"data": data}, {"If-Match": etag})

    def act(self, person: str, case_id: str, act: str, **data: Any) -> TestResponse:
        return self.client(person).post(f"/cases/{case_id}/acts/{act}", {"data": data})

    def today(self, days: int = 0) -> str:
        return (clock.beijing_date(clock.now()) + timedelta(days=days)).isoformat()

    def deadline(self, case_id: str, kind: str, state: str) -> date:
        """Return the last day of the deadline of a kind in a state."""
        found = [
            one["due_date"]
            for one in self.case(case_id)["deadlines"]
            if (one["kind"], one["state"]) == (kind, state)
        ]
        assert len(found) == 1, self.case(case_id)["deadlines"]
        return date.fromisoformat(found[0])

    def acts_done(self, case_id: str) -> list[str]:
        rows = ok(self.client("bureau_head").get(f"/cases/{case_id}/history"))["items"]
        return [row["act"] for row in rows]

    def _token(self, account: str) -> str:
        def make(session: Any) -> str:
            found = session.scalars(select(Account).where(Account.username == account)).one()
            return api_tokens.issue(session, found).token

        return self.bihuan.database.run(make)


def ok(response: TestResponse, status: int = 200) -> dict[str, Any]:
    """Return the answer's value; fail with what it says if it is a refusal."""
    assert response.status_code == status, (response.status_code, response.get_data(as_text=True))
    found: dict[str, Any] = response.get_json()
    return found


def refused(response: TestResponse, status: int, field_name: str | None = None) -> dict[str, Any]:
    """Return the problem document of a refusal."""
    assert response.status_code == status, (response.status_code, response.get_data(as_text=True))
    assert response.mimetype == "application/problem+json"
    found: dict[str, Any] = response.get_json()
    assert {"type", "title", "status", "detail"} <= found.keys()
    assert found["status"] == status
    if field_name is not None:
        assert field_name in found["errors"], found
    return found


def _is_loaded(bihuan: Bihuan) -> bool:
    """Return whether the database is a copy that holds the zone already."""
    return "account" in inspect(bihuan.database.engine).get_table_names()


@contextmanager
def zone(
    database_url: str, folder: Path, begin: datetime = BEGIN, *, virtual: bool = True
) -> Iterator[Zone]:
    """Open the product with the demonstration's zone at an instant."""
    settings = Settings(
        database_url=database_url,
        data_directory=folder,
        evidence_directory=folder / "evidence",
        virtual_clock=begin if virtual else None,
        demo=True,
    )
    machine = clock.current()
    try:
        bihuan = Bihuan.open(settings)
        with clock.use(clock.VirtualClock(begin)):
            if not _is_loaded(bihuan):
                bihuan.database.create_all()
                load_base(bihuan)
            with lent_app(bihuan) as app:
                yield Zone(app, bihuan)
        bihuan.database.dispose()
    finally:
        clock.install(machine)
