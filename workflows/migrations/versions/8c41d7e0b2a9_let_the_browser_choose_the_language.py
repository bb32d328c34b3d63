"""Let the browser choose the language until the person does."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "8c41d7e0b2a9"
down_revision = "667902a14eef"
branch_labels = None
depends_on = None

ACCOUNT = sa.table("account", sa.column("language", sa.String))


def upgrade() -> None:
    """Forget the language that every account began with; English was always chosen."""
    with op.batch_alter_table("account") as batch:
        batch.alter_column("language", existing_type=sa.String(8), nullable=True)
    op.execute(ACCOUNT.update().where(ACCOUNT.c.language == "zh").values(language=None))


def downgrade() -> None:
    """Undo it."""
    op.execute(ACCOUNT.update().where(ACCOUNT.c.language.is_(None)).values(language="zh"))
    with op.batch_alter_table("account") as batch:
        batch.alter_column("language", existing_type=sa.String(8), nullable=False)
