"""Administering a zone in the browser: from an empty one to people who can sign in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select, update

from engine import clock
from engine.clock import VirtualClock
from tests.lent import lent_app
from tests.web.conftest import SECRET
from tests.web.visitor import START, Visitor, open_product, register
from workflows.accounts.tables import Account
from workflows.administration import registry, setting_up
from workflows.app import Bihuan
from workflows.domain.administration_tables import AdministrationEntry
from workflows.domain.org_tables import BodyRow, GrantRow

Visit = Callable[..., Visitor]
OFFICE = "/administration"
PASSWORD = "a long enough password"
PAGES = (
    "",
    "/bodies",
    "/persons",
    "/persons/admin",
    "/accounts",
    "/enterprises",
    "/enterprises/import",
    "/calendar",
    "/calendar/2026",
    "/calendar/2027",
    "/calendar/notice",
    "/rules",
    "/rules/adopt",
    "/rules/GY-2022-15/1",
    "/rules/GY-2022-15/1?than=1",
    "/record",
)


def value_of(page: str, name: str) -> str:
    """Return what a hidden control of a page holds."""
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found, f"no {name}"
    return found.group(1)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Bihuan]:
    """A zone just set up, with nothing but its administrator."""
    with clock.use(VirtualClock(START)):
        product = open_product(tmp_path, demo=False)
        product.database.create_all()
        beginning = setting_up.Beginning(
            "示例经开区", "", "admin", "系统管理员", "", PASSWORD, rules_from=date(2026, 1, 1)
        )
        with product.database.begin() as session:
            setting_up.set_up(session, "default", beginning)
        yield product
        product.database.dispose()


@pytest.fixture
def office(empty: Bihuan) -> Iterator[Visitor]:
    with lent_app(empty, SECRET) as app:
        visitor = Visitor(app)
        assert visitor.sign_in("admin", PASSWORD).status_code == 303
        yield visitor


def do(visitor: Visitor, name: str, subject: str = "", **data: str) -> str:
    """Do a command through its page; return where it led."""
    address = f"{OFFICE}/do/{name}" + (f"?subject={subject}" if subject else "")
    answer = visitor.post(address, data, token_of=address)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def one(product: Bihuan, column: object, **where: str) -> str:
    with product.database.read() as session:
        return str(session.scalars(select(column).filter_by(**where)).one())  # type: ignore[call-overload]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_shown_in_both_languages(visit: Visit, path: str, language: str) -> None:
    page = visit("admin", language).page(OFFICE + path)
    assert page.text


@pytest.mark.parametrize("name", registry.COMMANDS)
def test_every_command_has_a_page(visit: Visit, bihuan: Bihuan, name: str) -> None:
    subjects = {
        "body": "park_east",
        "person": "park_east",
        "enterprise": "enterprise01",
        "account": one(bihuan, Account.id, username="park_east"),
        "post": one(bihuan, GrantRow.id, person_id="park_east", role="head"),
        "substitute": one(bihuan, GrantRow.id, person_id="park_east", role="head"),
        "sign_in": "",
        "session": "0" * 64,
        "rules": "GY-2022-15/1",
    }
    subject = subjects[name.partition(".")[0]]
    if name in ("post.give", "account.add"):
        subject = "park_east"
    assert visit("admin").get(f"{OFFICE}/do/{name}?subject={subject}").status_code == 200


@pytest.mark.parametrize("username", ["inspector1", "bureau_head", "office", "auditor", "designer"])
def test_nobody_else_gets_in(visit: Visit, username: str) -> None:
    visitor = visit(username)
    for path in (*PAGES, "/do/body.add"):
        assert visitor.get(OFFICE + path).status_code == 403
    answer = visitor.post(f"{OFFICE}/do/body.add", {"kind": "town", "name_zh": "x"})
    assert answer.status_code == 403


def test_an_administrator_sees_no_case(visit: Visit, bihuan: Bihuan) -> None:
    case = register(bihuan)
    visitor = visit("admin")
    assert visitor.get("/").location == OFFICE
    assert visitor.get(f"/cases/{case}").status_code in (403, 404)
    assert "砂轮机" not in visitor.get("/ledger").text
    assert "砂轮机" not in visitor.get("/inbox").text
    assert visitor.get("/hazards/new").status_code == 403


def test_an_empty_zone_says_what_is_missing(office: Visitor, empty: Bihuan) -> None:
    page = office.page(OFFICE)
    assert "单位：应急管理局" in page.text
    (way,) = [
        e.attributes["href"]
        for e in page.all("a")
        if "kind=emergency_bureau" in e.attributes.get("href", "")
    ]
    form = office.page(way)
    assert form.one("input", id="field-name_zh").attributes["value"] == "应急管理局"
    do(office, "body.add", kind="emergency_bureau", name_zh="应急管理局", may_order="true")
    assert "应急管理局：负责人" in office.page(OFFICE).text
    with empty.database.read() as session:
        assert session.scalars(select(BodyRow).filter_by(kind="emergency_bureau")).one().may_order


def test_a_new_person_chooses_a_password_before_anything_else(
    office: Visitor, empty: Bihuan
) -> None:
    do(office, "body.add", kind="emergency_bureau", name_zh="应急管理局")
    address = f"{OFFICE}/do/person.add"
    data = {
        "name_zh": "示例甲",
        "post": "emergency_bureau01:head",
        "valid_from": "2026-03-02",
        "username": "bureau1",
    }
    answer = office.post(address, data, token_of=address)
    found = re.search(r"<code>([a-z0-9-]{19})</code>", answer.text)
    assert found, answer.text
    newcomer = Visitor(office.app)
    assert newcomer.sign_in("bureau1", found.group(1)).status_code == 303
    for path in ("/", "/inbox", "/ledger", "/hazards/new"):
        assert newcomer.get(path).location == "/account/password"
    assert newcomer.page("/account/password").all("nav") != []
    wrong = {"old": found.group(1), "password": "short", "repeated": "short"}
    assert (
        newcomer.post("/account/password", wrong, token_of="/account/password").status_code == 422
    )
    unlike = {"old": found.group(1), "password": PASSWORD, "repeated": "another"}
    refused = newcomer.post("/account/password", unlike, token_of="/account/password")
    assert "两次输入的新密码不一致" in refused.text
    right = {"old": found.group(1), "password": PASSWORD, "repeated": PASSWORD}
    assert newcomer.post("/account/password", right, token_of="/account/password").location == "/"
    assert newcomer.get("/inbox").status_code == 200
    token = newcomer.client.post(
        "/api/v1/tokens", json={"username": "bureau1", "password": PASSWORD}
    )
    assert token.status_code == 201


def test_a_one_time_password_gives_no_token(office: Visitor) -> None:
    do(office, "body.add", kind="town", name_zh="示例镇")
    data = {
        "name_zh": "示例甲",
        "post": "town01:head",
        "valid_from": "2026-03-02",
        "username": "town1",
    }
    answer = office.post(f"{OFFICE}/do/person.add", data, token_of=f"{OFFICE}/do/person.add")
    found = re.search(r"<code>([a-z0-9-]{19})</code>", answer.text)
    assert found
    assert "示例甲 · town1" in answer.text
    asked = {"username": "town1", "password": found.group(1)}
    refused = office.client.post("/api/v1/tokens", json=asked)
    assert refused.status_code == 401
    assert "一次性密码" in str(refused.json)


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh", "系统管理员不得兼任办案岗位"), ("en", "Expected an administrator")],
)
def test_a_refusal_is_told_at_its_field(visit: Visit, language: str, said: str) -> None:
    visitor = visit("admin", language)
    address = f"{OFFICE}/do/post.give?subject=admin"
    data = {"post": "bureau:officer", "valid_from": "2026-03-02"}
    answer = visitor.post(address, data, token_of=address)
    assert (answer.status_code, said in answer.text) == (422, True)


def test_what_is_in_the_way_is_told_above_the_form(visit: Visit) -> None:
    visitor = visit("admin")
    address = f"{OFFICE}/do/body.close?subject=park_east"
    answer = visitor.post(address, {"last_day": "2026-03-02"}, token_of=address)
    assert answer.status_code == 409
    assert "请先改派" in answer.text
    assert "没有任何改动" in answer.text


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh", "读取之后内容已有变化"), ("en", "it has changed since")],
)
def test_what_another_changed_meanwhile_is_not_written_over(
    visit: Visit, bihuan: Bihuan, language: str, said: str
) -> None:
    first, second = visit("admin", language), visit("admin", language)
    address = f"{OFFICE}/do/body.edit?subject=park_east"
    shown = first.get(address).text
    seen = {"_seen": value_of(shown, "_seen")}
    named = {"name_zh": "东区指挥部", "name": "East command"}
    done = second.post(address, {**named, **seen}, token_of=address)
    assert done.status_code == 303
    late = first.post(address, {**named, "name_zh": "另一个名称", **seen}, token_of=address)
    assert late.status_code == 409
    assert said in late.text
    assert "另一个名称" in late.text, "what was typed is shown"
    assert 'id="page-form"' not in late.text
    with bihuan.database.read() as session:
        assert session.get_one(BodyRow, "park_east").name_zh == "东区指挥部"


def test_tasks_taken_by_somebody_who_left_go_back(visit: Visit, bihuan: Bihuan) -> None:
    register(bihuan)
    taker = visit("inspector1")
    inbox = taker.page("/inbox?scope=claimable")
    task = next(
        e.attributes["href"] for e in inbox.all("a") if "/tasks/" in e.attributes.get("href", "")
    )
    assert taker.post(f"{task}/claim", token_of="/inbox").status_code == 303
    hrefs = [e.attributes.get("href") for e in visit("inspector2").page("/inbox").all("a")]
    assert task not in hrefs
    do(visit("admin"), "person.leave", "inspector1", last_day="2026-03-01", reason="调离")
    links = visit("inspector2").page("/inbox?scope=claimable").all("a")
    assert task in [e.attributes.get("href") for e in links]
    assert taker.get("/inbox").status_code == 302


def test_a_substitute_chooses_to_act_and_the_record_names_both(
    visit: Visit, bihuan: Bihuan
) -> None:
    post = one(bihuan, GrantRow.id, person_id="park_east", role="head")
    data = {
        "substitute": "park_east_officer",
        "instrument": "东园区〔2026〕1号",
        "valid_from": "2026-03-02",
        "valid_to": "2026-03-04",
    }
    do(visit("admin"), "substitute.add", post, **data)
    visitor = visit("park_east_officer")
    assert "代行 东园区指挥长 的职权" in visitor.get("/inbox").text
    acting = visitor.post("/account/acting-for", {"absent": "park_east"}, token_of="/inbox")
    assert acting.status_code == 303
    assert "代 东园区指挥长 行使职权" in visitor.get("/inbox").text
    visitor.post("/account/acting-for", {"absent": ""}, token_of="/inbox")
    assert "代行 东园区指挥长 的职权" in visitor.get("/inbox").text
    other = visit("inspector1")
    refused = other.post("/account/acting-for", {"absent": "park_east"}, token_of="/inbox")
    assert refused.status_code == 403


def test_the_record_shows_who_did_what_and_that_nothing_was_altered(
    office: Visitor, empty: Bihuan
) -> None:
    do(office, "body.add", kind="town", name_zh="示例镇")
    page = office.page(f"{OFFICE}/record")
    assert "新增单位" in page.text
    assert "均与写入时一致" in page.text
    with empty.database.begin() as session:
        session.execute(update(AdministrationEntry).values(actor_name="另一人"))
    assert "请立即报告" in office.page(f"{OFFICE}/record").text
