"""Drafts from before are called in English as the version that they began from."""

from __future__ import annotations

from datetime import UTC, datetime

from alembic import command
from sqlalchemy import func, insert, select

from engine.store.database import Database
from engine.store.definitions import Definition
from workflows.designing.tables import DraftFileRow, DraftNewsRow, DraftRow
from workflows.migrations.run import _config, upgrade

BEFORE = "d4b81f6c3e97"
AT = datetime(2026, 3, 2, tzinfo=UTC)
NAMED = {"agency": "z", "process": "p"}


def _fill(database: Database) -> None:
    version = {"id": "v1", "version": 1, "digest": "d", "name_zh": "更正", "name": "Correction"}
    version |= {"deployed_at": AT, "deployed_by": "x", "active": True}
    drawn = {"title": "更正", "title_en": "", "state": "open", "revision": 1}
    drawn |= {"created_by": "x", "created_at": AT, "changed_by": "x", "changed_at": AT}
    told = {"person": "x", "text_zh": "消息", "text": "News", "at": AT}
    with database.engine.begin() as connection:
        connection.execute(insert(Definition).values(**NAMED, **version))
        for number, base in enumerate((1, 0)):
            row = {**NAMED, **drawn, "id": f"d{number}", "base": base}
            connection.execute(insert(DraftRow).values(**row))
        held = {"draft_id": "d0", "path": "p.bpmn", "content": b""}
        connection.execute(insert(DraftFileRow).values(**held))
        connection.execute(insert(DraftNewsRow).values(id="n1", draft_id="d0", **told))
        connection.execute(insert(DraftNewsRow).values(id="n2", process="p", version=1, **told))


def test_drafts_are_named_and_their_news_stay(database_url: str) -> None:
    database = Database(database_url)
    try:
        upgrade(database.engine)
        _fill(database)
        with database.engine.begin() as connection:
            command.downgrade(_config(connection), BEFORE)
            assert connection.scalar(select(func.count(DraftNewsRow.id))) == 1
        upgrade(database.engine)
        with database.read() as session:
            found = session.scalars(select(DraftRow.title_en).order_by(DraftRow.id)).all()
            assert found == ["Correction", "更正"]
            assert session.scalars(select(DraftNewsRow.draft_id)).all() == ["d0"]
            assert session.scalars(select(DraftFileRow.path)).all() == ["p.bpmn"]
    finally:
        database.dispose()
