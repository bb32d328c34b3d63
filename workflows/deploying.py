"""Deploy the processes of the source tree: one gate over all, then numbered versions."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from math import inf
from pathlib import Path

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engine import clock
from engine.deployment.bundle import Bundle, read_bundle
from engine.deployment.deploy import Deployed, put
from engine.errors import Conflict
from engine.ports import SYSTEM, Actor
from workflows.administration.desk import Desk
from workflows.app import Bihuan
from workflows.beforehand import Beforehand, examined
from workflows.verifying import refuse

BROUGHT = "definition.deploy"
"""The act of the record by which the operator put a version of other files into force."""

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
    bihuan: Bihuan,
    chosen: Sequence[Bundle],
    actor: Actor = SYSTEM,
    *,
    brought: Container[str] = (),
) -> Sequence[Deployed]:
    """Check bundles together and deploy them; the same content keeps its version.

    They are verified before the unit of work begins, so that nobody waits meanwhile; all that was
    in force around them is in force still when they go live. Versions of processes that are
    `brought`, from files that are not the product's, go into the record: an upgrade leaves them
    alone.

    Raises:
        Invalid: the gate found errors; `errors` holds all of them.
        Conflict: what is in force changed again and again, or another version of the same
            process went live at this very moment.
    """
    agency = bihuan.settings.agency

    def work(before: Beforehand, session: Session) -> Sequence[Deployed]:
        before.hold(session, agency)
        refuse(before.still(bihuan, session, chosen))
        desk = Desk(session, actor, agency, clock.now())
        done = put(session, chosen, actor=actor, now=desk.now, agency=agency)
        for one in done:
            if one.new and one.process in brought:
                told = {"process": one.process, "version": one.version}
                desk.record(BROUGHT, one.process, told)
        return done

    try:
        return examined(bihuan, lambda _: chosen, work, inf)
    except IntegrityError as error:
        raise _moved_on() from error


def _moved_on() -> Conflict:
    return Conflict(
        "Expected the processes in force as they were checked, but another version went live "
        "meanwhile; deploy again",
        "检查期间另有版本上线，请重新部署",
    )


def _is_process(folder: Path) -> bool:
    return (folder / f"{folder.name}.bpmn").is_file()
