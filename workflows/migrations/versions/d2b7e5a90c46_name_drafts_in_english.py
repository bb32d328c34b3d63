"""Name drafts in English, and keep news of versions that no draft led to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "d2b7e5a90c46"
down_revision = "d4b81f6c3e97"
branch_labels = None
depends_on = None

_NAMED = """
UPDATE design_draft SET title_en = COALESCE(
  (SELECT name FROM bpm_definition AS one WHERE one.agency = design_draft.agency
    AND one.process = design_draft.process AND one.version = design_draft.base),
  title)
"""


def upgrade() -> None:
    """Add the columns; a draft is called as the version that it began from."""
    # Not in a batch: SQLite would make the table anew, and lose all that belongs to its rows.
    title = sa.Column("title_en", sa.String(length=200), nullable=False, server_default="")
    op.add_column("design_draft", title)
    op.execute(_NAMED)
    with op.batch_alter_table("design_news") as batch:
        batch.alter_column("draft_id", existing_type=sa.String(length=36), nullable=True)
        batch.add_column(sa.Column("process", sa.String(length=64), nullable=True))
        batch.add_column(sa.Column("version", sa.Integer(), nullable=True))
        batch.drop_column("kind")


def downgrade() -> None:
    """Undo it; news of versions alone are lost."""
    op.execute("DELETE FROM design_news WHERE draft_id IS NULL")
    with op.batch_alter_table("design_news") as batch:
        batch.add_column(
            sa.Column("kind", sa.String(length=32), nullable=False, server_default="draft")
        )
        batch.drop_column("version")
        batch.drop_column("process")
        batch.alter_column("draft_id", existing_type=sa.String(length=36), nullable=False)
    with op.batch_alter_table("design_news") as batch:
        batch.alter_column("kind", server_default=None)
    op.drop_column("design_draft", "title_en")
