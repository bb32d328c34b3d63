"""Keep what became of the scenarios of drafts when they were played last."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "d4b81f6c3e97"
down_revision = "d5a8f21c6e90"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "design_played",
        sa.Column("draft_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("failed", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["design_draft.id"],
            name=op.f("fk_design_played_draft_id_design_draft"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("draft_id", "name", name=op.f("pk_design_played")),
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_table("design_played")
