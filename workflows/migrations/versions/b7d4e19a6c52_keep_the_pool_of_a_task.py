"""Keep the pool of a task: who finds it, as one key that an inbox is read by."""

from __future__ import annotations

import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = "b7d4e19a6c52"
down_revision = "d18f5b3ce274"
branch_labels = None
depends_on = None

_OPEN = sa.text("status = 'open'")
_KEY = 32


def upgrade() -> None:
    """Add the column and two tables; fill them for the tasks that are open."""
    op.create_table(
        "bpm_pool",
        sa.Column("body", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("pool", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("body", "role", "pool", name=op.f("pk_bpm_pool")),
    )
    op.create_table(
        "bpm_pool_bar",
        sa.Column("pool", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("body", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("pool", "person", "body", name=op.f("pk_bpm_pool_bar")),
    )
    op.add_column("bpm_task", sa.Column("pool", sa.String(length=32), nullable=True))
    _fill(op.get_bind())
    op.drop_index("ix_bpm_task_inbox", table_name="bpm_task")
    op.create_index(
        "ix_bpm_task_inbox",
        "bpm_task",
        ["pool", "assignee", "due_at", "opened_at", "id", "act"],
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_index("ix_bpm_task_inbox", table_name="bpm_task")
    op.drop_column("bpm_task", "pool")
    op.create_index("ix_bpm_task_inbox", "bpm_task", ["status", "due_at", "opened_at"])
    op.drop_table("bpm_pool_bar")
    op.drop_table("bpm_pool")


def _fill(connection: sa.Connection) -> None:
    held, kept = (_of_open_tasks(connection, one) for one in (_HELD, _KEPT))
    pools = {task: _key(held[task], kept.get(task, set())) for task in held}
    rows = {(pool, *pair) for task, pool in pools.items() for pair in held[task]}
    bars = {(pool, *pair) for task, pool in pools.items() for pair in kept.get(task, ())}
    _each(connection, "INSERT INTO bpm_pool (pool, body, role) VALUES (:a, :b, :c)", rows)
    _each(connection, "INSERT INTO bpm_pool_bar (pool, person, body) VALUES (:a, :b, :c)", bars)
    if pools:
        update = sa.text("UPDATE bpm_task SET pool = :pool WHERE id = :task")
        connection.execute(update, [{"task": task, "pool": pools[task]} for task in sorted(pools)])


_HELD = "SELECT c.task_id, c.body, c.role FROM bpm_task_candidate c JOIN bpm_task t"
_KEPT = "SELECT c.task_id, c.person, c.body FROM bpm_task_bar c JOIN bpm_task t"


def _of_open_tasks(connection: sa.Connection, query: str) -> dict[str, set[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {}
    for task, first, second in connection.execute(
        sa.text(f"{query} ON t.id = c.task_id WHERE t.status = 'open'")
    ):
        found.setdefault(task, set()).add((first, second))
    return found


def _key(held: set[tuple[str, str]], kept: set[tuple[str, str]]) -> str:
    text = json.dumps([sorted(held), sorted(kept)], separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:_KEY]


def _each(connection: sa.Connection, statement: str, rows: set[tuple[str, str, str]]) -> None:
    if rows:
        values = [dict(zip("abc", row, strict=True)) for row in sorted(rows)]
        connection.execute(sa.text(statement), values)
