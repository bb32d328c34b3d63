"""Open tasks from before have the pools that new ones get, without the bodies kept away."""

from __future__ import annotations

from datetime import UTC, datetime

from alembic import command
from sqlalchemy import insert, select

from engine.ports import Bar, Grant
from engine.store.database import Database
from engine.store.pools import is_kept, pool_of
from engine.store.tables import Case, Instance, Task, TaskBar, TaskCandidate
from workflows.migrations.run import _config, upgrade

BEFORE = "b7d4e19a6c52"
AT = datetime(2026, 3, 2, tzinfo=UTC)
HELD = (Grant("办", "head"), Grant("office", "clerk"))
BARS = (Bar("办理过", "Did it", person="甲"), Bar("所属企业", "Of it", body="enterprise01"))


def _fill(database: Database) -> None:
    case = {"id": "c1", "agency": "z", "process": "p", "document": "{}", "created_at": AT}
    instance = {"id": "i1", "agency": "z", "case_id": "c1", "process": "p", "version": 1}
    state = {"blob": b"", "waits": {}, "timers": [], "started_at": AT}
    names = dict.fromkeys(("id", "token_id", "element", "act", "form", "title", "title_zh"), "t")
    given = {"agency": "z", "case_id": "c1", "instance_id": "i1", "process": "p", "version": 1}
    with database.engine.begin() as connection:
        connection.execute(insert(Case).values(**case, created_by="x"))
        connection.execute(insert(Instance).values(**instance, **state))
        task = names | given | {"properties": {}, "token": {}, "opened_at": AT}
        connection.execute(insert(Task).values(**task))
        for grant in HELD:
            row = {"task_id": "t", "body": grant.body, "role": grant.role}
            connection.execute(insert(TaskCandidate).values(**row))
        for bar in BARS:
            said = {"reason": bar.reason, "reason_zh": bar.reason_zh}
            row = {"task_id": "t", "person": bar.person, "body": bar.body}
            connection.execute(insert(TaskBar).values(**row, **said))


def test_the_pools_of_open_tasks_are_made_anew(database_url: str) -> None:
    database = Database(database_url)
    wanted = pool_of(HELD, BARS)
    try:
        upgrade(database.engine)
        _fill(database)
        with database.engine.begin() as connection:
            command.downgrade(_config(connection), BEFORE)
            assert connection.scalar(select(Task.pool)) not in (None, wanted)
        upgrade(database.engine)
        with database.read() as session:
            assert session.scalar(select(Task.pool)) == wanted
            assert is_kept(session, str(wanted), HELD, BARS)
    finally:
        database.dispose()
