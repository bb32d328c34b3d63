"""The record of the administration in words: fields as the forms call them, no id, no key."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from engine import clock
from engine.clock import VirtualClock
from engine.ports import Actor
from tests.domain.notices import whole
from tests.domain.test_administration_sheets import newer
from tests.web.page_checks import Page
from tests.web.visitor import START, Visitor
from webapp.administration.record_words import act_words
from workflows.accounts import policy
from workflows.accounts.tables import Account
from workflows.administration import calendar_years, enterprise_sheet, registry, rule_sets
from workflows.administration.desk import Desk
from workflows.app import Bihuan
from workflows.domain import organisation
from workflows.domain.earlier_calendars import REPLACED
from workflows.domain.org_tables import GrantRow, SubstituteRow
from workflows.domain.working_days import SpecialDay

Visit = Callable[..., Visitor]
RECORD = "/administration/record"
ADMIN = Actor("admin", "系统管理员", ())
TECHNICAL = re.compile(
    r"[a-z]+_[a-z_]+|[0-9a-f]{8}-[0-9a-f]{4}|\d{4}-\d{2}-\d{2}|True|False|None|[{\[]"
    r"|\b(?:grant|kind|town|before|after|name_zh|may_order|body|post|park_east|bureau):"
)
ENTERPRISE = {
    "name_zh": "示例新铝业有限公司",
    "park": "park_east",
    "town": "town1",
    "industry_department": "industry_economy",
    "industry": "有色金属",
    "size_class": "above_scale",
    "legal_representative": "示例甲",
}


class Acting:
    """An administrator at work in the zone of the demonstration."""

    def __init__(self, bihuan: Bihuan) -> None:
        self.bihuan = bihuan
        self.agency = bihuan.settings.agency
        with bihuan.database.read() as session:
            self.actor = organisation.actor_of(session, "admin", clock.now())

    def do(self, act: str, subject: str = "", /, **data: Any) -> str:
        wanted = registry.command(act)
        database = self.bihuan.database
        return registry.run(database, self.actor, self.agency, wanted, subject, data).subject

    def id_of(self, row: type[Any], **where: str) -> str:
        with self.bihuan.database.read() as session:
            return str(session.scalars(select(row.id).filter_by(**where)).one())


@pytest.fixture
def acting(bihuan: Bihuan) -> Iterator[Acting]:
    with clock.use(VirtualClock(START)):
        yield Acting(bihuan)


def told(page: Page) -> list[str]:
    """Return what each entry tells, the newest first."""
    found: list[list[str]] = []
    for one in page.elements:
        if "office-detail" in one.attributes.get("class", ""):
            found.append([])
        elif one.tag == "li" and "td" in one.parents:
            found[-1].append(" ".join(one.text.split()))
    return [" ".join(fields) for fields in found]


def newest(visit: Visit, language: str = "zh") -> str:
    return told(visit("admin", language).page(RECORD))[0]


def test_a_change_of_the_rules_tells_the_old_value_of_what_changed_alone(
    visit: Visit, bihuan: Bihuan, acting: Acting
) -> None:
    with bihuan.database.read() as session:
        rules = vars(policy.current(session))
    acting.do("sign_in.edit", **{**rules, "failures": rules["failures"] + 3}, reason="试行")
    was, now = rules["failures"], rules["failures"] + 3
    assert newest(visit) == f"连续输错几次后锁定：{was} →改为 {now} 原因：试行"
    page = visit("admin").page(RECORD)
    assert (page.one("del").text, page.one("ins").text) == (f"{was}", f"{now}")
    assert "登录规则" in page.text
    english = newest(visit, "en")
    assert f"Wrong passwords in a row that lock an account: {was}" in english
    assert "Minutes" not in english


def test_bodies_posts_and_persons_are_told_by_name(visit: Visit, acting: Acting) -> None:
    town = acting.do("body.add", kind="town", name_zh="河口镇", may_order=True)
    assert newest(visit) == "类别：镇（街道） 名称：河口镇 有行政执法权：是"
    acting.do("body.edit", town, name_zh="河口镇政府", may_order=True)
    assert newest(visit) == "名称：河口镇 →改为 河口镇政府"
    person = acting.do("person.add", name_zh="甲", post=f"{town}:head", valid_from="2026-03-02")
    assert newest(visit) == "姓名：甲 岗位：河口镇政府 · 负责人 起始日：2026年3月2日"
    acting.do("post.end", acting.id_of(GrantRow, person_id=person), last_day="2099-12-31")
    assert newest(visit) == "最后一日：2099年12月31日 岗位：河口镇政府 · 负责人"
    page = visit("admin").page(RECORD)
    links = [one for one in page.elements if one.tag == "a" and one.text == "甲"]
    assert links[0].attributes["href"].endswith(f"/persons/{person}")


def test_an_enterprise_is_told_by_its_supervisors_and_only_with_what_changed(
    visit: Visit, acting: Acting
) -> None:
    one = acting.do("enterprise.add", **ENTERPRISE)
    assert "所在园区：东园区攻坚指挥部" in newest(visit)
    assert "规模：四上企业" in newest(visit)
    acting.do("enterprise.edit", one, **(ENTERPRISE | {"park": "", "size_class": "small"}))
    assert newest(visit) == "所在园区：东园区攻坚指挥部 →改为 空 规模：四上企业 →改为 四下企业"


def test_entries_written_before_are_read_the_same_way(visit: Visit, bihuan: Bihuan) -> None:
    before = {"name_zh": "河口镇", "name": "河口镇", "may_order": False}
    with bihuan.database.begin() as session:
        desk = Desk(session, ADMIN, bihuan.settings.agency, clock.now())
        after = {"name_zh": "河口镇政府", "may_order": False}
        desk.record("body.edit", "town1", {"before": before, "after": after})
        desk.record("body.edit", "town1", {"before": before, "after": before})
        given = {"grants": ["bureau:officer"], "valid_from": "2026-12-01"}
        desk.record("post.give", "inspector1", given)
    assert told(visit("admin").page(RECORD))[:3] == [
        "起始日：2026年12月1日 岗位：应急管理局 · 检查人员",
        "状态：没有任何改动",
        "名称：河口镇 →改为 河口镇政府",
    ]


def test_words_that_the_code_knows_no_more_are_told_as_they_were_written(
    visit: Visit, bihuan: Bihuan
) -> None:
    with bihuan.database.begin() as session:
        desk = Desk(session, ADMIN, bihuan.settings.agency, clock.now())
        desk.record("body.add", "town1", {"kind": "borough", "name_zh": "河口镇"})
        desk.record("enterprise.add", "e1", {"name_zh": "示例厂", "size_class": "tiny"})
        desk.record("post.end", "p1", {"role": "warden"})
        desk.record("post.give", "inspector1", {"grants": ["bureau:warden"]})
        desk.record("calendar.import", "", {REPLACED: {"2026-01-01": "feast"}})
    lines = told(visit("admin").page(RECORD))[:5]
    known = ("feast", "应急管理局 · warden", "warden", "规模：tiny", "类别：borough")
    assert [words in line for words, line in zip(known, lines, strict=True)] == [True] * 5


def every_act(acting: Acting) -> None:
    """Do everything that leaves an entry."""
    town = acting.do("body.add", kind="town", name_zh="河口镇", name="Hekou", may_order=False)
    acting.do("body.edit", town, name_zh="河口街道", may_order=True)
    first = {"valid_from": "2026-01-01"}
    one = acting.do("person.add", name_zh="甲", post=f"{town}:head", username="jia.one", **first)
    two = acting.do("person.add", name_zh="乙", post=f"{town}:deputy", **first)
    acting.do("person.edit", one, name_zh="丙", name="Third")
    acting.do("post.give", two, post=f"{town}:officer", **first, valid_to="2099-01-01")
    post = acting.id_of(GrantRow, person_id=one)
    days = {"valid_from": "2098-01-01", "valid_to": "2098-02-01"}
    acting.do("substitute.add", post, substitute=two, instrument="示例函 1 号", **days)
    acting.do("substitute.end", acting.id_of(SubstituteRow, absent_id=one), last_day="2098-01-05")
    acting.do("post.end", post, last_day="2099-01-01")
    accounts_of(acting, two)
    works = acting.do("enterprise.add", **ENTERPRISE)
    acting.do("enterprise.edit", works, **(ENTERPRISE | {"town": town}))
    acting.do("enterprise.close", works, last_day="2099-12-31")
    sheets(acting)


def accounts_of(acting: Acting, two: str) -> None:
    account = acting.id_of(Account, username="jia.one")
    for act in ("reset", "end_sessions", "close", "reopen"):
        acting.do(f"account.{act}", account)
    acting.do("account.add", two, username="yi.two")
    acting.do("person.leave", two, last_day="2099-12-31")


def sheets(acting: Acting) -> None:
    bihuan, database = acting.bihuan, acting.bihuan.database
    text = "企业名称,所在镇街,行业主管部门,行业,规模,法定代表人\n"
    text += "示例新厂,河口街道,经济商务局,机械,四上企业,示例甲\n"
    rows = enterprise_sheet.rows_of_text(text)
    enterprise_sheet.import_enterprises(
        database, acting.actor, acting.agency, rows, agreed=lambda _: True
    )
    text = newer(interview__due_days=5)
    rule_sets.adopt(database, acting.actor, acting.agency, text, date(2026, 4, 1))
    acting.do("rules.withdraw", "GY-2022-15/2", reason="写错")
    notice = [*whole(year=2027), SpecialDay(date(2027, 1, 9), "workday", "元旦", "示例通知")]
    calendar_years.apply(bihuan.runtime, acting.actor, acting.agency, notice)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_technical_is_told_in_either_language(
    visit: Visit, acting: Acting, language: str
) -> None:
    every_act(acting)
    visit("admin").page(RECORD)
    page = visit("admin", language).page(RECORD)
    lines = told(page)
    assert len(lines) > 20
    assert [one for one in lines if TECHNICAL.search(one)] == []
    assert len([one for one in lines if not one]) == 0


def test_the_record_is_searched_in_its_words(visit: Visit, acting: Acting) -> None:
    town = acting.do("body.add", kind="town", name_zh="河口镇", may_order=False)
    acting.do("body.edit", town, name_zh="河口街道", may_order=False)
    for words in ("河口镇", "名称：河口", town):
        assert "河口街道" in " ".join(told(visit("admin").page(f"{RECORD}?text={words}"))), words
    assert told(visit("admin").page(f"{RECORD}?text=nobody-like-this")) == []


def test_an_act_of_a_former_time_keeps_its_name() -> None:
    assert act_words("something.else") == "something.else"
