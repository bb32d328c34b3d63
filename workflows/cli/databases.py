"""`bihuan db`: migrations, and whether the schema equals the models."""

from __future__ import annotations

import sys

import click

from workflows.cli.output import emit, language, speaking, tell, watched


@click.group("db")
def db_group() -> None:
    """数据库升级与检查 · Migrate and check the database."""


@db_group.command("upgrade")
@speaking
def upgrade_command(*, as_json: bool) -> None:
    """升级到最新结构 · Migrate to the newest schema."""
    from workflows.cli.opening import check_place, database
    from workflows.migrations.run import upgrade

    held = database()
    check_place(held)
    revision = upgrade(held.engine)
    emit({"revision": revision}, as_json=as_json, text=f"数据库已升级 · upgraded to {revision}")


@db_group.command("check")
@click.option("--deep", is_flag=True, help="再核对全部数据 · hold all data against itself as well")
@speaking
def check_command(*, deep: bool, as_json: bool) -> None:
    """核对数据库结构与模型一致 · Check that schema and models agree.

    加 --deep 逐案核对历史链、流程状态、任务、期限、台账和证据，系统可照常使用。
    With --deep every case is held against its history, state, rows and files; the system may run.
    """
    from workflows.cli.opening import check_founded, database
    from workflows.migrations.run import differences

    held = database()
    check_founded(held)
    found = differences(held.engine)
    if found or not deep:
        text = "\n".join(found) or "一致 · no difference"
        emit({"differences": found}, as_json=as_json, text=text)
        sys.exit(1 if found else 0)
    _check_deep(as_json=as_json)


def _check_deep(*, as_json: bool) -> None:
    from workflows.checking.inspection import inspect
    from workflows.cli.opening import founded

    with watched("cases") as told:
        report = inspect(founded(), told)
    emit(
        {"differences": []} | report.document(language()),
        as_json=as_json,
        text="\n".join(report.lines(language())),
    )
    if not report.sound:
        sys.exit(1)


@db_group.command("rebuild-ledger")
@speaking
def rebuild_command(*, as_json: bool) -> None:
    """台账与期限行按案件重写 · Write ledger and dates anew where they differ from their case.

    只改 db check --deep 所指的台账和期限行，案件和历史不动，系统可照常使用。
    Only rows that db check --deep names are written; cases and history stay; the system may run.
    """
    from workflows.checking.rebuilding import rebuild
    from workflows.cli.opening import founded

    with watched("cases") as told:
        found = rebuild(founded(), told)
    text = f"重写 {len(found)} 件 · written anew: {len(found)}"
    emit({"cases": list(found)}, as_json=as_json, text="\n".join([text, *found]))


@db_group.command("revision", hidden=True)
@click.argument("message")
def revision_command(message: str) -> None:
    """写一个迁移文件（开发用） · Write a migration from the models."""
    from workflows.cli.opening import database
    from workflows.migrations.run import write_revision

    tell("已写入", f"written: {write_revision(database().engine, message)}")
