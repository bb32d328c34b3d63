"""`bihuan user`: accounts and grants from the server's command line."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

import click

from workflows.cli.output import emit, speaking

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from workflows.administration.desk import Desk
    from workflows.app import Bihuan


@click.group("user")
def user_group() -> None:
    """账号与授权 · Accounts and grants."""


_FROM = click.option(
    "--from",
    "first",
    metavar="YYYY-MM-DD",
    callback=lambda _context, _option, value: _day(value),
    help="起始日，默认为系统时钟的当天 · first day of the posts, by default the day of the clock",
)


@user_group.command("add")
@click.argument("username")
@click.option("--name", required=True, help="姓名或岗位 · name")
@click.option("--name-en", default="", help="英文名 · English name")
@click.option("--grant", "grants", multiple=True, help="机构:角色 · body:role, repeatable")
@_FROM
@speaking
def add_command(
    username: str,
    name: str,
    name_en: str,
    grants: tuple[str, ...],
    first: str | None,
    *,
    as_json: bool,
) -> None:
    """新增人员及账号，密码从标准输入读取 · Add a person with an account; password from stdin."""
    from workflows.accounts import passwords, policy
    from workflows.administration import persons
    from workflows.cli.opening import founded

    password = _password()
    bihuan = founded()
    with bihuan.database.begin() as session:
        passwords.check_strength(password, username, policy.current(session).shortest)
        desk = _desk(session, bihuan)
        names = {"name_zh": name, "name": name_en}
        person = persons.add_with_password(desk, names, username, password)
        _give(desk, person, grants, first)
    emit({"username": username}, as_json=as_json, text=f"已新增 · added {username}")


@user_group.command("passwd")
@click.argument("username")
@speaking
def passwd_command(username: str, *, as_json: bool) -> None:
    """重设密码（从标准输入读取） · Set a password read from standard input."""
    from workflows.accounts import sign_in
    from workflows.cli.opening import founded

    bihuan = founded()
    with bihuan.database.begin() as session:
        sign_in.set_password(session, username, _password())
        _desk(session, bihuan).record("account.reset", username)
    emit({"username": username}, as_json=as_json, text=f"密码已更新 · password set: {username}")


@user_group.command("grant")
@click.argument("username")
@click.argument("grants", nargs=-1, required=True)
@_FROM
@speaking
def grant_command(
    username: str, grants: tuple[str, ...], first: str | None, *, as_json: bool
) -> None:
    """授予“机构:角色” · Grant body:role."""
    from workflows.cli.opening import founded
    from workflows.domain import organisation

    bihuan = founded()
    with bihuan.database.begin() as session:
        organisation.person(session, username)
        desk = _desk(session, bihuan)
        since = _give(desk, username, grants, first)
    emit(
        {"username": username, "granted": list(grants), "valid_from": since},
        as_json=as_json,
    )


def _desk(session: Session, bihuan: Bihuan) -> Desk:
    """Return where the entries are left that the same acts in the browser leave."""
    from engine.ports import SYSTEM
    from workflows.administration.desk import open_desk

    return open_desk(session, SYSTEM, bihuan.settings.agency)


def _give(desk: Desk, username: str, grants: tuple[str, ...], first: str | None) -> str:
    """Give posts as the browser does, with its checks; return their first day."""
    from workflows.administration import posts

    since = first or desk.today.isoformat()
    for wanted in grants:
        asked = {"post": wanted, "valid_from": since}
        desk.record("post.give", username, asked | {"grant": posts.give(desk, username, asked)})
    return since


def _day(value: str | None) -> str | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise click.BadParameter(f"请按 YYYY-MM-DD 填写 · expected YYYY-MM-DD: {value}") from error


def _password() -> str:
    """Ask on a terminal; otherwise take the first line of standard input."""
    if sys.stdin.isatty():
        return str(click.prompt("密码 · password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\n")
