"""`bihuan db`: migrations, and whether the schema equals the models."""

from __future__ import annotations

import sys

import click

from workflows.cli.output import emit, speaking, tell


@click.group("db")
def db_group() -> None:
    """数据库升级与检查 · Migrate and check the database."""


@db_group.command("upgrade")
@speaking
def upgrade_command(*, as_json: bool) -> None:
    """升级到最新结构 · Migrate to the newest schema."""
    from workflows.cli.opening import database
    from workflows.migrations.run import upgrade

    revision = upgrade(database().engine)
    emit({"revision": revision}, as_json=as_json, text=f"数据库已升级 · upgraded to {revision}")


@db_group.command("check")
@speaking
def check_command(*, as_json: bool) -> None:
    """核对数据库结构与模型一致 · Check that schema and models agree."""
    from workflows.cli.opening import database
    from workflows.migrations.run import differences

    found = differences(database().engine)
    emit({"differences": found}, as_json=as_json, text="\n".join(found) or "一致 · no difference")
    if found:
        sys.exit(1)


@db_group.command("revision", hidden=True)
@click.argument("message")
def revision_command(message: str) -> None:
    """写一个迁移文件（开发用） · Write a migration from the models."""
    from workflows.cli.opening import database
    from workflows.migrations.run import write_revision

    tell("已写入", f"written: {write_revision(database().engine, message)}")
