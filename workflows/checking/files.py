"""Evidence: every file that is named lies there unaltered; what nobody names is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engine.work.checking.findings import Finding
from workflows.domain import evidence_reach
from workflows.domain.evidence import EvidenceStore
from workflows.domain.evidence_tables import EvidenceRow
from workflows.domain.hazard_case import HazardCase

_NAMED = 5
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_FIELD = re.compile(r"(photos|evidence|proof|recording|attachments|papers|files)[^.]*$")
"""Where a document keeps ids of files; other places keep ids of other things."""

_PAGE = 500

_COLUMNS = (
    EvidenceRow.id,
    EvidenceRow.case_id,
    EvidenceRow.name,
    EvidenceRow.sha256,
    EvidenceRow.size,
    EvidenceRow.screen_sha256,
)


def evidence_findings(
    session: Session, store: EvidenceStore, seen: Callable[[int], None]
) -> Iterator[Finding]:
    """Yield every file that is missing or altered, or of another size than its row says."""
    last = ""
    while True:
        rows = session.execute(
            select(*_COLUMNS).where(EvidenceRow.id > last).order_by(EvidenceRow.id).limit(_PAGE)
        ).all()
        if not rows:
            return
        last = rows[-1].id
        for row in rows:
            for digest, size in ((row.sha256, row.size), (row.screen_sha256, None)):
                why = _fault(store, digest, size) if digest else None
                if why:
                    yield Finding(
                        "evidence",
                        f"Expected the evidence {row.name} ({row.id}) as it came, but {why[0]}",
                        f"证据 {row.name}（{row.id}）{why[1]}",
                        row.case_id,
                    )
            seen(1)


def _fault(store: EvidenceStore, digest: str, size: int | None) -> tuple[str, str] | None:
    found = store.measured(digest)
    if found is None:
        return f"the file {digest} is missing", f"的文件 {digest} 缺失"
    if found.sha256 != digest:
        return f"the file {digest} was altered", f"的文件 {digest} 已被改动"
    if size is not None and found.size != size:
        return (
            f"its row says {size} bytes, not {found.size}",
            f"登记 {size} 字节，实为 {found.size}",
        )
    return None


def named_findings(session: Session, case: HazardCase) -> Iterator[Finding]:
    """Yield the files that belong to a case and that its document lost, or never were its own."""
    own = set(
        session.execute(select(EvidenceRow.id).where(EvidenceRow.case_id == case.id)).scalars()
    )
    named = {
        text
        for text, places in evidence_reach.places(case.document).items()
        if _ID.fullmatch(text) and any(_FIELD.search(place) for place in places)
    }
    for strange in sorted(named - own):
        yield Finding(
            "evidence",
            f"Expected the evidence {strange} to be bound to the case, but it is not",
            f"案件引用的证据 {strange} 未登记在本案名下",
            case.id,
        )


def orphan_findings(session: Session, directory: Path) -> Iterator[Finding]:
    """Tell files that no row names: an upload that was cut off leaves one, which harms nobody.

    `session` is a new one: a file whose row was written since the check began is no orphan.
    """
    strange: list[str] = []
    for folder in sorted(directory.iterdir()) if directory.is_dir() else ():
        if not folder.is_dir():
            continue
        names = {path.name for path in folder.iterdir()}
        strange += sorted(names - _known(session, folder.name))
    if strange:
        more = "" if len(strange) <= _NAMED else " …"
        shown = ", ".join(strange[:_NAMED]) + more
        yield Finding(
            "orphans",
            f"{len(strange)} files in the evidence are named by no row: {shown}",
            f"证据目录中有 {len(strange)} 个文件没有登记：{shown}",
            serious=False,
        )


def _known(session: Session, prefix: str) -> set[str]:
    rows = session.execute(
        select(EvidenceRow.sha256, EvidenceRow.screen_sha256).where(
            or_(EvidenceRow.sha256.startswith(prefix), EvidenceRow.screen_sha256.startswith(prefix))
        )
    )
    return {digest for row in rows for digest in row if digest}
