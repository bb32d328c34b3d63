"""The first set-up of a zone without the demonstration: rules, calendar, zone, administrator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from engine import clock
from engine.errors import Conflict, Invalid
from engine.ports import SYSTEM
from workflows.accounts import passwords, sign_in
from workflows.administration.desk import ROLE, Desk
from workflows.domain import organisation, rule_store
from workflows.domain.administration_tables import ZoneRow

BODY = "admins"


@dataclass(frozen=True)
class Beginning:
    """What must be known before anybody can sign in."""

    zone_zh: str
    zone: str
    username: str
    name_zh: str
    name: str
    password: str
    rules_from: date


def zone(session: Session, agency: str) -> ZoneRow | None:
    """Return the zone of an agency, or None before its first set-up."""
    return session.get(ZoneRow, agency)


def set_up(session: Session, agency: str, beginning: Beginning) -> None:
    """Set up an empty database for a zone, in the caller's one transaction.

    Raises:
        Conflict: the zone was set up before, or holds the demonstration.
        Invalid: a name or the password will not do.
    """
    _refuse_second(session, agency)
    _check(beginning)
    now = clock.now()
    rule_store.seed(session, beginning.rules_from)
    session.add(
        ZoneRow(
            agency=agency,
            name_zh=beginning.zone_zh.strip(),
            name=beginning.zone.strip() or beginning.zone_zh.strip(),
            set_up_at=now,
        )
    )
    organisation.add_body(session, BODY, BODY, "系统管理组", "Administrators")
    organisation.add_person(
        session, beginning.username, beginning.name_zh, beginning.name or beginning.name_zh
    )
    organisation.grant(
        session, beginning.username, BODY, ROLE, min(clock.beijing_date(now), beginning.rules_from)
    )
    sign_in.add_account(session, beginning.username, beginning.password, beginning.username)
    _record(session, agency, beginning)


def _record(session: Session, agency: str, beginning: Beginning) -> None:
    desk = Desk(session, SYSTEM, agency, clock.now())
    told = {"zone": beginning.zone_zh, "rules_from": beginning.rules_from.isoformat()}
    desk.record("zone.set_up", agency, told)
    desk.record("account.add", beginning.username, {"role": ROLE})


def _refuse_second(session: Session, agency: str) -> None:
    if zone(session, agency) is not None or organisation.bodies(session):
        raise Conflict(
            "Expected an empty database, but a zone was set up in it already; sign in as its "
            "administrator",
            "数据库已有园区数据，不能重复初始化；请用管理员账号登录后办理",
        )


def _check(beginning: Beginning) -> None:
    if not beginning.zone_zh.strip():
        raise Invalid.at("zone", "Expected the zone's name, but it is empty", "请填写园区名称")
    check_username(beginning.username)
    passwords.check_strength(beginning.password, beginning.username)


def check_username(text: str) -> None:
    """Raise Invalid at `username` unless it can be a user name."""
    fits = sign_in.USERNAME.fullmatch(text) is not None
    if not fits or len(text) > sign_in.LONGEST_USERNAME:
        raise _refused_username()


def _refused_username() -> Invalid:
    return Invalid.at(
        "username",
        "Expected small letters, digits, dots, dashes or underscores, but the user name has "
        "others or none",
        "用户名应由小写字母、数字、点、短横线或下划线组成，以字母开头",
    )
