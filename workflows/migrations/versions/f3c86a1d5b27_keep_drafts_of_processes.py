"""Keep drafts of processes: files, savings, hands, comments and news."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "f3c86a1d5b27"
down_revision = "8a1c5f2e7d34"
branch_labels = None
depends_on = None

DRAFT = "design_draft.id"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "design_draft",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("agency", sa.String(length=32), nullable=False),
        sa.Column("process", sa.String(length=64), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=64), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.String(length=64), nullable=True),
        sa.Column("approved_by", sa.String(length=64), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("rule_set", sa.String(length=64), nullable=True),
        sa.Column("rule_version", sa.Integer(), nullable=True),
        sa.Column("live_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_design_draft")),
    )
    op.create_index("ix_design_draft_process", "design_draft", ["agency", "process"])
    op.create_index("ix_design_draft_live_at", "design_draft", ["state", "live_at"])
    op.create_table(
        "design_file",
        sa.Column("draft_id", sa.String(length=36), nullable=False),
        sa.Column("path", sa.String(length=255), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        _of_draft("design_file"),
        sa.PrimaryKeyConstraint("draft_id", "path", name=op.f("pk_design_file")),
    )
    op.create_table(
        "design_saving",
        sa.Column("draft_id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("path", sa.String(length=255), nullable=False),
        sa.Column("before", sa.LargeBinary(), nullable=True),
        sa.Column("after", sa.LargeBinary(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        _of_draft("design_saving"),
        sa.PrimaryKeyConstraint("draft_id", "seq", name=op.f("pk_design_saving")),
    )
    op.create_table(
        "design_hand",
        sa.Column("draft_id", sa.String(length=36), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        _of_draft("design_hand"),
        sa.PrimaryKeyConstraint("draft_id", "person", name=op.f("pk_design_hand")),
    )
    op.create_table(
        "design_comment",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("draft_id", sa.String(length=36), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        _of_draft("design_comment"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_design_comment")),
    )
    op.create_index("ix_design_comment_draft", "design_comment", ["draft_id", "at"])
    op.create_table(
        "design_news",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("draft_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("text_zh", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        _of_draft("design_news"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_design_news")),
    )
    op.create_index("ix_design_news_person", "design_news", ["person", "read_at", "at"])


def downgrade() -> None:
    """Undo it."""
    for name in ("news", "comment", "hand", "saving", "file", "draft"):
        op.drop_table(f"design_{name}")


def _of_draft(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_draft_id_design_draft")
    return sa.ForeignKeyConstraint(["draft_id"], [DRAFT], ondelete="CASCADE", name=name)
