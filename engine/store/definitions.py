"""Tables of deployed definitions, and what reads and writes them: numbered, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint, bindparam, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from engine.store.base import Base, table
from engine.store.ids import new_id
from engine.store.plain import plain

DEFAULT_AGENCY = "default"
"""The one agency of an installation that serves no other."""


class Definition(Base):
    """One version of a process: diagram, tables and forms, deployed together."""

    __tablename__ = "bpm_definition"
    __table_args__ = (UniqueConstraint("agency", "process", "version"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    agency: Mapped[str] = mapped_column(String(32))
    process: Mapped[str] = mapped_column(String(64))
    version: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    name_zh: Mapped[str] = mapped_column(String(128))
    name: Mapped[str] = mapped_column(String(128))
    deployed_at: Mapped[datetime]
    deployed_by: Mapped[str] = mapped_column(String(64))
    active: Mapped[bool] = mapped_column(default=True)


class DefinitionFile(Base):
    """One file of a version, byte for byte as it was deployed."""

    __tablename__ = "bpm_definition_file"

    definition_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("bpm_definition.id"), primary_key=True
    )
    path: Mapped[str] = mapped_column(String(255), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


@dataclass(frozen=True)
class DefinitionVersion:
    """The row of a version, without its files."""

    id: str
    agency: str
    process: str
    version: int
    digest: str
    name_zh: str
    name: str
    deployed_at: datetime
    deployed_by: str
    active: bool


@dataclass(frozen=True)
class NewDefinition:
    """What a deployment writes: names, digest and the files by path."""

    agency: str
    process: str
    digest: str
    name_zh: str
    name: str
    deployed_at: datetime
    deployed_by: str
    files: Mapping[str, bytes]


_VERSION = table(Definition)
_IN_FORCE = select(*(_VERSION.c[field.name] for field in fields(DefinitionVersion))).where(
    _VERSION.c.agency == bindparam("agency"), _VERSION.c.active.is_(True)
)
_ACTIVE = _IN_FORCE.order_by(_VERSION.c.process)
_LATEST = (
    _IN_FORCE.where(_VERSION.c.process == bindparam("process"))
    .order_by(_VERSION.c.version.desc())
    .limit(1)
)


def insert_definition(session: Session, new: NewDefinition) -> DefinitionVersion:
    """Write the next version of a process and make it the active one for new instances."""
    number = 1 + max(
        (d.version for d in versions(session, new.process, agency=new.agency)), default=0
    )
    row = Definition(
        id=new_id(),
        agency=new.agency,
        process=new.process,
        version=number,
        digest=new.digest,
        name_zh=new.name_zh,
        name=new.name,
        deployed_at=new.deployed_at,
        deployed_by=new.deployed_by,
        active=True,
    )
    session.execute(
        update(Definition)
        .where(Definition.agency == new.agency, Definition.process == new.process)
        .values(active=False)
    )
    session.add(row)
    session.flush()
    session.add_all(
        DefinitionFile(definition_id=row.id, path=path, content=content)
        for path, content in new.files.items()
    )
    session.flush()
    return plain(DefinitionVersion, row)


def latest(
    session: Session, process: str, *, agency: str = DEFAULT_AGENCY
) -> DefinitionVersion | None:
    """Return the version that new instances of a process use, or None if there is none."""
    row = session.connection().execute(_LATEST, {"agency": agency, "process": process}).first()
    return DefinitionVersion(*row) if row is not None else None


def versions(
    session: Session, process: str, *, agency: str = DEFAULT_AGENCY
) -> list[DefinitionVersion]:
    """Return every version of an agency's process, oldest first."""
    rows = session.execute(
        select(Definition)
        .where(Definition.agency == agency, Definition.process == process)
        .order_by(Definition.version)
    ).scalars()
    return [plain(DefinitionVersion, row) for row in rows]


def active(session: Session, *, agency: str = DEFAULT_AGENCY) -> list[DefinitionVersion]:
    """Return the version in force of every process of an agency, by process id."""
    rows = session.connection().execute(_ACTIVE, {"agency": agency}).all()
    return [DefinitionVersion(*row) for row in rows]


def lock(session: Session, process: str, *, agency: str = DEFAULT_AGENCY) -> None:
    """Let nobody else deploy a process until the unit of work ends."""
    mine = (Definition.agency == agency, Definition.process == process)
    session.execute(
        select(Definition.id).where(*mine).order_by(Definition.version).with_for_update()
    ).all()


_LARGEST_VERSION = 2**31 - 1


def files(
    session: Session, process: str, version: int, *, agency: str = DEFAULT_AGENCY
) -> dict[str, bytes]:
    """Return the files of a version by path; empty if there is no such version."""
    if version > _LARGEST_VERSION:
        return {}  # beyond what the column holds: asking would be an error, not an answer
    rows = session.execute(
        select(DefinitionFile.path, DefinitionFile.content)
        .join(Definition, Definition.id == DefinitionFile.definition_id)
        .where(
            Definition.agency == agency,
            Definition.process == process,
            Definition.version == version,
        )
    )
    return {path: bytes(content) for path, content in rows}
