"""Persons: added with a first post and an account, renamed, and gone; never deleted."""

from __future__ import annotations

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from workflows.accounts import sign_in
from workflows.administration import accounts, english_names, posts
from workflows.administration.command import Command, Data, Done
from workflows.administration.desk import Desk
from workflows.administration.questions import day, form, text
from workflows.domain import organisation
from workflows.domain.org_tables import PersonRow

_NAMES = (
    text("name_zh", ("姓名", "Chinese name"), longest=100),
    text("name", ("英文名", "English name"), longest=100, required=False, hint=english_names.HINT),
)


def _add(desk: Desk, _subject: str, data: Data) -> Done:
    person = _free_id(desk.session, data.get("username"))
    organisation.add_person(desk.session, person, data["name_zh"], english_names.kept(data))
    told = dict(data) | {"grant": posts.give(desk, person, data)}
    desk.record("person.add", person, told)
    secret = ""
    if data.get("username"):
        secret = accounts.open_account(desk, person, data["username"])
    return Done(person, secret)


def add_with_password(desk: Desk, names: Data, username: str, password: str) -> str:
    """Add a person with an account whose password is theirs already; return the person's id.

    Raises:
        Invalid: a name or the user name will not do, or the user name is taken.
    """
    clean = form("person_named", *_NAMES).clean(names)
    accounts.check_free(desk.session, username)
    person = _free_id(desk.session, username)
    organisation.add_person(desk.session, person, clean["name_zh"], english_names.kept(clean))
    sign_in.add_account(desk.session, username, password, person)
    desk.record("account.add", person, {"username": username, **clean})
    return person


def _edit(desk: Desk, subject: str, data: Data) -> Done:
    before = organisation.person(desk.session, subject)
    names = {"name_zh": data["name_zh"], "name": english_names.kept(data, before)}
    desk.session.execute(update(PersonRow).where(PersonRow.id == subject).values(**names))
    was = english_names.told(before.name_zh, before.name)
    desk.record("person.edit", subject, {"before": was, "after": english_names.told(**names)})
    return Done(subject)


def _leave(desk: Desk, subject: str, data: Data) -> Done:
    organisation.person(desk.session, subject)
    last = posts.last_day(desk, data["last_day"])
    posts.keep_one_administrator(desk, subject)
    ended = posts.end_all_of(desk, last, person=subject)
    closed = accounts.close_all_of(desk, subject) if last < desk.today else 0
    told = {"last_day": last.isoformat(), "posts": ended, "accounts_closed": closed}
    desk.record("person.leave", subject, told | {"reason": data.get("reason")})
    return Done(subject)


def _free_id(session: Session, username: str | None) -> str:
    """Return the user name where no person has it as id, else a running number."""
    if username and session.get(PersonRow, username) is None:
        return username
    number = (session.scalar(select(func.count()).select_from(PersonRow)) or 0) + 1
    while session.get(PersonRow, f"person{number:04d}") is not None:
        number += 1
    return f"person{number:04d}"


def _values(session: Session, subject: str) -> Data:
    person = organisation.person(session, subject)
    return {"name_zh": person.name_zh, "name": english_names.given(person)}


COMMANDS = (
    Command(
        "person.add",
        "persons",
        ("新增人员", "Add a person"),
        form(
            "person_add",
            *_NAMES,
            posts.POST,
            *posts.PERIOD,
            text(
                "username",
                ("用户名", "User name"),
                longest=64,
                required=False,
                hint=(
                    "填写后同时开设账号，并显示一次性密码",
                    "With it an account is opened and a one-time password shown",
                ),
            ),
        ),
        _add,
        posts.offered,
        posts.begins_today,
    ),
    Command(
        "person.edit",
        "persons",
        ("修改人员", "Edit a person"),
        form("person_edit", *_NAMES),
        _edit,
        values=_values,
        lead=(
            "已写入历史的姓名不变。",
            "Names already written into the history stay.",
        ),
        edits=True,
    ),
    Command(
        "person.leave",
        "persons",
        ("离任", "Leave"),
        form("person_leave", day("last_day", ("最后一日", "Last day")), posts.REASON),
        _leave,
        values=posts.ends_today,
        lead=(
            "全部岗位和代理同日终止，已签收的事项退回；填昨天即刻生效并停用账号。",
            "All ends on that day and tasks taken go back; yesterday closes the account too.",
        ),
        releases=True,
    ),
)
