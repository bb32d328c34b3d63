"""Keep who is barred from a task."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "3f7a90c5d1e4"
down_revision = "8c41d7e0b2a9"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; a task that stands is filled in by the next command on its case."""
    op.create_table(
        "bpm_task_bar",
        sa.Column("task_id", sa.String(length=36), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("body", sa.String(length=64), nullable=False),
        sa.Column("reason_zh", sa.String(length=256), nullable=False),
        sa.Column("reason", sa.String(length=256), nullable=False),
        sa.ForeignKeyConstraint(
            ["task_id"], ["bpm_task.id"], name=op.f("fk_bpm_task_bar_task_id_bpm_task")
        ),
        sa.PrimaryKeyConstraint("task_id", "person", "body", name=op.f("pk_bpm_task_bar")),
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_table("bpm_task_bar")
