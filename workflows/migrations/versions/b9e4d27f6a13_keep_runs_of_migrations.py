"""Keep runs of migrations and what becomes of each of their cases."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "b9e4d27f6a13"
down_revision = "f3c86a1d5b27"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "hz_migration_run",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("agency", sa.String(length=32), nullable=False),
        sa.Column("process", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("asked_by", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=True),
        sa.Column("acting_for", sa.String(length=64), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("cases", "looked", "possible", "changed", "done", "stayed")
        ),
        sa.Column("note_zh", sa.String(length=500), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("holder", sa.String(length=36), nullable=True),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hz_migration_run")),
    )
    op.create_index("ix_hz_migration_run_state", "hz_migration_run", ["state", "created_at"])
    op.create_index(
        "ix_hz_migration_run_process", "hz_migration_run", ["agency", "process", "created_at"]
    )
    op.create_table(
        "hz_migration_case",
        sa.Column("run_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["hz_migration_run.id"],
            name=op.f("fk_hz_migration_case_run_id_hz_migration_run"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("run_id", "case_id", name=op.f("pk_hz_migration_case")),
    )
    op.create_index(
        "ix_hz_migration_case_state", "hz_migration_case", ["run_id", "state", "case_id"]
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_table("hz_migration_case")
    op.drop_table("hz_migration_run")
