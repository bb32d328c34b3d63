"""Keep the steps of tokens in the order of their cases, and no index that nobody asks."""

from __future__ import annotations

from alembic import op

revision = "8a1c5f2e7d34"
down_revision = "4e9b27d1c0f8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let one index do what two did: steps are only ever read by case."""
    with op.batch_alter_table("bpm_visit") as batch:
        batch.drop_index("ix_bpm_visit_case")
        batch.drop_constraint("pk_bpm_visit", type_="primary")
        batch.create_primary_key("pk_bpm_visit", ["case_id", "id"])
    op.drop_index("ix_bpm_case_agency_process", table_name="bpm_case")


def downgrade() -> None:
    """Undo it."""
    op.create_index(
        "ix_bpm_case_agency_process", "bpm_case", ["agency", "process", "created_at"]
    )
    with op.batch_alter_table("bpm_visit") as batch:
        batch.drop_constraint("pk_bpm_visit", type_="primary")
        batch.create_primary_key("pk_bpm_visit", ["id"])
        batch.create_index("ix_bpm_visit_case", ["case_id", "id"])
