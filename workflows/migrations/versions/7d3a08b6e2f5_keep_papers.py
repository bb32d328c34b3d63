"""Keep papers as they were issued."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "7d3a08b6e2f5"
down_revision = "5b2e61f49c07"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; papers are issued from here on."""
    op.create_table(
        "hz_paper",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("agency", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.String(length=64), nullable=False),
        sa.Column("signatories", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["bpm_case.id"],
            name=op.f("fk_hz_paper_case_id_bpm_case"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hz_paper")),
        sa.UniqueConstraint("agency", "number", "edition", name=op.f("uq_hz_paper_agency_number_edition")),
    )
    op.create_index("ix_hz_paper_case", "hz_paper", ["case_id", "issued_at"])


def downgrade() -> None:
    """Undo it."""
    op.drop_table("hz_paper")
