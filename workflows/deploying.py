"""Deploy the processes of the source tree: one gate over all, then numbered versions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from engine import clock
from engine.deployment.bundle import Bundle, read_bundle
from engine.deployment.deploy import Deployed, contracts_in_force, deploy
from engine.ports import SYSTEM, Actor
from workflows.app import Bihuan
from workflows.verifying import examine, refuse

ROOT = Path(__file__).resolve().parent
PROCESSES = ROOT / "processes"
FORMS = ROOT.parent / "forms"


def processes() -> tuple[str, ...]:
    """Return the ids of the processes in the source tree."""
    return tuple(sorted(folder.name for folder in PROCESSES.iterdir() if _is_process(folder)))


def bundles(names: Iterable[str] = ()) -> list[Bundle]:
    """Read the bundles of the named processes, or of all."""
    return [read_bundle(PROCESSES, FORMS, name) for name in (tuple(names) or processes())]


def deploy_processes(
    bihuan: Bihuan, names: Iterable[str] = (), actor: Actor = SYSTEM
) -> Sequence[Deployed]:
    """Check and deploy; the same content keeps its version.

    Raises:
        Invalid: the gate found errors, or the verifier found a property violated; `errors` holds
            all of them.
    """
    return deploy_bundles(bihuan, bundles(names), actor)


def deploy_bundles(
    bihuan: Bihuan, chosen: Sequence[Bundle], actor: Actor = SYSTEM
) -> Sequence[Deployed]:
    """Check bundles together and deploy them; the same content keeps its version.

    Raises:
        Invalid: the gate found errors; `errors` holds all of them.
    """
    with bihuan.database.begin() as session:
        in_force = contracts_in_force(session, bihuan.settings.agency)
        environment = bihuan.gate_environment()
        refuse(examine(chosen, replace(environment, processes=in_force)))
        return deploy(
            session,
            chosen,
            environment,
            actor=actor,
            now=clock.now(),
            agency=bihuan.settings.agency,
        )


def _is_process(folder: Path) -> bool:
    return (folder / f"{folder.name}.bpmn").is_file()
