"""Deployed versions of processes: their files are those of which the digest was taken."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.deployment.bundle import Bundle
from engine.store.definitions import Definition, DefinitionFile
from engine.work.checking.findings import Finding


def definition_findings(session: Session) -> Iterator[Finding]:
    """Yield every version whose files are not, or no longer, as they were deployed."""
    rows = session.execute(
        select(
            Definition.id,
            Definition.agency,
            Definition.process,
            Definition.version,
            Definition.digest,
        ).order_by(Definition.agency, Definition.process, Definition.version)
    )
    for row in rows.all():
        files = session.execute(
            select(DefinitionFile.path, DefinitionFile.content).where(
                DefinitionFile.definition_id == row.id
            )
        )
        bundle = Bundle(row.process, {file.path: bytes(file.content) for file in files})
        if bundle.digest != row.digest:
            yield Finding(
                "definitions",
                f"Expected version {row.version} of {row.process} as it was deployed in "
                f"{row.agency}, but its files were changed",
                f"{row.agency} 的流程 {row.process} 第 {row.version} 版的文件在部署后被改动",
            )
