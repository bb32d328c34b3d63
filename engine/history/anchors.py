"""Anchors: the heads of all chains at an instant, signed with a key outside the database.

A chain alone shows that a row was changed; whoever could rewrite a whole chain is caught by an
anchor. What happened since the last anchor is the window that the verifier's report names.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from engine import clock
from engine.history.chain import ORIGIN
from engine.store.base import json_text
from engine.store.tables import Anchor, AnchorHead, Case, History

Head = tuple[str, int, str]


@dataclass(frozen=True)
class AnchorFault:
    """An anchor that does not fit, or a head of a case's chain that has moved since."""

    message: str
    message_zh: str
    case_id: str | None = None


MOST_HEADS = 5_000
"""Heads in one anchor; more wait for the next one."""


def anchor_heads(session: Session, key: bytes) -> int:
    """Anchor every chain that grew since its last anchor; return how many.

    The last anchor is locked, so that two workers write one after the other.
    """
    last = session.execute(
        select(Anchor).order_by(Anchor.seq.desc()).limit(1).with_for_update()
    ).scalar_one_or_none()
    heads = _grown(session)
    if not heads:
        return 0
    now = clock.now()
    seq, prev = (last.seq + 1, last.digest) if last else (1, ORIGIN)
    digest = _digest(seq, now, prev, heads)
    session.execute(
        insert(Anchor).values(
            seq=seq,
            at=now,
            heads=len(heads),
            digest=digest,
            prev=prev,
            signature=_signature(key, digest),
        )
    )
    rows = [{"anchor": seq, "case_id": c, "seq": s, "hash": h} for c, s, h in heads]
    session.execute(insert(AnchorHead), rows)
    ids = [case_id for case_id, _, _ in heads]
    session.execute(update(Case).where(Case.id.in_(ids)).values(anchored_seq=Case.history_seq))
    return len(heads)


def anchor_faults(session: Session, key: bytes | None = None) -> Iterator[AnchorFault]:
    """Yield every anchor that does not fit, and every head that has moved."""
    prev, expected = ORIGIN, 1
    for anchor in session.execute(select(Anchor).order_by(Anchor.seq)).scalars():
        if anchor.seq != expected or anchor.prev != prev:
            yield AnchorFault(
                f"Expected anchor {expected} to follow the one before, but it does not",
                f"锚点 {expected} 与前一个不衔接",
            )
        if anchor.digest != _digest(anchor.seq, anchor.at, anchor.prev, _heads(session, anchor)):
            yield AnchorFault(
                f"Expected anchor {anchor.seq} to hold what was signed, but it was changed",
                f"锚点 {anchor.seq} 的内容被改动",
            )
        if key is not None and not hmac.compare_digest(
            anchor.signature, _signature(key, anchor.digest)
        ):
            yield AnchorFault(
                f"Expected anchor {anchor.seq} to bear our signature, but it does not",
                f"锚点 {anchor.seq} 的签名不是本机密钥所签",
            )
        prev, expected = anchor.digest, anchor.seq + 1
    yield from _moved_heads(session)


def unanchored_rows(session: Session) -> int:
    """Return how many history rows no anchor covers yet."""
    count = session.execute(
        select(func.coalesce(func.sum(Case.history_seq - Case.anchored_seq), 0))
    ).scalar_one()
    return int(count)


def _grown(session: Session) -> list[Head]:
    # A case that a command holds right now is left for the next anchor.
    rows = session.execute(
        select(Case.id, Case.history_seq, Case.history_hash)
        .where(Case.history_seq > Case.anchored_seq)
        .order_by(Case.id)
        .limit(MOST_HEADS)
        .with_for_update(skip_locked=True)
    )
    return [(row.id, row.history_seq, row.history_hash) for row in rows]


def _heads(session: Session, anchor: Anchor) -> list[Head]:
    rows = session.execute(
        select(AnchorHead.case_id, AnchorHead.seq, AnchorHead.hash)
        .where(AnchorHead.anchor == anchor.seq)
        .order_by(AnchorHead.case_id)
    )
    return [(row.case_id, row.seq, row.hash) for row in rows]


def _moved_heads(session: Session) -> Iterator[AnchorFault]:
    rows = session.execute(
        select(AnchorHead.anchor, AnchorHead.case_id, AnchorHead.seq)
        .outerjoin(
            History, (History.case_id == AnchorHead.case_id) & (History.seq == AnchorHead.seq)
        )
        .where((History.hash != AnchorHead.hash) | History.hash.is_(None))
        .order_by(AnchorHead.anchor, AnchorHead.case_id)
    )
    for row in rows:
        yield AnchorFault(
            f"Expected row {row.seq} of case {row.case_id} to be the one in anchor {row.anchor}, "
            "but it is another",
            f"案件 {row.case_id} 第 {row.seq} 条历史记录与锚点 {row.anchor} 不符",
            row.case_id,
        )


def _digest(seq: int, at: datetime, prev: str, heads: Sequence[Head]) -> str:
    instant = at.astimezone(UTC).isoformat(timespec="microseconds")
    text = json_text({"seq": seq, "at": instant, "prev": prev, "heads": [list(h) for h in heads]})
    return hashlib.sha256(text.encode()).hexdigest()


def _signature(key: bytes, digest: str) -> str:
    return hmac.new(key, digest.encode(), hashlib.sha256).hexdigest()
