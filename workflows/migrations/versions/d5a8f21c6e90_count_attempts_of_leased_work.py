"""Count how often work is begun in vain, and hold that one piece of it is open at a time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "d5a8f21c6e90"
down_revision = "a7c0e4d9b318"
branch_labels = None
depends_on = None

_ONE = (
    (
        "uq_hz_migration_run_open",
        "hz_migration_run",
        "process",
        ("looking", "looked", "running", "stopped"),
        "given_up",
    ),
    ("uq_simulation_person", "simulation", "person", ("waiting", "playing"), "refused"),
    ("uq_hz_import_sent", "hz_import", "person", ("waiting", "checking"), "refused"),
)
"""Index, table, of what there is one, the states that count, and how a second one ended."""


def upgrade() -> None:
    """Add the columns and indexes; of several that are open the first stays so."""
    for index, table, of, states, ended in _ONE:
        op.add_column(
            table, sa.Column("attempts", sa.Integer(), nullable=False, server_default="0")
        )
        _end_others(table, of, states, ended)
        where = sa.text(f"state IN ({', '.join(map(repr, states))})")
        op.create_index(
            index, table, ["agency", of], unique=True, sqlite_where=where, postgresql_where=where
        )


def downgrade() -> None:
    """Undo it."""
    for index, table, *_ in _ONE:
        op.drop_index(index, table_name=table)
        op.drop_column(table, "attempts")


def _end_others(name: str, of: str, states: tuple[str, ...], ended: str) -> None:
    """Of several that two people asked for at the same moment, end all but the first."""
    names = ("id", "agency", of, "state", "finished_at", "created_at")
    rows = sa.table(name, *(sa.column(one) for one in names))
    before = rows.alias("earlier")
    earlier = sa.exists().where(
        before.c.agency == rows.c.agency,
        before.c[of] == rows.c[of],
        before.c.state.in_(states),
        sa.or_(
            before.c.created_at < rows.c.created_at,
            sa.and_(before.c.created_at == rows.c.created_at, before.c.id < rows.c.id),
        ),
    )
    op.execute(
        sa.update(rows)
        .where(rows.c.state.in_(states), earlier)
        .values(state=ended, finished_at=rows.c.created_at)
    )
