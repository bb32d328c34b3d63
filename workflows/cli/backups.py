"""`bihuan backup` and `bihuan restore`: database and evidence in one file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from workflows.cli.output import emit, language, speaking, watched

FILE = click.Path(path_type=Path)


@click.command("backup")
@click.argument("file", type=FILE)
@speaking
def backup_command(file: Path, *, as_json: bool) -> None:
    """备份数据库与证据，系统可照常使用 · Back up database and evidence while the system runs.

    给出目录则以时间命名。密钥不在备份里，须另行保管。
    A folder gets a file named by the time. Keys are not in it and are to be kept elsewhere.
    """
    from workflows.backup.saving import save
    from workflows.cli.opening import founded

    with watched("evidence") as told:
        saved = save(founded(), file, told)
    said = saved.manifest
    document = {
        "file": str(saved.file),
        "bytes": saved.size,
        "database": said.database,
        "revision": said.revision,
        "cases": said.heads.cases,
        "history": said.heads.rows,
        "evidence": said.evidence,
        "missing": said.missing,
        "keys": said.keys,
    }
    lines = [
        f"已备份 saved: {saved.file} ({saved.size})",
        f"案件 cases {said.heads.cases}，历史记录 history rows {said.heads.rows}",
        f"证据 evidence {said.evidence}",
        f"密钥另存 keep the keys elsewhere: anchor {said.keys['anchor']}",
        *(f"证据缺失或已改动 evidence missing or altered: {name}" for name in said.missing),
    ]
    emit(document, as_json=as_json, text="\n".join(lines))
    if said.missing:
        sys.exit(1)


@click.command("restore")
@click.argument("file", type=FILE)
@click.option("--without-key", is_flag=True, help="没有锚点密钥也恢复 · the anchors' key is lost")
@speaking
def restore_command(file: Path, *, without_key: bool, as_json: bool) -> None:
    """把备份恢复到空的数据库和证据目录，并逐案核对 · Restore into an empty place and check it."""
    from workflows.backup.restoring import restore
    from workflows.cli.opening import application

    with watched("cases") as told:
        done = restore(application(), file, told, without_key=without_key)
    document = {
        "created_at": done.manifest.created_at,
        "revision": done.manifest.revision,
        "cases": done.manifest.heads.cases,
        "history": done.manifest.heads.rows,
        "evidence": done.manifest.evidence,
        "missing": done.manifest.missing,
        "same_key": done.same_key,
        "check": done.report.document(language()),
    }
    lines = [
        f"已恢复 {done.manifest.created_at} 的备份 · restored the backup of that instant",
        *done.report.lines(language()),
    ]
    emit(document, as_json=as_json, text="\n".join(lines))
    if not done.report.sound:
        sys.exit(1)
