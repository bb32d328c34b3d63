"""Deploys bundles: checked together, numbered, never changed afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from engine.deployment.bundle import Bundle
from engine.deployment.environment import GateEnvironment
from engine.deployment.findings import Finding
from engine.deployment.gate import check, errors_of
from engine.errors import FieldError, Invalid
from engine.ports import Actor
from engine.store import definitions

_KEPT: Final = 64
"""Bundles that are remembered: reading a diagram anew takes longer than its rows."""


@dataclass(frozen=True)
class Deployed:
    """A process and the version that its new instances use from now on."""

    process: str
    version: int
    new: bool


def deploy(
    session: Any,  # noqa: ANN401 a session of the unit of work; this room speaks no SQL
    bundles: Sequence[Bundle],
    environment: GateEnvironment,
    *,
    actor: Actor,
    now: datetime,
    agency: str = definitions.DEFAULT_AGENCY,
) -> list[Deployed]:
    """Check bundles together and make each that changed a new version.

    The same content as the version in force stays that version; other content, also that of an
    older version, becomes the next one. Running instances keep theirs.

    Args:
        session: within a unit of work, which commits all versions or none.
        bundles: the bundles of the set; messages between them are followed.
        environment: what the application gives; processes in force are added to it.
        actor: who deploys.
        now: the instant of the deployment.
        agency: whose definitions they are.

    Raises:
        Invalid: the gate found errors; `errors` holds all by file and element, `details` the
            findings themselves.
    """
    beside = bundles_in_force(session, agency)
    contracts = {name: bundle.contract for name, bundle in beside.items()}
    known = replace(environment, processes={**contracts, **environment.processes})
    refuse_errors(check(bundles, known))
    return put(session, bundles, actor=actor, now=now, agency=agency)


def put(
    session: Any,  # noqa: ANN401
    bundles: Sequence[Bundle],
    *,
    actor: Actor,
    now: datetime,
    agency: str = definitions.DEFAULT_AGENCY,
) -> list[Deployed]:
    """Make each bundle that changed a new version, after whoever asks has examined them."""
    return [_put_one(session, bundle, actor, now, agency) for bundle in bundles]


def bundles_in_force(
    session: Any,  # noqa: ANN401
    agency: str = definitions.DEFAULT_AGENCY,
) -> dict[str, Bundle]:
    """Return the version in force of each of an agency's processes, by process id."""
    found = {}
    for one in definitions.active(session, agency=agency):
        files = definitions.files(session, one.process, one.version, agency=agency)
        found[one.process] = _bundle(one.process, tuple(sorted(files.items())))
    return found


@lru_cache(maxsize=_KEPT)
def _bundle(process: str, files: tuple[tuple[str, bytes], ...]) -> Bundle:
    """Return a bundle; a version never changes, so its files are read once."""
    return Bundle(process, dict(files))


def refuse_errors(findings: Sequence[Finding]) -> None:
    """Raise Invalid with every error among some findings; warnings let pass."""
    wrong = errors_of(findings)
    if not wrong:
        return
    raise Invalid(
        f"Expected bundles that run as drawn, but {len(wrong)} errors were found",
        f"部署检查发现 {len(wrong)} 处错误",
        [FieldError(_where(f), f.text("en"), f.text("zh")) for f in wrong],
        findings=tuple(findings),
    )


def _where(finding: Finding) -> str:
    return ":".join(filter(None, (finding.file, str(finding.line or ""), finding.element)))


def _put_one(
    session: Any,  # noqa: ANN401
    bundle: Bundle,
    actor: Actor,
    now: datetime,
    agency: str,
) -> Deployed:
    current = definitions.latest(session, bundle.process, agency=agency)
    if current is not None and current.digest == bundle.digest:
        return Deployed(bundle.process, current.version, new=False)
    name_zh, name = _names(bundle)
    version = definitions.insert_definition(
        session,
        definitions.NewDefinition(
            agency=agency,
            process=bundle.process,
            digest=bundle.digest,
            name_zh=name_zh,
            name=name,
            deployed_at=now,
            deployed_by=actor.id,
            files=bundle.files,
        ),
    )
    return Deployed(bundle.process, version.version, new=True)


def _names(bundle: Bundle) -> tuple[str, str]:
    """Return the Chinese name and the English one: the first line of the documentation."""
    info = bundle.info
    chinese = info.name if info is not None and info.name else bundle.process
    documentation = info.documentation if info is not None else ""
    return chinese, documentation.partition("\n")[0].strip() or chinese
