"""What must hold afterwards: each acknowledged act there once, nothing half-done, all sound."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.store.tables import Case, History, Idempotency, IncidentRow, Task
from tests.chaos.client import Register
from tests.chaos.servers import ROOT, environment
from tests.chaos.zone import Prepared


def judge(zone: Prepared, register: Register, late: int) -> dict[str, Any]:
    """Compare the database with what the clients were told; return the counts."""
    with zone.reading() as session:
        _registered(session, register)
        completed = _completed(session, register)
        expired = _fired_once(session, late)
        incidents = session.scalar(select(func.count()).select_from(IncidentRow)) or 0
    assert incidents == 0, f"{incidents} incidents"
    return {
        "registered": sum(act.what == "register" for act in register.done),
        "completed": completed,
        "expired": expired,
        "repeats": dict(register.repeats),
        "read": deep_check(zone)["read"],
    }


def deep_check(zone: Prepared) -> dict[str, Any]:
    """Run the deep check by the command line; it must find nothing."""
    done = subprocess.run(
        [sys.executable, "-m", "workflows.cli", "db", "check", "--deep", "--json"],
        cwd=ROOT,
        env=environment(zone),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["sound"]
    return found


def _registered(session: Session, register: Register) -> None:
    """Each registration made one case, known under its key."""
    wanted = {act.key: act.answer["id"] for act in register.done if act.what == "register"}
    cases = set(session.execute(select(Case.id)).scalars())
    assert len(set(wanted.values())) == len(wanted)
    assert set(wanted.values()) <= cases
    kept = session.execute(
        select(Idempotency.key, Idempotency.result).where(Idempotency.command == "start_case")
    )
    assert {row.key: row.result["case_id"] for row in kept if row.key in wanted} == wanted


def _completed(session: Session, register: Register) -> int:
    """Each acknowledged completion is in the history once, and nothing else was completed."""
    wanted = {act.subject: act for act in register.done if act.what == "complete"}
    rows = session.execute(
        select(Task.id, Task.act, Task.status, Task.completed_by).where(Task.id.in_(wanted))
    ).all()
    assert len(rows) == len(wanted)
    found = session.execute(
        select(History.task_id, History.act, History.actor).where(History.task_id.in_(wanted))
    )
    written = Counter((row.task_id, row.act, row.actor) for row in found)
    for row in rows:
        person = wanted[row.id].person
        assert row.status == "completed", row
        assert row.completed_by == person, row
        assert written[row.id, row.act, person] == 1, row
    keyed = session.execute(
        select(Idempotency.key, Idempotency.command).where(Idempotency.command.startswith("task:"))
    )
    # Whoever was killed between asking and hearing was repeated until it was heard.
    assert {row.key: row.command for row in keyed} == {
        act.key: f"task:{act.subject}" for act in wanted.values()
    }
    return len(wanted)


def _fired_once(session: Session, late: int) -> int:
    """Each date that had passed was recorded as passed once."""
    per_case = Counter(
        session.execute(select(History.case_id).where(History.act == "deadline.expired")).scalars()
    )
    assert set(per_case.values()) <= {1}, per_case
    assert len(per_case) == late, f"{len(per_case)} of {late} dates were seen to pass"
    return len(per_case)
