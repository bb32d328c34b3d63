"""`bihuan import`: ledgers of other systems become cases, exported processes become drafts."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import Progress

from workflows.cli.output import emit, language, speaking

if TYPE_CHECKING:
    from workflows.importing.rows import Fault


@click.group("import")
def import_group() -> None:
    """导入 · Import."""


@import_group.command("hazards")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="只检查不写入 · check only")
@click.option("--as", "person", default="office", show_default=True, help="经办人 · who imports")
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    help="错误写入此 CSV 文件 · writes what is wrong to a CSV file",
)
@speaking
def hazards_command(
    file: Path, person: str, report: Path | None, *, dry_run: bool, as_json: bool
) -> None:
    """导入隐患台账(.xlsx/.csv) · Import a ledger; every bad row is named."""
    from workflows.cli.opening import acting, founded
    from workflows.importing.importer import import_hazards

    bihuan = founded()
    with bihuan.database.read() as session:
        actor = acting(session, person)
    with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(file.name)
        done = import_hazards(
            bihuan,
            actor,
            file,
            dry_run=dry_run,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
    if report is not None:
        _write_report(report, done.faults)
    english = language().startswith("en")
    lines = [
        f"{f.line}: [{f.column}] {f.message if english else f.message_zh}" for f in done.faults
    ]
    lines.append(f"{done.rows} 行 rows，新增 added {done.added}，已有 known {done.known}")
    emit(done.document(), as_json=as_json, text="\n".join(lines))
    if done.faults:
        sys.exit(1)


@import_group.command("enterprises")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="只检查不写入 · check only")
@speaking
def enterprises_command(file: Path, *, dry_run: bool, as_json: bool) -> None:
    """导入企业(.xlsx/.csv) · Import enterprises; with one bad cell none is imported."""
    from engine.ports import SYSTEM
    from workflows.administration.enterprise_sheet import ENTERPRISES, import_enterprises
    from workflows.cli.opening import founded
    from workflows.importing.sheet import read_rows

    bihuan = founded()
    done = import_enterprises(
        bihuan.database,
        SYSTEM,
        bihuan.settings.agency,
        read_rows(file, ENTERPRISES),
        agreed=lambda _: not dry_run,
    )
    emit(
        {"added": done.added, "changed": done.changed, "same": done.same, "dry_run": dry_run},
        as_json=as_json,
        text=f"新增 added {len(done.added)}，更新 changed {len(done.changed)}，"
        f"不变 same {len(done.same)}",
    )


def _write_report(path: Path, faults: Sequence[Fault]) -> None:
    from workflows.exporting import files
    from workflows.importing import report

    with path.open("wb") as out:
        out.writelines(files.csv_chunks(report.HEADS, report.of_faults(faults)))


@import_group.command("definition")
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--as", "person", default="designer", show_default=True, help="经办人 · who brings it"
)
@speaking
def definition_command(source: Path, person: str, *, as_json: bool) -> None:
    """导入流程目录或 .zip 为草稿，由另一人审核 · Make a draft of a folder or zip."""
    from workflows.cli.opening import acting, founded
    from workflows.designing import exchange, packing

    bihuan = founded()
    with bihuan.database.read() as session:
        actor = acting(session, person)
    package = packing.read(source)
    draft = exchange.take_in(bihuan.database, actor, bihuan.settings.agency, package)
    said = f"{draft.process}：草稿 draft /drafts/{draft.id}，起始版本 from version {draft.base}"
    emit(
        {"draft": draft.id, "process": draft.process, "base": draft.base},
        as_json=as_json,
        text=said,
    )
