"""Keep simulations with their reports."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "a7c0e4d9b318"
down_revision = "b9e4d27f6a13"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "simulation",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("agency", sa.String(length=32), nullable=False),
        sa.Column("process", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=True),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("fault_zh", sa.String(length=500), nullable=False),
        sa.Column("fault", sa.String(length=500), nullable=False),
        sa.Column("holder", sa.String(length=36), nullable=True),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_simulation")),
    )
    op.create_index("ix_simulation_process", "simulation", ["agency", "process", "created_at"])
    op.create_index("ix_simulation_state", "simulation", ["state", "created_at"])


def downgrade() -> None:
    """Undo it."""
    op.drop_table("simulation")
