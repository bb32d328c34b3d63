"""Index what the ledger is asked."""

from __future__ import annotations

from alembic import op

revision = "5b2e61f49c07"
down_revision = "3f7a90c5d1e4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Index the order of the ledger and its counts; drop what no query has used."""
    op.drop_index("ix_hz_hazard_state", table_name="hz_hazard")
    op.create_index("ix_hz_hazard_found", "hz_hazard", ["found_at"])
    op.create_index("ix_hz_hazard_level", "hz_hazard", ["level", "state"])
    op.create_index("ix_hz_hazard_state", "hz_hazard", ["state", "current_due_at"])
    op.drop_index("ix_bpm_definition_process", table_name="bpm_definition")


def downgrade() -> None:
    """Undo it."""
    op.create_index("ix_bpm_definition_process", "bpm_definition", ["process", "version"])
    op.drop_index("ix_hz_hazard_state", table_name="hz_hazard")
    op.drop_index("ix_hz_hazard_level", table_name="hz_hazard")
    op.drop_index("ix_hz_hazard_found", table_name="hz_hazard")
    op.create_index("ix_hz_hazard_state", "hz_hazard", ["agency", "state", "current_due_at"])
