"""Proof that history is as it was written: every chain, its head, and every anchor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.history.anchors import AnchorFault, anchor_faults, unanchored_rows
from engine.history.chain import ORIGIN, Entry, entry_hash, personal_digest
from engine.store.plain import plain
from engine.store.tables import Case, History


@dataclass(frozen=True)
class Fault:
    """The first row of a case that does not fit, and what is wrong with it."""

    case_id: str
    seq: int
    message: str
    message_zh: str


@dataclass(frozen=True)
class Report:
    """What was read, what does not fit, and how much no anchor covers yet."""

    cases: int
    rows: int
    faults: tuple[Fault, ...]
    anchor_faults: tuple[AnchorFault, ...]
    unanchored: int

    @property
    def sound(self) -> bool:
        """Return whether everything fits."""
        return not self.faults and not self.anchor_faults


def verify_case(session: Session, case_id: str) -> Fault | None:
    """Return the first row of a case that does not fit, or None."""
    prev, seq = ORIGIN, 0
    for row in _rows(session, case_id):
        seq += 1
        fault = _fault(row, seq, prev)
        if fault is not None:
            return fault
        prev = row.hash
    return _head_fault(session, case_id, seq, prev)


def verify_all(session: Session, key: bytes | None = None) -> Report:
    """Check every chain; with the key, the anchors' signatures as well."""
    cases = list(session.execute(select(Case.id, Case.history_seq).order_by(Case.id)))
    faults = [fault for case in cases if (fault := verify_case(session, case.id)) is not None]
    return Report(
        cases=len(cases),
        rows=sum(case.history_seq for case in cases),
        faults=tuple(faults),
        anchor_faults=tuple(anchor_faults(session, key)),
        unanchored=unanchored_rows(session),
    )


def _rows(session: Session, case_id: str) -> Sequence[History]:
    rows = select(History).where(History.case_id == case_id).order_by(History.seq)
    return session.execute(rows).scalars().all()


def _fault(row: History, seq: int, prev: str) -> Fault | None:
    if row.seq != seq:
        return _found(row.case_id, seq, f"is missing; the next row is {row.seq}", "缺失")
    if row.prev != prev:
        return _found(row.case_id, seq, "does not follow the row before it", "与前一条不衔接")
    if row.hash != entry_hash(entry_of(row)):
        return _found(row.case_id, seq, "was changed", "内容被改动")
    if row.personal is not None and row.personal_digest != personal_digest(
        row.personal, row.salt or ""
    ):
        return _found(row.case_id, seq, "has changed personal content", "个人信息内容被改动")
    return None


def _head_fault(session: Session, case_id: str, seq: int, last: str) -> Fault | None:
    head = session.execute(
        select(Case.history_seq, Case.history_hash).where(Case.id == case_id)
    ).one_or_none()
    if head is None:
        return _found(case_id, seq, "belongs to a case that is gone", "所属案件不存在")
    if head.history_seq != seq:
        return _found(case_id, seq + 1, "is missing at the end of the chain", "末尾缺失")
    if seq and head.history_hash != last:
        return _found(case_id, seq, "is not the head that the case names", "与案件链首不符")
    return None


def entry_of(row: History) -> Entry:
    """Return the chained part of a stored row."""
    return plain(Entry, row)


def _found(case_id: str, seq: int, what: str, what_zh: str) -> Fault:
    return Fault(
        case_id,
        seq,
        f"Expected history row {seq} of case {case_id} to fit, but it {what}",
        f"案件 {case_id} 第 {seq} 条历史记录{what_zh}",
    )
