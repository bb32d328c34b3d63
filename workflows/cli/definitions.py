"""`bihuan check` and `bihuan deploy`: the examination, and the versions that pass it."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workflows.cli.output import emit, language, speaking

if TYPE_CHECKING:  # the gate and its libraries take longer to load than a diagram to verify
    from engine.deployment.bundle import Bundle
    from engine.deployment.environment import GateEnvironment
    from workflows.app import Bihuan
    from workflows.verifying import Examination


@click.command("deploy")
@click.argument("processes", nargs=-1)
@speaking
def deploy_command(processes: tuple[str, ...], *, as_json: bool) -> None:
    """检查并部署流程或导出的目录、zip · Check and deploy; the same content keeps its version."""
    from workflows.cli.opening import founded
    from workflows.deploying import deploy_bundles
    from workflows.deploying import processes as shipped

    bihuan = founded()
    kept = {} if processes else _made_here(bihuan)
    wanted = processes or [name for name in shipped() if name not in kept]
    ours, others = _read(wanted) if wanted else ([], [])
    brought = {one.process for one in others}
    deployed = deploy_bundles(bihuan, ours + others, brought=brought) if wanted else []
    lines = [f"{d.process} v{d.version}{' 新 · new' if d.new else ''}" for d in deployed]
    lines += [f"{name} v{version} {_KEPT}" for name, version in kept.items()]
    document = {"deployed": [dataclasses.asdict(d) for d in deployed], "kept": kept}
    emit(document, as_json=as_json, text="\n".join(lines))


_KEPT = "保留本区修改的版本，按名称部署才会替换 · changed here and kept; name it to replace it"


def _made_here(bihuan: Bihuan) -> dict[str, int]:
    """Return the processes that were changed in the zone itself, with their versions."""
    from workflows.designing.made_here import in_force

    with bihuan.database.read() as session:
        return in_force(session, bihuan.settings.agency)


@click.command("check")
@click.argument("subjects", nargs=-1)
@click.option(
    "--soundness-only",
    is_flag=True,
    help="只验证令牌语义，接受任何 BPMN 2.0 文件 · soundness alone, of any BPMN 2.0 file",
)
@click.option(
    "--budget",
    type=click.IntRange(min=1),
    default=100_000,
    show_default=True,
    help="最多搜索的状态数，超出为未能判定 · states searched before “not decided”",
)
@speaking
def check_command(
    subjects: tuple[str, ...], *, soundness_only: bool, budget: int, as_json: bool
) -> None:
    """检查并验证流程或 .bpmn 文件 · Run the gate and the verifier over processes or files."""
    if soundness_only:
        from workflows.cli.soundness import check_soundness

        check_soundness(subjects, budget, as_json=as_json)
        return
    from workflows.app import gate_environment
    from workflows.verifying import examination_json, examine

    chosen = _bundles(subjects)
    found = examine(chosen, _beside_the_shipped(gate_environment()), budget=budget)
    document = {"ok": found.deployable, **examination_json(found, language())}
    emit(document, as_json=as_json, text=_lines(found))
    if not found.deployable:
        sys.exit(1)


def _beside_the_shipped(environment: GateEnvironment) -> GateEnvironment:
    """Let a subject send messages to the processes of the source tree without naming them."""
    from workflows.deploying import bundles
    from workflows.surroundings import of_bundles

    return of_bundles(environment, {bundle.process: bundle for bundle in bundles()})


def _bundles(subjects: Sequence[str]) -> list[Bundle]:
    ours, others = _read(subjects)
    return ours + others


def _read(subjects: Sequence[str]) -> tuple[list[Bundle], list[Bundle]]:
    """Read each subject: a folder, a zip, a diagram with its neighbours, a process by name.

    Returns:
        the bundles of the source tree, and those of other files.
    """
    from workflows.deploying import PROCESSES, bundles
    from workflows.designing.packing import is_source

    sources = [one for one in subjects if not one.endswith(".bpmn") and is_source(one)]
    subjects = [one for one in subjects if one not in sources]
    paths = [Path(subject) for subject in subjects if subject.endswith(".bpmn")]
    ours = [path for path in paths if path.resolve() == PROCESSES / path.stem / path.name]
    files = [path for path in paths if path not in ours]
    # A diagram of the source tree has its forms elsewhere in the tree, and is that process.
    names = [one for one in subjects if not one.endswith(".bpmn")] + [path.stem for path in ours]
    found = bundles(names) if names or not (files or sources) else []
    return found, [_single(path) for path in files] + [_packaged(one) for one in sources]


def _packaged(source: str) -> Bundle:
    """Take what was exported: a folder or a zip."""
    from workflows.designing.drafts import bundle_of
    from workflows.designing.packing import read

    package = read(Path(source))
    return bundle_of(package.process, package.files)


def _single(path: Path) -> Bundle:
    """Take a diagram outside the source tree with the tables and forms that lie beside it."""
    from engine.deployment.bundle import Bundle
    from engine.errors import NotFound

    if not path.is_file():
        raise NotFound(f"Expected a file {path}, but there is none", f"找不到文件 {path}")
    beside = [*path.parent.glob("*.dmn"), *path.parent.glob("forms/*.json")]
    files = {str(p.relative_to(path.parent)): p.read_bytes() for p in beside}
    return Bundle(path.stem, files | {f"{path.stem}.bpmn": path.read_bytes()})


def _lines(found: Examination) -> str:
    spoken = language()
    told = [
        f"{f.severity} {f.file}:{f.line} {f.element} [{f.code}] {f.text(spoken)}"
        for f in found.findings
    ]
    for one in found.judgements:
        if one.holds is not True:
            told.append(f"{one.weight} {one.process} [{one.id}] {one.told.text(spoken)}")
            told += [f"    {' > '.join(step.element for step in one.path)}"] * bool(one.path)
    told = told or ["通过 · no findings"]
    told += [f"* {one.text(spoken)}" for one in found.assumptions]
    return "\n".join([*told, _counted(found, spoken)])


def _counted(found: Examination, spoken: str) -> str:
    total, holding = len(found.judgements), sum(one.holds is True for one in found.judgements)
    if spoken.startswith("en"):
        told = f"{holding} of {total} properties hold, {found.states} states"
    else:
        told = f"{total} 项性质中 {holding} 项成立，{found.states} 个状态"
    return f"{told}, {found.elapsed_ms} ms"
