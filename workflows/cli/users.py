"""`bihuan user`: accounts and grants from the server's command line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from engine import clock
from workflows.cli.output import emit, speaking

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from workflows.app import Bihuan


@click.group("user")
def user_group() -> None:
    """账号与授权 · Accounts and grants."""


@user_group.command("add")
@click.argument("username")
@click.option("--name", required=True, help="姓名或岗位 · name")
@click.option("--name-en", default="", help="英文名 · English name")
@click.option("--grant", "grants", multiple=True, help="机构:角色 · body:role, repeatable")
@speaking
def add_command(
    username: str, name: str, name_en: str, grants: tuple[str, ...], *, as_json: bool
) -> None:
    """新增人员及账号，密码从标准输入读取 · Add a person with an account; password from stdin."""
    from workflows.accounts import passwords, sign_in
    from workflows.cli.opening import application
    from workflows.domain import organisation

    password = _password()
    passwords.check_strength(password, username)
    bihuan = application()
    with bihuan.database.begin() as session:
        organisation.add_person(session, username, name, name_en or name)
        for wanted in grants:
            body, _, role = wanted.partition(":")
            organisation.grant(session, username, body, role, clock.beijing_date(clock.now()))
        sign_in.add_account(session, username, password, username)
        _record(session, bihuan, "account.add", username, {"grants": list(grants)})
    emit({"username": username}, as_json=as_json, text=f"已新增 · added {username}")


@user_group.command("passwd")
@click.argument("username")
@speaking
def passwd_command(username: str, *, as_json: bool) -> None:
    """重设密码（从标准输入读取） · Set a password read from standard input."""
    from workflows.accounts import sign_in
    from workflows.cli.opening import application

    bihuan = application()
    with bihuan.database.begin() as session:
        sign_in.set_password(session, username, _password())
        _record(session, bihuan, "account.reset", username, {})
    emit({"username": username}, as_json=as_json, text=f"密码已更新 · password set: {username}")


@user_group.command("grant")
@click.argument("username")
@click.argument("grants", nargs=-1, required=True)
@speaking
def grant_command(username: str, grants: tuple[str, ...], *, as_json: bool) -> None:
    """授予“机构:角色” · Grant body:role."""
    from workflows.cli.opening import application
    from workflows.domain import organisation

    bihuan = application()
    with bihuan.database.begin() as session:
        for wanted in grants:
            body, _, role = wanted.partition(":")
            organisation.grant(session, username, body, role, clock.beijing_date(clock.now()))
        _record(session, bihuan, "post.give", username, {"grants": list(grants)})
    emit({"username": username, "granted": list(grants)}, as_json=as_json)


def _record(
    session: Session, bihuan: Bihuan, act: str, subject: str, data: dict[str, list[str]]
) -> None:
    """Leave the entry that the same act in the browser leaves."""
    from engine.ports import SYSTEM
    from workflows.administration.desk import open_desk

    open_desk(session, SYSTEM, bihuan.settings.agency).record(act, subject, data)


def _password() -> str:
    """Ask on a terminal; otherwise take the first line of standard input."""
    if sys.stdin.isatty():
        return str(click.prompt("密码 · password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\n")
