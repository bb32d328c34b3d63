"""Setting up a zone and administering it, on both databases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update

from engine import clock
from engine.clock import VirtualClock
from engine.errors import Conflict, Invalid, NotAllowed
from engine.ports import Actor
from engine.store.database import Database
from tests.domain.world import START
from workflows.accounts import sign_in
from workflows.accounts.tables import Account
from workflows.administration import record, registry, setting_up
from workflows.administration.checklist import checklist
from workflows.administration.command import Done
from workflows.administration.desk import open_desk
from workflows.domain import organisation, rule_store, substitutes
from workflows.domain.administration_tables import AdministrationEntry
from workflows.domain.org_tables import GrantRow, SubstituteRow

PASSWORD = "a long enough password"
BEGINNING = setting_up.Beginning(
    "示例经开区", "", "admin", "系统管理员", "", PASSWORD, rules_from=date(2026, 3, 2)
)


@dataclass
class Office:
    """A zone just set up, and its administrator at work."""

    database: Database

    def actor(self, person: str = "admin") -> Actor:
        with self.database.read() as session:
            return organisation.actor_of(session, person, clock.now())

    def do(self, name: str, subject: str = "", *, by: str = "admin", **data: Any) -> Done:
        wanted = registry.command(name)
        return registry.run(self.database, self.actor(by), "default", wanted, subject, data)

    def person(self, name: str, post: str, **data: Any) -> str:
        given = {"name_zh": name, "post": post, "valid_from": "2026-03-02", **data}
        return self.do("person.add", **given).subject

    def grant(self, person: str) -> str:
        with self.database.read() as session:
            return session.scalars(select(GrantRow.id).where(GrantRow.person_id == person)).one()

    def entries(self) -> list[tuple[str, str]]:
        with self.database.read() as session:
            return [(one.act, one.subject) for one in record.entries(session, "default")]


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    database = Database(database_url)
    database.create_all()
    with clock.use(VirtualClock(START)):
        with database.begin() as session:
            setting_up.set_up(session, "default", BEGINNING)
        yield Office(database)
    database.dispose()


def faults(error: pytest.ExceptionInfo[Invalid]) -> Mapping[str, list[str]]:
    return error.value.by_field("zh")


def test_setting_up_leaves_rules_calendar_and_an_administrator(office: Office) -> None:
    with office.database.read() as session:
        assert rule_store.rules_in_force(session, date(2026, 3, 2)).version == 1
        assert rule_store.calendar(session).covers(date(2026, 3, 2))
        zone = setting_up.zone(session, "default")
        assert zone is not None
        assert zone.name_zh == "示例经开区"
    with office.database.begin() as session:
        assert sign_in.attempt(session, "admin", PASSWORD).token
    assert office.actor().holds("admins", "admin")


def test_a_zone_is_set_up_once(office: Office) -> None:
    with pytest.raises(Conflict), office.database.begin() as session:
        setting_up.set_up(session, "default", BEGINNING)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"zone_zh": " "}, "zone"),
        ({"password": "short"}, "password"),
        ({"username": "Ä"}, "username"),
    ],
)
def test_what_will_not_do_sets_nothing_up(
    sqlite_url: str, change: dict[str, str], field: str
) -> None:
    database = Database(sqlite_url)
    database.create_all()
    beginning = setting_up.Beginning(**{**vars(BEGINNING), **change})
    with pytest.raises(Invalid) as error, database.begin() as session:
        setting_up.set_up(session, "default", beginning)
    assert list(faults(error)) == [field]
    with database.read() as session:
        assert setting_up.zone(session, "default") is None
        assert organisation.bodies(session) == []
    database.dispose()


def test_the_checklist_empties_as_the_zone_fills(office: Office) -> None:
    def missing() -> set[str]:
        with office.database.read() as session:
            desk = open_desk(session, office.actor(), "default")
            return {item.text[0] for item in checklist(desk) if item.needed and not item.done}

    assert {"单位：应急管理局", "单位：行业主管部门", "流程已部署"} <= missing()
    assert "系统管理组：系统管理" not in missing()
    bureau = office.do("body.add", kind="emergency_bureau", name_zh="应急管理局").subject
    assert "单位：应急管理局" not in missing()
    assert "应急管理局：负责人" in missing()
    office.person("示例甲", f"{bureau}:head")
    assert "应急管理局：负责人" not in missing()
    assert "应急管理局：有人员没有账号" in missing()


def test_only_administrators_administer(office: Office) -> None:
    bureau = office.do("body.add", kind="emergency_bureau", name_zh="应急管理局").subject
    head = office.person("示例甲", f"{bureau}:head")
    for name in registry.COMMANDS:
        with pytest.raises(NotAllowed):
            office.do(name, by=head)


def test_an_administrator_handles_no_cases(office: Office) -> None:
    bureau = office.do("body.add", kind="emergency_bureau", name_zh="应急管理局").subject
    head = office.person("示例甲", f"{bureau}:head")
    for person, post in (("admin", f"{bureau}:officer"), (head, "admins:admin")):
        with pytest.raises(Invalid) as error:
            office.do("post.give", person, post=post, valid_from="2026-03-02")
        assert "不得兼任" in faults(error)["post"][0]


def test_the_last_administrator_stays(office: Office) -> None:
    with pytest.raises(Conflict):
        office.do("post.end", office.grant("admin"), last_day="2026-03-01")
    with pytest.raises(Conflict):
        office.do("person.leave", "admin", last_day="2026-03-02")
    second = office.person("示例乙", "admins:admin", username="admin2")
    office.do("person.leave", second, last_day="2026-03-01")
    office.person("示例丙", "admins:admin", username="admin3")
    office.do("post.end", office.grant("admin"), last_day="2026-03-01", by="admin3")
    with pytest.raises(NotAllowed):
        office.do("body.add", kind="town", name_zh="示例镇")


def test_a_post_fits_its_body_and_its_days(office: Office) -> None:
    town = office.do("body.add", kind="town", name_zh="示例镇").subject
    for post, days, field in (
        (f"{town}:expert", {}, "post"),
        ("nowhere:head", {}, "post"),
        (f"{town}:head", {"valid_to": "2026-03-01"}, "valid_to"),
        (f"{town}:head", {"valid_from": "gestern"}, "valid_from"),
    ):
        with pytest.raises(Invalid) as error:
            office.person("示例甲", post, **days)
        assert list(faults(error)) == [field]
    head = office.person("示例甲", f"{town}:head")
    with pytest.raises(Invalid):
        office.do("post.give", head, post=f"{town}:head", valid_from="2026-05-01")


def test_nothing_is_deleted_when_somebody_leaves(office: Office) -> None:
    town = office.do("body.add", kind="town", name_zh="示例镇").subject
    head = office.person("示例甲", f"{town}:head", username="town1")
    office.do("person.leave", head, last_day="2026-03-01", reason="调离")
    assert office.actor(head).grants == ()
    with office.database.read() as session:
        row = session.scalars(select(GrantRow).where(GrantRow.person_id == head)).one()
        assert row.valid_to == date(2026, 3, 1)
        assert session.scalars(select(Account).where(Account.person_id == head)).one().closed_at
    with office.database.begin() as session:
        assert sign_in.attempt(session, "town1", PASSWORD).token is None


def test_the_past_is_not_rewritten(office: Office) -> None:
    town = office.do("body.add", kind="town", name_zh="示例镇").subject
    head = office.person("示例甲", f"{town}:head")
    with pytest.raises(Invalid) as error:
        office.do("post.end", office.grant(head), last_day="2026-02-01")
    assert list(faults(error)) == ["last_day"]


def test_a_substitute_acts_between_two_days_by_a_paper(office: Office) -> None:
    town = office.do("body.add", kind="town", name_zh="示例镇").subject
    head = office.person("示例甲", f"{town}:head")
    deputy = office.person("示例乙", f"{town}:deputy")
    data = {
        "substitute": deputy,
        "instrument": "示例镇〔2026〕3号",
        "valid_from": "2026-03-02",
        "valid_to": "2026-03-04",
    }
    with pytest.raises(Invalid) as error:
        office.do("substitute.add", office.grant(head), **data | {"instrument": ""})
    assert list(faults(error)) == ["instrument"]
    office.do("substitute.add", office.grant(head), **data)
    with pytest.raises(Invalid):
        office.do("substitute.add", office.grant(head), **data)
    with office.database.read() as session:
        actor = organisation.actor_of(session, deputy, clock.now())
        acting = substitutes.acting_for(session, actor, head, clock.now())
        assert (acting.id, acting.acting_for) == (deputy, head)
        assert acting.holds(town, "head")
        assert not acting.holds(town, "deputy")
        row = session.scalars(select(SubstituteRow.id)).one()
    office.do("substitute.end", row, last_day="2026-03-01")
    with office.database.read() as session, pytest.raises(NotAllowed):
        substitutes.acting_for(session, actor, head, clock.now())


def test_administrators_stand_in_for_nobody(office: Office) -> None:
    town = office.do("body.add", kind="town", name_zh="示例镇").subject
    head = office.person("示例甲", f"{town}:head")
    days = {"instrument": "某文", "valid_from": "2026-03-02", "valid_to": "2026-03-04"}
    with pytest.raises(Invalid):
        office.do("substitute.add", office.grant(head), substitute="admin", **days)


def test_a_one_time_password_is_replaced_before_anything_else(office: Office) -> None:
    town = office.do("body.add", kind="town", name_zh="示例镇").subject
    made = office.do(
        "person.add",
        name_zh="示例甲",
        post=f"{town}:head",
        valid_from="2026-03-02",
        username="town1",
    )
    with office.database.begin() as session:
        token = sign_in.attempt(session, "town1", made.secret).token
        assert token
        account = sign_in.signed_in(session, token)
        assert account is not None
        assert account.must_change
        sign_in.change_password(session, account.account_id, made.secret, PASSWORD)
        assert sign_in.signed_in(session, token) is None
        again = sign_in.attempt(session, "town1", PASSWORD).token
        assert again
        renewed = sign_in.signed_in(session, again)
        assert renewed is not None
        assert not renewed.must_change
    assert made.secret not in str(all_data(office))


def test_an_account_is_reset_closed_and_opened_again(office: Office) -> None:
    town = office.do("body.add", kind="town", name_zh="示例镇").subject
    office.person("示例甲", f"{town}:head", username="town1")
    with office.database.read() as session:
        account = session.scalars(select(Account.id).where(Account.username == "town1")).one()
    secret = office.do("account.reset", account).secret
    with office.database.begin() as session:
        token = sign_in.attempt(session, "town1", secret).token
        assert token
    office.do("account.end_sessions", account)
    with office.database.read() as session:
        assert sign_in.signed_in(session, token) is None
    office.do("account.close", account)
    with office.database.begin() as session:
        assert sign_in.attempt(session, "town1", secret).token is None
    secret = office.do("account.reopen", account).secret
    with office.database.begin() as session:
        assert sign_in.attempt(session, "town1", secret).token
    with pytest.raises(Invalid):
        office.person("示例乙", f"{town}:deputy", username="town1")


def test_a_body_that_is_needed_is_not_closed(office: Office) -> None:
    town = office.do("body.add", kind="town", name_zh="示例镇").subject
    department = office.do("body.add", kind="industry_department", name_zh="经济商务局").subject
    bureau = office.do("body.add", kind="emergency_bureau", name_zh="应急管理局").subject
    firm = office.do("enterprise.add", **enterprise(town, department)).subject
    for body in (town, department, bureau):
        with pytest.raises(Conflict):
            office.do("body.close", body, last_day="2026-03-02")
    office.do("enterprise.close", firm, last_day="2026-03-02")
    office.do("body.close", town, last_day="2026-03-02")
    with pytest.raises(Conflict):
        office.do("body.close", town, last_day="2026-03-02")
    with pytest.raises(Invalid):
        office.do("body.add", kind="emergency_bureau", name_zh="第二应急局")


def test_an_enterprise_is_added_and_assigned_anew(office: Office) -> None:
    town = office.do("body.add", kind="town", name_zh="示例镇").subject
    department = office.do("body.add", kind="industry_department", name_zh="经济商务局").subject
    other = office.do("body.add", kind="industry_department", name_zh="建设局").subject
    firm = office.do("enterprise.add", **enterprise(town, department)).subject
    with pytest.raises(Invalid) as error:
        office.do("enterprise.add", **enterprise(town, department))
    assert list(faults(error)) == ["name_zh"]
    office.do("enterprise.edit", firm, **enterprise(town, other))
    with office.database.read() as session:
        found = organisation.enterprise(session, firm)
        assert (found.industry_department, found.command) == (other, town)
        last = record.entries(session, "default", limit=1)[0]
        assert last.data["before"] == {"industry_department": department}


def test_every_command_leaves_a_chained_entry(office: Office) -> None:
    office.do("body.add", kind="town", name_zh="示例镇")
    assert office.entries()[0] == ("body.add", "town01")
    with office.database.read() as session:
        assert record.verify(session, "default").sound
    with office.database.begin() as session:
        session.execute(
            update(AdministrationEntry).where(AdministrationEntry.seq == 2).values(actor="x")
        )
    with office.database.read() as session:
        assert record.verify(session, "default").broken_at == 2


def enterprise(town: str, department: str) -> dict[str, str]:
    return {
        "name_zh": "示例铝业有限公司",
        "town": town,
        "industry_department": department,
        "industry": "有色金属",
        "size_class": "above_scale",
        "legal_representative": "示例甲",
    }


def all_data(office: Office) -> list[dict[str, Any]]:
    with office.database.read() as session:
        return [one.data for one in record.entries(session, "default")]
