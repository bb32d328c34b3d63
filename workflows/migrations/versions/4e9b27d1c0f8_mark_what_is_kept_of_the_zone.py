"""Mark what every process keeps of the zone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.store.ids import new_id

revision = "4e9b27d1c0f8"
down_revision = "e1a7c93f5d20"
branch_labels = None
depends_on = None

_SUBJECTS = ("bodies", "calendar", "posts", "rules")
_WATCHED = (
    "hz_rule_set",
    "org_calendar_year",
    "org_calendar_day",
    "org_body",
    "org_enterprise",
    "org_grant",
)


def upgrade() -> None:
    """Make the marks; whoever migrates makes the triggers, for a table made anew loses them."""
    made = op.create_table(
        "org_revision",
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("writer", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_org_revision")),
    )
    rows = [{"name": name, "number": 0, "mark": new_id(), "writer": ""} for name in _SUBJECTS]
    op.bulk_insert(made, rows)


def downgrade() -> None:
    """Drop the triggers before the table that they write."""
    if op.get_bind().dialect.name == "sqlite":
        for name in _WATCHED:
            for act in ("insert", "update", "delete"):
                op.execute(f"DROP TRIGGER IF EXISTS {name}_{act}_is_marked")
    else:
        op.execute("DROP FUNCTION IF EXISTS org_revision_next() CASCADE")
    op.drop_table("org_revision")
