"""What is tried: a draft beside the processes in force, or files beside those of the source."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy.orm import Session

from engine.deployment.deploy import bundles_in_force
from workflows.deploying import bundles
from workflows.designing import contents, drafts, paths
from workflows.designing.drafts import Draft
from workflows.designing.packing import Package
from workflows.trying.trial import Trial


def of_draft(
    session: Session,
    draft: Draft,
    only: Collection[str] = (),
    held: Mapping[str, bytes] | None = None,
) -> Trial:
    """Return the trial of a draft as it was saved, beside the versions in force.

    Args:
        session: reads what is in force.
        draft: which draft.
        only: the scenarios to be played; all without it.
        held: the files of the draft, where they were read before.
    """
    beside = bundles_in_force(session, draft.agency)
    around = [one for one in beside.values() if one.process != draft.process]
    held = drafts.files(session, draft.id) if held is None else held
    bundle = contents.bundle(session, draft, held)
    return Trial(draft.process, [*around, bundle], scenarios(held), frozenset(only))


def of_package(package: Package) -> Trial:
    """Return the trial of exported files, beside the processes of the source tree."""
    around = [one for one in bundles() if one.process != package.process]
    own = drafts.bundle_of(package.process, package.files)
    return Trial(package.process, [*around, own], scenarios(package.files))


def scenarios(held: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the scenarios among files, by path."""
    return {path: held[path] for path in sorted(held) if not paths.is_deployed(path)}
