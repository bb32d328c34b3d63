"""The table of papers: what was issued, word for word."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.base import Base


class PaperRow(Base):
    """One edition of a paper; the content is never written again, only marked."""

    __tablename__ = "hz_paper"
    __table_args__ = (
        UniqueConstraint("agency", "number", "edition"),
        Index("ix_hz_paper_case", "case_id", "issued_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(36), ForeignKey("bpm_case.id", ondelete="CASCADE"))
    agency: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(8))
    subject: Mapped[str] = mapped_column(String(64))
    number: Mapped[str] = mapped_column(String(64))
    edition: Mapped[int]
    issued_at: Mapped[datetime]
    issued_by: Mapped[str] = mapped_column(String(64))
    signatories: Mapped[str] = mapped_column(Text)
    content: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    superseded_at: Mapped[datetime | None]
    voided_at: Mapped[datetime | None]
