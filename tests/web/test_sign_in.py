"""Signing in and out: one refusal for all mistakes, new sessions, ends that hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from engine.clock import SystemClock
from tests.web.conftest import SECRET
from tests.web.page_checks import Page
from tests.web.visitor import Visitor, open_product
from webapp.factory import create_app
from workflows.accounts import policy, throttle
from workflows.app import Bihuan

Visit = Callable[..., Visitor]


def test_signing_in_leads_to_the_inbox(visit: Visit) -> None:
    visitor = visit("inspector1")
    assert visitor.get("/").location == "/inbox"
    assert "应急局执法员一" in visitor.get("/inbox").text


def test_an_enterprise_lands_at_its_cases(visit: Visit) -> None:
    assert visit("enterprise01").get("/").location == "/my-cases"


@pytest.mark.parametrize(
    ("username", "password"),
    [("inspector1", "wrong"), ("nobody", "bihuan-demo"), ("", ""), ("inspector1", "x" * 5000)],
)
def test_every_mistake_is_refused_alike(visit: Visit, username: str, password: str) -> None:
    response = visit().sign_in(username, password)
    assert response.status_code == 401
    assert "用户名或密码不正确" in response.text


def test_the_refusal_speaks_english(visit: Visit) -> None:
    response = visit(language="en").sign_in("inspector1", "wrong")
    assert "Expected a known user name with its password" in response.text


def test_the_demonstration_password_is_refused_elsewhere(built: Path, tmp_path: Path) -> None:
    (tmp_path / "zone.db").write_bytes(built.read_bytes())
    product = open_product(tmp_path, demo=False)
    visitor = Visitor(create_app(product, testing=True, secret=SECRET))
    assert visitor.sign_in("inspector1").status_code == 401
    assert "bihuan-demo" not in visitor.get("/sign-in").text
    product.database.dispose()


def test_a_planted_session_does_not_survive_signing_in(visit: Visit) -> None:
    visitor = visit()
    with visitor.client.session_transaction() as session:
        session["planted"] = "by somebody else"
    visitor.sign_in("inspector1")
    with visitor.client.session_transaction() as session:
        assert "planted" not in session
        first = session["_user_id"]
    visitor.post("/sign-out", token_of="/inbox")
    visitor.sign_in("inspector1")
    with visitor.client.session_transaction() as session:
        assert session["_user_id"] != first


def test_signing_out_ends_the_session_on_the_server(visit: Visit) -> None:
    visitor = visit("inspector1")
    stolen = visitor.client.get_cookie("bihuan")
    assert stolen is not None
    visitor.post("/sign-out", token_of="/inbox")
    thief = visit()
    thief.client.set_cookie("bihuan", stolen.value)
    assert thief.get("/inbox").status_code == 302


def test_signing_out_is_never_a_link(visit: Visit) -> None:
    assert visit("inspector1").get("/sign-out").status_code == 405


def test_ten_wrong_passwords_lock_the_account_for_a_while(visit: Visit, bihuan: Bihuan) -> None:
    visitor = visit()
    for _ in range(policy.DEFAULT.failures):
        visitor.sign_in("inspector1", "wrong")
    assert "暂时锁定" in visitor.sign_in("inspector1").text
    later = SystemClock().now() + policy.DEFAULT.locked_for
    with time_machine.travel(later):
        assert visitor.sign_in("inspector1").status_code == 303


def test_a_session_ends_after_its_lifetime(visit: Visit) -> None:
    visitor = visit("inspector1")
    with time_machine.travel(SystemClock().now() + policy.DEFAULT.lifetime):
        assert visitor.get("/inbox").status_code == 302


def test_too_many_attempts_are_throttled(bihuan: Bihuan) -> None:
    visitor = Visitor(create_app(bihuan, secret=SECRET))
    most = throttle.ADDRESS.most
    statuses = [visitor.sign_in(f"name{n}", "wrong").status_code for n in range(most + 1)]
    assert statuses == [401] * most + [429]


def test_signing_in_goes_on_to_where_one_wanted(visit: Visit) -> None:
    visitor = visit()
    wanted = visitor.get("/ledger?level=major")
    assert wanted.location == "/sign-in?next=/ledger?level%3Dmajor"
    assert visitor.sign_in("office", next="/ledger?level=major").location == "/ledger?level=major"


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/\\elsewhere",
        "javascript:1",
        "/inbox\r\nX-A: b",
    ],
)
def test_signing_in_never_leads_elsewhere(visit: Visit, address: str) -> None:
    assert visit().sign_in("office", next=address).location == "/"


def test_the_language_is_switched_and_remembered(visit: Visit) -> None:
    visitor = visit("office")
    visitor.post("/language", {"language": "en", "next": "/ledger"}, token_of="/inbox")
    assert Page(visitor.get("/ledger").text).one("html").attributes["lang"] == "en"
    assert "Hazard ledger" in visit("office").get("/ledger").text


def test_the_language_of_the_browser_holds_until_one_is_chosen(visit: Visit, app: Flask) -> None:
    def language(visitor: Visitor) -> str:
        return Page(visitor.get("/inbox").text).one("html").attributes["lang"]

    english = Visitor(app, "en-GB,en;q=0.9")
    english.sign_in("inspector1")
    assert language(english) == "en"
    assert language(visit("inspector1")) == "zh-CN"
    english.post("/language", {"language": "zh"}, token_of="/inbox")
    again = Visitor(app, "en")
    again.sign_in("inspector1")
    assert language(again) == "zh-CN"


def test_an_unknown_language_changes_nothing(visit: Visit) -> None:
    visitor = visit("office")
    visitor.post("/language", {"language": "xx"}, token_of="/inbox")
    assert "隐患台账" in visitor.get("/ledger").text


def test_the_cookie_is_out_of_reach_of_scripts(app: Flask) -> None:
    response = app.test_client().get("/sign-in")
    cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
