"""`bihuan check` and `bihuan deploy`: the gate, and the versions that pass it."""

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
    from engine.deployment.findings import Finding


@click.command("deploy")
@click.argument("processes", nargs=-1)
@speaking
def deploy_command(processes: tuple[str, ...], *, as_json: bool) -> None:
    """检查并部署流程包 · Check and deploy bundles; the same content keeps its version."""
    from workflows.cli.opening import application
    from workflows.deploying import deploy_processes

    deployed = deploy_processes(application(), processes)
    lines = [f"{d.process} v{d.version}{' 新 · new' if d.new else ''}" for d in deployed]
    document = {"deployed": [dataclasses.asdict(d) for d in deployed]}
    emit(document, as_json=as_json, text="\n".join(lines))


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
    """检查流程或 .bpmn 文件 · Run the deploy gate over processes or files."""
    if soundness_only:
        from workflows.cli.soundness import check_soundness

        check_soundness(subjects, budget, as_json=as_json)
        return
    from engine.deployment.gate import check, errors_of
    from workflows.app import gate_environment

    findings = check(_bundles(subjects), _beside_the_shipped(gate_environment()))
    failed = bool(errors_of(findings))
    document = {"ok": not failed, "findings": [dataclasses.asdict(f) for f in findings]}
    emit(document, as_json=as_json, text=_lines(findings))
    if failed:
        sys.exit(1)


def _beside_the_shipped(environment: GateEnvironment) -> GateEnvironment:
    """Let a subject send messages to the processes of the source tree without naming them."""
    from workflows.deploying import bundles

    contracts = {bundle.process: bundle.contract for bundle in bundles()}
    return dataclasses.replace(environment, processes=contracts)


def _bundles(subjects: Sequence[str]) -> list[Bundle]:
    """Read each subject: the path of a diagram (with its neighbours), or a process by name."""
    from workflows.deploying import PROCESSES, bundles

    paths = [Path(subject) for subject in subjects if subject.endswith(".bpmn")]
    ours = [path for path in paths if path.resolve() == PROCESSES / path.stem / path.name]
    files = [path for path in paths if path not in ours]
    # A diagram of the source tree has its forms elsewhere in the tree, and is that process.
    names = [one for one in subjects if not one.endswith(".bpmn")] + [path.stem for path in ours]
    found = bundles(names) if names or not files else []
    return found + [_single(path) for path in files]


def _single(path: Path) -> Bundle:
    """Take a diagram outside the source tree with the tables and forms that lie beside it."""
    from engine.deployment.bundle import Bundle
    from engine.errors import NotFound

    if not path.is_file():
        raise NotFound(f"Expected a file {path}, but there is none", f"找不到文件 {path}")
    beside = [*path.parent.glob("*.dmn"), *path.parent.glob("forms/*.json")]
    files = {str(p.relative_to(path.parent)): p.read_bytes() for p in beside}
    return Bundle(path.stem, files | {f"{path.stem}.bpmn": path.read_bytes()})


def _lines(findings: Sequence[Finding]) -> str:
    spoken = language()
    return "\n".join(
        f"{f.severity} {f.file}:{f.line} {f.element} [{f.code}] {f.text(spoken)}" for f in findings
    ) or ("通过 · no findings")
