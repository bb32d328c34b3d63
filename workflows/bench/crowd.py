"""A crowd of cases in no time: real cases by real commands first, then copies of their rows.

A copy has ids, a number, dates and candidates of its own. Its record of acts is left out: no list
reads it, and its hashes would be those of the original.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from engine import clock
from engine.ports import Actor, Bar, Grant
from engine.store.base import table
from engine.store.ids import new_id
from engine.store.many_cases import open_tasks
from engine.store.pools import keep_pool
from engine.store.tables import Case, Instance, RungRow, Task, TaskBar, TaskCandidate
from workflows.app import ROOT_PROCESS, Bihuan
from workflows.domain import organisation
from workflows.domain.ledger_tables import DeadlineRow, HazardRow
from workflows.domain.org_tables import GrantRow

_BATCH = 2_000
_TABLES: Mapping[str, Table] = {
    "case": table(Case),
    "instance": table(Instance),
    "task": table(Task),
    "hazard": table(HazardRow),
    "deadline": table(DeadlineRow),
    "candidate": table(TaskCandidate),
    "bar": table(TaskBar),
    "rung": table(RungRow),
}
"""What is copied, in the order in which rows refer to one another."""

_OF_A_TASK = ("candidate", "bar")
_WITH_ID = ("instance", "task", "rung")
_NAMES = frozenset({"id", "case_id", "instance_id", "task_id", "subject"})
"""Columns that name a row by its id."""

ENTERPRISE, _NEIGHBOURS = "enterprise01", 999
LEVEL = {"level": "general", "criterion": None, "reason": None}
_OFTEN_TWO, _OFTEN_TAKEN, _OFTEN_BARRED = 0.1, 0.1, 0.02
_DAYS = (-10, 30)

Row = dict[str, Any]
Rows = dict[str, list[Row]]


@dataclass(frozen=True)
class Posts:
    """Who finds the open tasks: groups, each a role in a body, and the one who asks."""

    groups: Sequence[Grant]
    asking: str


def originals(bihuan: Bihuan, actor: Actor) -> list[Rows]:
    """Bring one case to each of three tasks by commands, and return their rows."""
    agency = bihuan.settings.agency
    found = []
    for steps in range(3):
        case = bihuan.runtime.start_case(actor, ROOT_PROCESS, hazard("样本"), agency=agency)
        for data in (LEVEL, paper())[:steps]:
            with bihuan.database.read() as session:
                (task,) = open_tasks(session, [case])[case]
            bihuan.runtime.complete_task(actor, task.id, data)
        with bihuan.database.read() as session:
            found.append(pattern(session, case))
    return found


def spread(
    bihuan: Bihuan,
    patterns: Sequence[Rows],
    posts: Posts,
    count: int,
    progress: Callable[[int, int], None],
) -> None:
    """Copy cases until so many tasks are open, spread evenly over the groups."""
    chance = random.Random(count)  # noqa: S311 a repeatable crowd, not a secret
    now = clock.now()
    for first in range(0, count, _BATCH):
        numbers = range(first, min(first + _BATCH, count))
        copies = [_placed(chance, patterns[n % len(patterns)], posts, n, now) for n in numbers]
        with bihuan.database.begin() as session:
            for one in copies:
                pooled(session, one)
            write(session, copies)
        progress(numbers.stop, count)


def hazard(mark: str, enterprise: str = ENTERPRISE) -> dict[str, Any]:
    """Return what is registered; the mark tells one from the other."""
    return {
        "enterprise": enterprise,
        "finder_body": "bureau",
        "found_at": clock.beijing(clock.now() - timedelta(hours=1)).isoformat(),
        "source": "department",
        "description": f"熔炼炉冷却水无压力、流量报警，未与倾动装置联锁 {mark}",
        "location": f"熔炼车间 {mark}",
        "category": "object",
    }


def paper() -> dict[str, Any]:
    """Return what is served of a general hazard: a notice with a date of one day."""
    now = clock.beijing(clock.now())
    return {
        "document_kind": "notice",
        "requirements": "加装压力、流量监测报警并联锁",
        "due_date": (now.date() + timedelta(days=1)).isoformat(),
        "service_method": "direct",
        "served_at": now.isoformat(),
        "recipient": "企业负责人",
    }


def pattern(session: Session, case: str) -> Rows:
    """Return the rows of a case that are copied."""
    found: Rows = {}
    for name, source in _TABLES.items():
        if name == "case":
            condition = source.c.id == case
        elif name in _OF_A_TASK:
            condition = source.c.task_id.in_([task["id"] for task in found["task"]])
        else:
            condition = source.c.case_id == case
        rows = session.execute(select(source).where(condition)).mappings()
        found[name] = [dict(row) for row in rows]
    return found


def copied(original: Rows, number: int) -> Rows:
    """Return the rows of a case with ids and a number of their own, and all else alike."""
    case, new = new_id(), f"副本-{number:06}"
    old = original["hazard"][0]["number"]
    ids = {row["id"]: new_id() for name in _WITH_ID for row in original[name]}
    ids |= {row["id"]: case for row in original["case"]}
    found = {
        name: [{key: _renamed(key, value, ids) for key, value in row.items()} for row in rows]
        for name, rows in original.items()
    }
    found["hazard"][0]["number"] = new
    document = found["case"][0]["document"]
    found["case"][0]["document"] = document.replace(f'"number":"{old}"', f'"number":"{new}"')
    return found


def neighbours(bihuan: Bihuan) -> Sequence[str]:
    """Add enterprises like the one that has the patterns, people included; return them all."""
    found = [f"neighbour{number:04}" for number in range(_NEIGHBOURS)]
    with bihuan.database.begin() as session:
        first = next(one for one in organisation.enterprises(session) if one.id == ENTERPRISE)
        posts = session.scalars(select(GrantRow.role).where(GrantRow.body_id == ENTERPRISE)).all()
        for body in found:
            organisation.add_enterprise(session, replace(first, id=body))
            for role in posts:
                organisation.add_person(session, f"{body}:{role}", "某人", "Somebody")
                organisation.grant(session, f"{body}:{role}", body, role)
    return [ENTERPRISE, *found]


def moved(rows: Rows, enterprise: str) -> Rows:
    """Let a copy be another enterprise's: no city's dates all fall due at one."""
    for row in (*rows["candidate"], *rows["bar"]):
        row["body"] = enterprise if row["body"] == ENTERPRISE else row["body"]
    rows["hazard"][0]["enterprise"] = enterprise
    document = rows["case"][0]["document"]
    rows["case"][0]["document"] = document.replace(f'"{ENTERPRISE}"', f'"{enterprise}"')
    return rows


def write(session: Session, copies: Sequence[Rows]) -> None:
    """Write copies, a statement for each table."""
    for name, into in _TABLES.items():
        rows = [row for one in copies for row in one[name]]
        if rows:
            session.execute(insert(into), rows)


def _renamed(key: str, value: Any, ids: Mapping[str, str]) -> Any:  # noqa: ANN401 any column
    return ids.get(value, value) if key in _NAMES else value


def _placed(
    chance: random.Random, original: Rows, posts: Posts, number: int, now: datetime
) -> Rows:
    """Return a copy whose open task waits elsewhere in the crowd, since another moment."""
    found, opened = copied(original, number), now - timedelta(hours=chance.uniform(0, 240))
    due = opened + timedelta(days=chance.uniform(*_DAYS))
    found["case"][0]["next_due_at"] = due
    for row in found["task"]:
        if row["status"] != "open":
            continue
        row |= {"opened_at": opened, "due_at": due, "assignee": _taken(chance, posts, number)}
        for name in _OF_A_TASK:
            found[name] = [one for one in found[name] if one["task_id"] != row["id"]]
        found["candidate"] += _candidates(chance, row["id"], posts, number)
        found["bar"] += _bars(chance, row["id"], posts)
    return found


def pooled(session: Session, rows: Rows) -> None:
    """Note of every task who finds it."""
    for task in rows["task"]:
        mine = [row for row in rows["candidate"] if row["task_id"] == task["id"]]
        kept = [row for row in rows["bar"] if row["task_id"] == task["id"]]
        held = [Grant(row["body"], row["role"]) for row in mine]
        bars = [Bar("", "", row["person"], row["body"]) for row in kept]
        task["pool"] = keep_pool(session, held, bars)


def _taken(chance: random.Random, posts: Posts, number: int) -> str | None:
    if chance.random() >= _OFTEN_TAKEN:
        return None
    first = posts.groups[number % len(posts.groups)]
    return f"{first.body}:{first.role}"


def _candidates(chance: random.Random, task: str, posts: Posts, number: int) -> Iterator[Row]:
    both = 2 if chance.random() < _OFTEN_TWO else 1
    for offset in range(both):
        group = posts.groups[(number + offset * 7) % len(posts.groups)]
        yield {"task_id": task, "body": group.body, "role": group.role}


def _bars(chance: random.Random, task: str, posts: Posts) -> Iterator[Row]:
    if chance.random() < _OFTEN_BARRED:
        reason = {"reason_zh": "登记人不得复核", "reason": "Who registered it may not check it"}
        yield {"task_id": task, "person": posts.asking, "body": "", **reason}
