"""`bihuan setup`: an empty database becomes a zone with its first administrator."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path

import click

from engine import clock
from engine.errors import Invalid
from workflows.cli.output import emit, speaking

PASSWORD_FILE = "BIHUAN_ADMIN_PASSWORD_FILE"  # noqa: S105 the name of a variable


@click.command("setup")
@click.option("--zone", required=True, help="园区名称 · name of the zone")
@click.option("--zone-en", default="", help="园区英文名称 · its English name")
@click.option("--admin", default="admin", show_default=True, help="管理员用户名 · user name")
@click.option("--name", default="系统管理员", show_default=True, help="管理员姓名 · name")
@click.option("--name-en", default="", help="管理员英文名 · English name")
@click.option(
    "--rules-from",
    type=click.DateTime(["%Y-%m-%d"]),
    help="采用随附规则集的日期，默认今天 · since when the shipped rule set is adopted",
)
@speaking
def setup_command(  # noqa: PLR0913 each is one question of the first set-up
    zone: str,
    zone_en: str,
    admin: str,
    name: str,
    name_en: str,
    rules_from: datetime | None,
    *,
    as_json: bool,
) -> None:
    """初始化园区：建库、部署流程、采用规则集、设首个管理员 · Set up a zone without demonstration.

    管理员密码取自 BIHUAN_ADMIN_PASSWORD_FILE 所指文件、终端或标准输入，不在命令行上。
    The password comes from that file, the terminal or standard input, never from arguments.
    """
    from workflows.administration import setting_up
    from workflows.cli.opening import application, check_place
    from workflows.deploying import deploy_processes
    from workflows.migrations.run import upgrade

    bihuan = application()
    check_place(bihuan.database)
    since = rules_from.date() if rules_from else clock.beijing_date(clock.now())
    beginning = setting_up.Beginning(
        zone, zone_en, admin, name, name_en, _password(), rules_from=since
    )
    upgrade(bihuan.database.engine)
    # Deployed first, as doing that twice changes nothing: a refusal leaves nothing half set up.
    deployed = deploy_processes(bihuan)
    with bihuan.database.begin() as session:
        setting_up.set_up(session, bihuan.settings.agency, beginning)
    emit(
        {"zone": zone, "admin": admin, "rules_from": since.isoformat(), "deployed": len(deployed)},
        as_json=as_json,
        text=f"已初始化“{zone}”，请启动 bihuan serve（网页）和 bihuan worker（计时），"
        f"再用 {admin} 登录\n"
        f"The zone is set up; start `bihuan serve` (web) and `bihuan worker` (timers),"
        f" then sign in as {admin}",
    )


def _password() -> str:
    file = os.environ.get(PASSWORD_FILE)
    if file:
        return _content(Path(file))
    if sys.stdin.isatty():
        return str(click.prompt("密码 · password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\n")


def _content(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise Invalid(
            f"Expected {PASSWORD_FILE} to name a readable file, but it does not",
            f"环境变量 {PASSWORD_FILE} 所指文件无法读取",
        ) from error
