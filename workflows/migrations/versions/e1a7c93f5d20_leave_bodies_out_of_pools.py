"""Leave bodies that are kept away out of the pools of tasks: there would be one an enterprise."""

from __future__ import annotations

import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = "e1a7c93f5d20"
down_revision = "b7d4e19a6c52"
branch_labels = None
depends_on = None

_KEY = 32


def upgrade() -> None:
    """Make the pools of the open tasks anew, without bodies, and index the bars by body."""
    op.drop_table("bpm_pool_bar")
    op.create_table(
        "bpm_pool_bar",
        sa.Column("pool", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("pool", "person", name=op.f("pk_bpm_pool_bar")),
    )
    op.create_index("ix_bpm_task_bar_body", "bpm_task_bar", ["body", "task_id"])
    _fill(op.get_bind(), with_bodies=False)


def downgrade() -> None:
    """Undo it."""
    op.drop_index("ix_bpm_task_bar_body", table_name="bpm_task_bar")
    op.drop_table("bpm_pool_bar")
    op.create_table(
        "bpm_pool_bar",
        sa.Column("pool", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("body", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("pool", "person", "body", name=op.f("pk_bpm_pool_bar")),
    )
    _fill(op.get_bind(), with_bodies=True)


def _fill(connection: sa.Connection, *, with_bodies: bool) -> None:
    held = _of_open_tasks(connection, "SELECT c.task_id, c.body, c.role FROM bpm_task_candidate c")
    kept = _of_open_tasks(connection, "SELECT c.task_id, c.person, c.body FROM bpm_task_bar c")
    if not with_bodies:
        kept = {task: {(person, "") for person, _ in kept[task] if person} for task in kept}
    pools: dict[str, tuple[set[tuple[str, str]], set[tuple[str, str]]]] = {}
    connection.execute(sa.text("DELETE FROM bpm_pool"))
    update = sa.text("UPDATE bpm_task SET pool = :pool WHERE id = :task")
    for task in sorted(held):
        barred = kept.get(task, set())
        told = sorted(barred) if with_bodies else sorted(person for person, _ in barred)
        pool = _key(sorted(held[task]), told)
        pools[pool] = (held[task], barred)
        connection.execute(update, {"pool": pool, "task": task})
    for pool in sorted(pools):
        _write(connection, pool, *pools[pool], with_bodies=with_bodies)


def _write(
    connection: sa.Connection,
    pool: str,
    held: set[tuple[str, str]],
    barred: set[tuple[str, str]],
    *,
    with_bodies: bool,
) -> None:
    add = sa.text("INSERT INTO bpm_pool (pool, body, role) VALUES (:pool, :body, :role)")
    for body, role in sorted(held):
        connection.execute(add, {"pool": pool, "body": body, "role": role})
    more, value = (", body", ", :body") if with_bodies else ("", "")
    add = sa.text(f"INSERT INTO bpm_pool_bar (pool, person{more}) VALUES (:pool, :person{value})")  # noqa: S608 no value
    for person, body in sorted(barred):
        values = {"pool": pool, "person": person}
        connection.execute(add, values | ({"body": body} if with_bodies else {}))


def _of_open_tasks(connection: sa.Connection, query: str) -> dict[str, set[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {}
    joined = f"{query} JOIN bpm_task t ON t.id = c.task_id WHERE t.status = 'open'"
    for task, first, second in connection.execute(sa.text(joined)):
        found.setdefault(task, set()).add((first, second))
    return found


def _key(held: list[tuple[str, str]], kept: list[str] | list[tuple[str, str]]) -> str:
    text = json.dumps([held, kept], separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:_KEY]
