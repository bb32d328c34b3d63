"""Imports that were asked for on the page: how far each has come, its file and its report."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.base import Base
from workflows.leasing import Leased

# One that is checked may wait to be confirmed while another is at work.
_SENT = text("state IN ('waiting', 'checking')")


class ImportRow(Leased, Base):
    """One import of a ledger file, from its upload to its end."""

    __tablename__ = "hz_import"
    __table_args__ = (
        Index("ix_hz_import_state", "state", "created_at"),
        Index("ix_hz_import_person", "agency", "person", "created_at"),
        Index(
            "uq_hz_import_sent",
            "agency",
            "person",
            unique=True,
            sqlite_where=_SENT,
            postgresql_where=_SENT,
        ),
    )

    person: Mapped[str] = mapped_column(String(64))
    acting_for: Mapped[str | None] = mapped_column(String(64))
    file_name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int]
    rows: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    """Rows checked or added so far."""

    added: Mapped[int] = mapped_column(default=0)
    known: Mapped[int] = mapped_column(default=0)
    faults: Mapped[int] = mapped_column(default=0)


class ImportFileRow(Base):
    """The file of an import, until it is finished."""

    __tablename__ = "hz_import_file"

    import_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("hz_import.id", ondelete="CASCADE"), primary_key=True
    )
    content: Mapped[bytes] = mapped_column(LargeBinary)


class ImportLineRow(Base):
    """One line of the report: a fault of a cell, or what became of a row."""

    __tablename__ = "hz_import_line"

    import_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("hz_import.id", ondelete="CASCADE"), primary_key=True
    )
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    line: Mapped[int]
    outcome: Mapped[str] = mapped_column(String(8))
    column_zh: Mapped[str] = mapped_column(String(64), default="")
    column: Mapped[str] = mapped_column(String(64), default="")
    message_zh: Mapped[str] = mapped_column(String(500), default="")
    message: Mapped[str] = mapped_column(String(500), default="")
    case_id: Mapped[str | None] = mapped_column(String(36))
