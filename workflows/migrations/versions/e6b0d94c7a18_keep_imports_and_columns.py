"""Keep imports from the page, and which columns of the ledger a person chose."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "e6b0d94c7a18"
down_revision = "c2f4a8e61b35"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "hz_ledger_columns",
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("columns", sa.String(length=1000), nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_hz_ledger_columns")),
    )
    _imports()
    _parts()


def downgrade() -> None:
    """Undo it."""
    for table in ("hz_import_line", "hz_import_file", "hz_import", "hz_ledger_columns"):
        op.drop_table(table)


def _imports() -> None:
    op.create_table(
        "hz_import",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("agency", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("acting_for", sa.String(length=64), nullable=True),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("rows", "done", "added", "known", "faults")
        ),
        sa.Column("holder", sa.String(length=36), nullable=True),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hz_import")),
    )
    op.create_index("ix_hz_import_state", "hz_import", ["state", "created_at"])
    op.create_index("ix_hz_import_person", "hz_import", ["agency", "person", "created_at"])


def _parts() -> None:
    op.create_table(
        "hz_import_file",
        sa.Column("import_id", sa.String(length=36), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["hz_import.id"],
            name=op.f("fk_hz_import_file_import_id_hz_import"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("import_id", name=op.f("pk_hz_import_file")),
    )
    op.create_table(
        "hz_import_line",
        sa.Column("import_id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column("column_zh", sa.String(length=64), nullable=False),
        sa.Column("column", sa.String(length=64), nullable=False),
        sa.Column("message_zh", sa.String(length=500), nullable=False),
        sa.Column("message", sa.String(length=500), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["hz_import.id"],
            name=op.f("fk_hz_import_line_import_id_hz_import"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("import_id", "seq", name=op.f("pk_hz_import_line")),
    )
