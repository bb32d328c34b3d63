"""Keep the rules of signing in, what failed, and where each session was used last."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "d18f5b3ce274"
down_revision = "e6b0d94c7a18"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; sessions that are open stay so and count from when they were opened."""
    op.create_table(
        "account_policy",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("shortest", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_minutes", sa.Integer(), nullable=False),
        sa.Column("idle_minutes", sa.Integer(), nullable=False),
        sa.Column("session_hours", sa.Integer(), nullable=False),
        sa.Column("token_days", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_policy")),
    )
    op.create_table(
        "account_throttle",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_account_throttle")),
    )
    op.create_index("ix_account_throttle_since", "account_throttle", ["since"])
    with op.batch_alter_table("account_session") as batch:
        batch.add_column(sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(
            sa.Column("address", sa.String(length=45), nullable=False, server_default="")
        )
        batch.add_column(
            sa.Column("browser", sa.String(length=200), nullable=False, server_default="")
        )


def downgrade() -> None:
    """Undo it."""
    with op.batch_alter_table("account_session") as batch:
        batch.drop_column("browser")
        batch.drop_column("address")
        batch.drop_column("seen_at")
    op.drop_index("ix_account_throttle_since", table_name="account_throttle")
    op.drop_table("account_throttle")
    op.drop_table("account_policy")
