"""Keep the zone, its administrative record, closed bodies and one-time passwords."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "a91d5c37e804"
down_revision = "7d3a08b6e2f5"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; nobody has to change a password because of it."""
    op.create_table(
        "org_zone",
        sa.Column("agency", sa.String(length=32), nullable=False),
        sa.Column("name_zh", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("set_up_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("agency", name=op.f("pk_org_zone")),
    )
    op.create_table(
        "org_administration",
        sa.Column("agency", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("actor_name", sa.String(length=128), nullable=False),
        sa.Column("act", sa.String(length=128), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("prev", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("agency", "seq", name=op.f("pk_org_administration")),
    )
    op.create_index("ix_org_administration_subject", "org_administration", ["agency", "subject"])
    with op.batch_alter_table("org_body") as batch:
        batch.add_column(sa.Column("closed_on", sa.Date(), nullable=True))
    with op.batch_alter_table("account") as batch:
        batch.add_column(
            sa.Column("must_change", sa.Boolean(), nullable=False, server_default=sa.false())
        )


def downgrade() -> None:
    """Undo it."""
    with op.batch_alter_table("account") as batch:
        batch.drop_column("must_change")
    with op.batch_alter_table("org_body") as batch:
        batch.drop_column("closed_on")
    op.drop_table("org_administration")
    op.drop_table("org_zone")
