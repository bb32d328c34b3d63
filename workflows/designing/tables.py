"""Tables of drafts: files, every saving, who had a hand, comments, news, played scenarios."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.base import Base

DRAFT = "design_draft.id"


class DraftRow(Base):
    """A draft of a process; `revision` counts its savings, `base` is the version it began from."""

    __tablename__ = "design_draft"
    __table_args__ = (
        Index("ix_design_draft_process", "agency", "process"),
        Index("ix_design_draft_live_at", "state", "live_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    agency: Mapped[str] = mapped_column(String(32))
    process: Mapped[str] = mapped_column(String(64))
    base: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    title_en: Mapped[str] = mapped_column(String(200), server_default="")
    state: Mapped[str] = mapped_column(String(12))
    revision: Mapped[int]
    created_by: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(String(64))
    changed_at: Mapped[datetime]
    proposed_by: Mapped[str | None] = mapped_column(String(64))
    approved_by: Mapped[str | None] = mapped_column(String(64))
    digest: Mapped[str | None] = mapped_column(String(64))
    """Of what was proposed: what goes live is what was approved."""

    rule_set: Mapped[str | None] = mapped_column(String(64))
    rule_version: Mapped[int | None]
    """The rules that it was made for, where it names some."""

    live_at: Mapped[datetime | None]
    version: Mapped[int | None]
    reason: Mapped[str | None] = mapped_column(Text)
    """Why it is open again, in Chinese and English, one a line."""


class DraftFileRow(Base):
    """One file of a draft as it was saved last."""

    __tablename__ = "design_file"

    draft_id: Mapped[str] = mapped_column(
        String(36), ForeignKey(DRAFT, ondelete="CASCADE"), primary_key=True
    )
    path: Mapped[str] = mapped_column(String(255), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class SavingRow(Base):
    """One saving: the file before and after it, packed; NULL where there was or is none."""

    __tablename__ = "design_saving"

    draft_id: Mapped[str] = mapped_column(
        String(36), ForeignKey(DRAFT, ondelete="CASCADE"), primary_key=True
    )
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    path: Mapped[str] = mapped_column(String(255))
    before: Mapped[bytes | None] = mapped_column(LargeBinary)
    after: Mapped[bytes | None] = mapped_column(LargeBinary)
    size: Mapped[int]
    """Bytes that both take up here."""

    by: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    undone: Mapped[bool]


class HandRow(Base):
    """Who changed, brought or proposed something of a draft, and therefore never approves it."""

    __tablename__ = "design_hand"

    draft_id: Mapped[str] = mapped_column(
        String(36), ForeignKey(DRAFT, ondelete="CASCADE"), primary_key=True
    )
    person: Mapped[str] = mapped_column(String(64), primary_key=True)


class DraftCommentRow(Base):
    """What somebody wrote about a draft."""

    __tablename__ = "design_comment"
    __table_args__ = (Index("ix_design_comment_draft", "draft_id", "at"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    draft_id: Mapped[str] = mapped_column(String(36), ForeignKey(DRAFT, ondelete="CASCADE"))
    by: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    text: Mapped[str] = mapped_column(Text)


class DraftNewsRow(Base):
    """What a person is told about a draft, or a version that none led to; one row a person."""

    __tablename__ = "design_news"
    __table_args__ = (Index("ix_design_news_person", "person", "read_at", "at"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person: Mapped[str] = mapped_column(String(64))
    draft_id: Mapped[str | None] = mapped_column(String(36), ForeignKey(DRAFT, ondelete="CASCADE"))
    process: Mapped[str | None] = mapped_column(String(64))
    version: Mapped[int | None]
    text_zh: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class PlayedRow(Base):
    """The last time a scenario of a draft was played; `digest` is of all that was played."""

    __tablename__ = "design_played"

    draft_id: Mapped[str] = mapped_column(
        String(36), ForeignKey(DRAFT, ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(String(255), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    passed: Mapped[bool]
    failed: Mapped[str] = mapped_column(Text)
    """Of one that does not hold, the first failure in Chinese and English, one a line."""

    by: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
