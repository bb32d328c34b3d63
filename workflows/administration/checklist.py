"""What a zone still lacks before its first hazard can be carried to the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from engine.errors import Invalid
from engine.store import definitions
from workflows.accounts.tables import Account
from workflows.administration.desk import Desk
from workflows.administration.kinds import KINDS, role_name
from workflows.domain import organisation, rule_store
from workflows.domain.org_facts import Body
from workflows.domain.org_tables import GrantRow
from workflows.domain.rule_set import RuleSet


@dataclass(frozen=True)
class Item:
    """One thing to have: `place` is the list where it is supplied, `command` what supplies it."""

    done: bool
    text: tuple[str, str]
    place: str
    command: str = ""
    needed: bool = True
    given: Mapping[str, str] = field(default_factory=dict)
    """What the command's form begins with."""


@dataclass(frozen=True)
class _Staff:
    """Who holds what today, and who can sign in."""

    bodies: Sequence[Body]
    held: Sequence[tuple[str, str, str]]
    signing_in: frozenset[str]

    def lacks(self, body: Body) -> list[str]:
        """Return the roles of a body that nobody holds but somebody must."""
        there = {role for name, role, _ in self.held if name == body.id}
        return [role for role in KINDS[body.kind].held if role not in there]

    def alone(self, body: Body, role: str) -> bool:
        """Return whether only one person holds a role of a body."""
        return len({who for name, held, who in self.held if (name, held) == (body.id, role)}) == 1

    def without_account(self, body: Body) -> bool:
        """Return whether somebody of a body has no way in."""
        return any(
            name == body.id and person not in self.signing_in for name, _, person in self.held
        )


def checklist(desk: Desk) -> Sequence[Item]:
    """Return every item, whether done or not, in the order in which they are supplied."""
    staff = _staff(desk)
    return [*_foundations(desk), *_bodies(staff), *_offices(staff), *_enterprises(staff)]


def _foundations(desk: Desk) -> Iterator[Item]:
    words = ("生效的规则集", "A rule set in force")
    rules = _rules(desk)
    yield Item(rules is not None, words, "rules")
    years = rule_store.calendar(desk.session)
    words = ("今年的工作日历", "This year's calendar")
    yield Item(years.covers(desk.today), words, "calendar")
    following = desk.today.year + 1
    words = (f"{following} 年放假安排", f"The holiday notice of {following}")
    month = rules.whole("clock.calendar_alarm_month") if rules else None
    late = month is not None and years.lacks_next_year(desk.today, month)
    yield Item(following in years.published, words, "calendar", needed=late)
    active = bool(definitions.active(desk.session, agency=desk.agency))
    yield Item(active, ("部署的流程", "Deployed processes"), "")


def _bodies(staff: _Staff) -> Iterator[Item]:
    there = {body.kind for body in staff.bodies}
    for name, kind in KINDS.items():
        place = "enterprises" if name == "enterprise" else "bodies"
        command = "enterprise.add" if name == "enterprise" else "body.add"
        words = (f"单位：{kind.name_zh}", f"Body: {kind.name}")
        given = {"kind": name, "name_zh": kind.name_zh, "name": kind.name} if kind.single else {}
        given = given or {"kind": name}
        yield Item(name in there, words, place, command, needed=kind.needed, given=given)


def _offices(staff: _Staff) -> Iterator[Item]:
    """Ask of every body but the enterprises, which may be many, for its posts and accounts."""
    for body in staff.bodies:
        if body.kind == "enterprise":
            continue
        missing = staff.lacks(body)
        for role in KINDS[body.kind].held:
            zh, en = role_name(body.kind, role)
            yield _post(body, role, (zh, en), done=role not in missing)
            if role in KINDS[body.kind].by_two and role not in missing:
                words = (f"第二名{zh}，互相复核复查", f"a second {en.lower()}, to check the first")
                yield _post(body, role, words, done=not staff.alone(body, role))
        if staff.without_account(body):
            words = (f"{body.name_zh}：有人员没有账号", f"{body.name}: somebody has no account")
            yield Item(done=False, text=words, place="persons")


def _post(body: Body, role: str, words: tuple[str, str], *, done: bool) -> Item:
    text = (f"{body.name_zh}：{words[0]}", f"{body.name}: {words[1]}")
    return Item(done, text, "persons", "person.add", given={"post": f"{body.id}:{role}"})


def _enterprises(staff: _Staff) -> Iterator[Item]:
    found = [body for body in staff.bodies if body.kind == "enterprise"]
    if not found:
        return
    lacking = [body for body in found if staff.lacks(body)]
    if lacking:
        yield _principal(lacking[0], staff.lacks(lacking[0])[0], len(lacking))
    else:
        words = ("每家企业的主要负责人", "Principals of all enterprises")
        yield Item(done=True, text=words, place="persons")
    closed_out = sum(staff.without_account(body) for body in found)
    if closed_out:
        words = (
            f"{closed_out} 家企业有人员没有账号",
            f"Enterprises with somebody who has no account: {closed_out}",
        )
        yield Item(done=False, text=words, place="persons")


def _principal(body: Body, role: str, lacking: int) -> Item:
    """Ask for one enterprise at a time, so that the form begins with its post."""
    zh, en = role_name(body.kind, role)
    if lacking > 1:
        zh, en = f"{zh}（共缺 {lacking} 家）", f"{en} ({lacking} enterprises lack one)"
    return _post(body, role, (zh, en), done=False)


def _staff(desk: Desk) -> _Staff:
    rows = desk.session.execute(
        select(GrantRow.body_id, GrantRow.role, GrantRow.person_id).where(
            organisation.in_force(desk.now)
        )
    )
    accounts = desk.session.scalars(select(Account.person_id).where(Account.closed_at.is_(None)))
    return _Staff(
        bodies=[body for body in organisation.bodies(desk.session) if body.open],
        held=[(row.body_id, row.role, row.person_id) for row in rows],
        signing_in=frozenset(accounts),
    )


def _rules(desk: Desk) -> RuleSet | None:
    try:
        return rule_store.rules_in_force(desk.session, desk.today)
    except Invalid:
        return None
