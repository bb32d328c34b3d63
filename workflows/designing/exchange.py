"""Versions and drafts out of the product as packages, and packages in as drafts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.deployment.bundle import Bundle
from engine.errors import NotFound
from engine.execution.bpmn_model import ProcessInfo
from engine.ports import Actor
from engine.store import definitions
from engine.store.database import Database
from engine.store.definitions import DefinitionVersion
from workflows.designing import contents, drafts, normal, paths, rules
from workflows.designing.beginning import begun, check_process, shipped_scenarios
from workflows.designing.drafts import Draft
from workflows.designing.packing import Package
from workflows.designing.permission import changing_desk
from workflows.designing.tables import DraftRow


def of_version(session: Session, agency: str, process: str, version: int) -> Package:
    """Return a version as a package, byte for byte as it was deployed, with its scenarios."""
    versions = definitions.versions(session, process, agency=agency)
    found = next((one for one in versions if one.version == version), None)
    if found is None:
        raise NotFound("Expected a version of a process, but there is none", "没有该流程版本")
    held = definitions.files(session, process, version, agency=agency)
    made = _made_by(session, agency, process, version)
    beside = drafts.files(session, made.id) if made is not None else shipped_scenarios(process)
    told = {
        "process": process,
        "name_zh": found.name_zh,
        "name": found.name,
        "version": version,
        "digest": found.digest,
    }
    return Package(process, {**_scenarios(beside), **held}, {**told, **_rules(made, held)})


def of_draft(session: Session, draft: Draft) -> Package:
    """Return a draft as a package, written as it would be deployed."""
    files = drafts.files(session, draft.id)
    bundle = contents.bundle(session, draft, files)
    told: dict[str, Any] = {
        "process": draft.process,
        "name_zh": draft.title,
        "name": draft.title_en,
        "version": draft.base,
    }
    held = {**_scenarios(files), **bundle.files}
    told |= _from(session, draft) | _rules(draft, bundle.files)
    return Package(draft.process, held, told)


def take_in(database: Database, actor: Actor, agency: str, package: Package) -> Draft:
    """Make a draft of a package, from the version that it says it came from.

    Raises:
        Invalid: the process may not be called so, or a file cannot be kept.
    """

    # A large diagram takes seconds to be read, and everybody who writes would wait for it.
    info = Bundle(package.process, package.files).info

    def work(session: Session) -> Draft:
        desk = changing_desk(session, actor, agency)
        check_process(package.process)
        base = _base(session, agency, package)
        last = definitions.latest(session, package.process, agency=agency)
        titles = _titles(package.process, info, last)
        return begun(desk, (package.process, base, titles), dict(package.files), "draft.import")

    return database.run(work)


def _titles(
    process: str, info: ProcessInfo | None, last: DefinitionVersion | None
) -> tuple[str, str]:
    """Return what a diagram calls its process in both languages, else what it was called last."""
    named, said = (info.name, info.documentation) if info is not None else ("", "")
    zh = named or (last.name_zh if last is not None else "") or process
    english = said.strip().partition("\n")[0].strip()
    return zh, english or (last.name if last is not None and not named else "") or zh


def _from(session: Session, draft: Draft) -> dict[str, Any]:
    """Return the digest of the version that a draft began from, to be known by again."""
    versions = definitions.versions(session, draft.process, agency=draft.agency)
    return {"digest": next((one.digest for one in versions if one.version == draft.base), "")}


def _base(session: Session, agency: str, package: Package) -> int:
    """Return the version that a package was made from; the last one where it says nothing."""
    versions = definitions.versions(session, package.process, agency=agency)
    told = package.manifest
    known = [one for one in versions if one.digest == told.get("digest")]
    known = [one for one in known if one.version == told.get("version")] or known
    return (known or versions)[-1].version if versions else 0


def _made_by(session: Session, agency: str, process: str, version: int) -> DraftRow | None:
    return session.scalar(
        select(DraftRow).where(
            DraftRow.agency == agency,
            DraftRow.process == process,
            DraftRow.state == drafts.LIVE,
            DraftRow.version == version,
        )
    )


def _scenarios(held: Mapping[str, bytes]) -> dict[str, bytes]:
    beside = (path for path in held if not paths.is_deployed(path))
    return {path: normal.normal(path, held[path]) for path in beside}


def _rules(draft: Draft | DraftRow | None, held: Mapping[str, bytes]) -> dict[str, Any]:
    """Return the rules that the files rest on."""
    named = draft is not None and draft.rule_set
    chosen = {"rule_set": f"{draft.rule_set}:{draft.rule_version}"} if draft and named else {}
    return {**chosen, "rule_values": rules.keys(held)}
