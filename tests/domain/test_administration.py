"""Setting up a zone and administering its bodies and posts, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import select, update

from engine.errors import Conflict, Invalid, NotAllowed
from engine.store.database import Database
from tests.copied import Copies
from tests.domain.office import BEGINNING, PASSWORD, Office, enterprise, faults, open_office
from workflows.accounts import sign_in
from workflows.accounts.tables import Account
from workflows.administration import record, registry, setting_up
from workflows.administration.checklist import checklist
from workflows.administration.desk import open_desk
from workflows.domain import organisation, rule_store
from workflows.domain.administration_tables import AdministrationEntry
from workflows.domain.org_tables import GrantRow


@pytest.fixture
def office(copied: Copies) -> Iterator[Office]:
    with open_office(copied) as opened:
        yield opened


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

    assert {"单位：应急管理局", "单位：行业主管部门", "部署的流程"} <= missing()
    assert "系统管理组：系统管理" not in missing()
    bureau = office.do("body.add", kind="emergency_bureau", name_zh="应急管理局").subject
    assert "单位：应急管理局" not in missing()
    assert "应急管理局：负责人" in missing()
    office.person("示例甲", f"{bureau}:head")
    assert "应急管理局：负责人" not in missing()
    assert "应急管理局：有人员没有账号" in missing()
    second = "应急管理局：第二名检查人员，互相复核复查"
    assert second not in missing()
    office.person("示例乙", f"{bureau}:officer")
    assert second in missing()
    office.person("示例丙", f"{bureau}:officer")
    assert second not in missing()


def test_the_checklist_leads_to_the_post_of_an_enterprise_that_lacks_its_principal(
    office: Office,
) -> None:
    def asked() -> list[tuple[str, dict[str, str]]]:
        with office.database.read() as session:
            found = checklist(open_desk(session, office.actor(), "default"))
        return [
            (item.text[0], dict(item.given))
            for item in found
            if "主要负责人" in item.text[0] and not item.done
        ]

    town = office.do("body.add", kind="town", name_zh="示范镇").subject
    industry = office.do("body.add", kind="industry_department", name_zh="经商局").subject
    firms = [
        office.do("enterprise.add", **{**enterprise(town, industry), "name_zh": name}).subject
        for name in ("甲厂", "乙厂")
    ]
    for firm in firms:
        ((words, given),) = asked()
        assert given == {"post": f"{firm}:principal"}
        assert ("（共缺 2 家）" in words) == (firm == firms[0])
        office.person(f"示例{firm}", f"{firm}:principal")
    assert asked() == []


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


def test_nobody_supervises_and_answers_for_an_enterprise_at_once(office: Office) -> None:
    bureau = office.do("body.add", kind="emergency_bureau", name_zh="应急管理局").subject
    town = office.do("body.add", kind="town", name_zh="示范镇").subject
    industry = office.do("body.add", kind="industry_department", name_zh="经商局").subject
    firm = office.do("enterprise.add", **enterprise(town, industry)).subject
    officer = office.person("示例甲", f"{bureau}:officer")
    owner = office.person("示例乙", f"{firm}:principal")
    for person, post in ((officer, f"{firm}:safety_officer"), (owner, f"{bureau}:officer")):
        with pytest.raises(Invalid) as error:
            office.do("post.give", person, post=post, valid_from="2026-03-02")
        assert "不得同时在机关和企业任职" in faults(error)["post"][0]
    office.do("post.end", office.grant(officer), last_day="2026-03-02")
    office.do("post.give", officer, post=f"{firm}:safety_officer", valid_from="2026-03-03")


@pytest.mark.parametrize(
    ("phone", "taken"),
    [
        ("0839-3210000转8001", True),
        ("+86 139 0000 0000", True),
        ("（0839）3210000", True),
        ("abc<script>", False),
        ("123", False),
    ],
)
def test_a_telephone_is_one(office: Office, phone: str, taken: bool) -> None:
    town = office.do("body.add", kind="town", name_zh="示范镇").subject
    industry = office.do("body.add", kind="industry_department", name_zh="经商局").subject
    asked = {**enterprise(town, industry), "phone": phone}
    if taken:
        office.do("enterprise.add", **asked)
        return
    with pytest.raises(Invalid) as error:
        office.do("enterprise.add", **asked)
    assert list(faults(error)) == ["phone"]


@pytest.mark.parametrize("like", ["示范\u200b镇（ＡＢ）", "示范镇(ab)", "\ufeff示范镇（AB）"])
def test_a_name_that_looks_like_another_is_taken(office: Office, like: str) -> None:
    office.do("body.add", kind="town", name_zh="示范镇（AB）")
    with pytest.raises(Invalid) as error:
        office.do("body.add", kind="town", name_zh=like)
    assert "示范镇（AB）" in faults(error)["name_zh"][0]


def test_a_password_can_be_seen(office: Office) -> None:
    with office.database.begin() as session, pytest.raises(Invalid) as error:
        sign_in.set_password(session, "admin", "\u200b" * 12)
    assert list(faults(error)) == ["password"]


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
