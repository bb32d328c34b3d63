"""The rules of signing in: edited within bounds, chained, in force at once; sessions one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import timedelta

import pytest
import time_machine

from engine.clock import SystemClock
from tests.web.page_checks import Page
from tests.web.test_administration import value_of
from tests.web.visitor import Visitor
from workflows.accounts import policy, sessions
from workflows.accounts.policy import BOUNDS, DEFAULT, SignInPolicy
from workflows.accounts.sessions import OpenSession
from workflows.administration import record
from workflows.app import Bihuan

Visit = Callable[..., Visitor]

EDIT = "/administration/do/sign_in.edit"
RULES = "/administration/sign-in"


def decide(admin: Visitor, **changes: object) -> int:
    seen = value_of(admin.get(EDIT).text, "_seen")
    data = {**asdict(DEFAULT), **changes, "reason": "年度检查", "_seen": seen}
    return admin.post(EDIT, data, token_of=EDIT).status_code


def hold(bihuan: Bihuan, **changes: int) -> None:
    bihuan.database.run(lambda s: policy.decide(s, replace(DEFAULT, **changes)))


def opened(bihuan: Bihuan, username: str) -> list[OpenSession]:
    with bihuan.database.read() as session:
        return [one for one in sessions.open_sessions(session) if one.username == username]


def test_an_administrator_decides_and_the_record_says_so(visit: Visit, bihuan: Bihuan) -> None:
    admin = visit("admin")
    assert decide(admin, shortest=12, idle_minutes=30) == 303
    with bihuan.database.read() as session:
        held = policy.current(session)
        newest = record.entries(session, "default", limit=1)[0]
        assert record.verify(session, "default").sound
    assert held == SignInPolicy(shortest=12, idle_minutes=30)
    assert (newest.act, newest.actor) == ("sign_in.edit", "admin")
    assert newest.data["before"]["shortest"] == DEFAULT.shortest
    assert newest.data["after"]["shortest"] == 12
    assert newest.data["reason"] == "年度检查"
    assert decide(admin, shortest=12, idle_minutes=30) == 409, "nothing is changed"


@pytest.mark.parametrize("name", list(BOUNDS))
@pytest.mark.parametrize("which", ["least", "most"])
def test_no_number_leaves_its_bounds(visit: Visit, bihuan: Bihuan, name: str, which: str) -> None:
    admin = visit("admin")
    bound = getattr(BOUNDS[name], which)
    beyond = bound + (1 if which == "most" else -1)
    assert decide(admin, **{name: beyond}) == 422
    assert decide(admin, **{name: "x"}) == 422
    assert decide(admin, **{name: f"{bound}.5"}) == 422
    with bihuan.database.read() as session:
        assert policy.current(session) == DEFAULT
    expected = 409 if bound == getattr(DEFAULT, name) else 303
    assert decide(admin, **{name: bound}) == expected


def test_the_pages_speak_both_languages(visit: Visit) -> None:
    assert "闲置几分钟后退出" in visit("admin").page(RULES).text
    english = visit("admin", language="en").page(RULES).text
    assert "Minutes without a request that end a session" in english


def test_a_longer_password_is_asked_for_at_the_next_change(visit: Visit, bihuan: Bihuan) -> None:
    hold(bihuan, shortest=20)
    visitor = visit("office")
    data = {
        "old": "bihuan-demo",
        "password": "nineteen-characters",
        "repeated": "nineteen-characters",
    }
    refused = visitor.post("/account/password", data, token_of="/account/password")
    assert refused.status_code == 422
    assert "20 至" in refused.text
    assert "至少 20 个字符" in refused.text


def test_a_one_time_password_is_as_long_as_the_rules_ask(visit: Visit, bihuan: Bihuan) -> None:
    hold(bihuan, shortest=BOUNDS["shortest"].most)
    admin = visit("admin")
    account = opened(bihuan, "admin")[0].account
    address = f"/administration/do/account.reset?subject={account}"
    assert admin.post(address, {"reason": "x"}, token_of=address).status_code == 200


def test_an_account_locks_after_as_many_failures_as_decided(visit: Visit, bihuan: Bihuan) -> None:
    hold(bihuan, failures=3, locked_minutes=5)
    visitor = visit()
    for username in ("inspector1", "nobody"):
        told = [visitor.sign_in(username, "wrong").text for _ in range(4)]
        assert "密码连续输错 3 次，账号已暂时锁定，请 5 分钟后再试" in told[3], username
        assert not any("暂时锁定" in text for text in told[:3]), username
    with time_machine.travel(SystemClock().now() + timedelta(minutes=5, seconds=1)):
        assert visitor.sign_in("inspector1").status_code == 303


def test_an_idle_session_ends_and_a_used_one_does_not(visit: Visit, bihuan: Bihuan) -> None:
    hold(bihuan, idle_minutes=10)
    idle, used = visit("office"), visit("office")
    now = SystemClock().now()
    for minutes in (6, 12, 18):
        with time_machine.travel(now + timedelta(minutes=minutes)):
            assert used.get("/inbox").status_code == 200
    with time_machine.travel(now + timedelta(minutes=18)):
        assert idle.get("/inbox").status_code == 302
        assert len(opened(bihuan, "office")) == 1, "lists and doors agree"


def test_shorter_sessions_hold_for_those_already_open(visit: Visit, bihuan: Bihuan) -> None:
    visitor = visit("office")
    hold(bihuan, session_hours=1)
    with time_machine.travel(SystemClock().now() + timedelta(minutes=59)):
        assert visitor.get("/inbox").status_code == 200
    with time_machine.travel(SystemClock().now() + timedelta(minutes=61)):
        assert visitor.get("/inbox").status_code == 302


def test_one_s_own_sessions_are_ended_one_by_one(visit: Visit, bihuan: Bihuan) -> None:
    here, there, elsewhere = visit("office"), visit("office"), visit("office")
    page = here.page("/account/sessions")
    assert page.text.count("当前浏览器") == 1
    theirs = opened(bihuan, "office")
    cookie = there.client.get_cookie("bihuan")
    assert cookie is not None
    with there.client.session_transaction() as kept:
        wanted = sessions.digest(kept["_user_id"])
    assert wanted in {one.id for one in theirs}
    address = f"/account/sessions/{wanted}/end"
    assert here.post(address, token_of="/account/sessions").status_code == 303
    assert there.get("/inbox").status_code == 302
    assert elsewhere.get("/inbox").status_code == 200
    assert (
        here.post("/account/sessions/end-others", token_of="/account/sessions").status_code == 303
    )
    assert elsewhere.get("/inbox").status_code == 302
    assert here.get("/inbox").status_code == 200
    assert here.post(address, token_of="/account/sessions").status_code == 404


def test_nobody_ends_another_s_session_from_the_account_page(visit: Visit, bihuan: Bihuan) -> None:
    office, other = visit("office"), visit("inspector1")
    (theirs,) = opened(bihuan, "office")
    address = f"/account/sessions/{theirs.id}/end"
    assert other.post(address, token_of="/account/sessions").status_code == 404
    assert theirs.id not in other.get("/account/sessions").text
    assert office.get("/inbox").status_code == 200


def test_an_administrator_ends_one_session_and_the_record_says_so(
    visit: Visit, bihuan: Bihuan
) -> None:
    admin, ended, stays = visit("admin"), visit("office"), visit("office")
    with ended.client.session_transaction() as kept:
        wanted = sessions.digest(kept["_user_id"])
    assert admin.page("/administration/sessions").text.count("安委办工作人员") == 2
    address = f"/administration/do/session.end?subject={wanted}"
    assert address.replace("&", "&amp;") in admin.get("/administration/sessions").text
    done = admin.post(address, {"reason": "遗失手机"}, token_of=address)
    assert (done.status_code, done.location) == (303, "/administration/sessions")
    assert ended.get("/inbox").status_code == 302
    assert stays.get("/inbox").status_code == 200
    with bihuan.database.read() as session:
        newest = record.entries(session, "default", limit=1)[0]
    assert (newest.act, newest.subject, newest.data["reason"]) == (
        "session.end",
        "office",
        "遗失手机",
    )
    assert wanted not in str(newest.data)
    assert admin.post(address, {}, token_of="/administration/sessions?x").status_code == 404


def test_a_reset_ends_everything_and_only_leads_to_another_password(
    visit: Visit, bihuan: Bihuan
) -> None:
    admin, office = visit("admin"), visit("office")
    address = f"/administration/do/account.reset?subject={opened(bihuan, 'office')[0].account}"
    told = admin.post(address, {"reason": "遗忘"}, token_of=address)
    secret = Page(told.text).one("code").text
    assert office.get("/inbox").status_code == 302, "its sessions ended"
    again = visit()
    assert again.sign_in("office", secret).status_code == 303
    for path in ("/", "/inbox", "/ledger", "/account/sessions", "/nowhere/else"):
        found = again.get(path)
        assert (found.status_code, found.location) in ((303, "/account/password"), (404, None))
    assert again.post("/notifications/read", token_of="/account/password").status_code == 303
    asked = {"username": "office", "password": secret}
    assert again.client.post("/api/v1/tokens", json=asked).status_code == 401
    own = {"old": secret, "password": "my-own-password", "repeated": "my-own-password"}
    done = again.post("/account/password", own, token_of="/account/password")
    assert done.status_code == 303
    assert again.get("/inbox").status_code == 200
    assert visit().sign_in("office", secret).status_code == 401
