"""One's own account by program: tokens, password, language, news, and acting for the absent."""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from engine import clock
from engine.ports import Grant
from tests.api import roads
from tests.api.harness import Client, Zone, ok, refused
from tests.api.test_access import nobody
from workflows.accounts.passwords import DEMONSTRATION
from workflows.domain import organisation

KEY = {"Idempotency-Key": "own-1"}


def token(zone: Zone, account: str, **more: object) -> str:
    wanted = {"username": account, "password": DEMONSTRATION, **more}
    return str(ok(nobody(zone).post("/tokens", wanted), 201)["token"])


def test_tokens_are_listed_and_revoked(small_zone: Zone) -> None:
    client = Client(small_zone.app, token(small_zone, "inspector1", name="台账同步"))
    reading = Client(small_zone.app, token(small_zone, "inspector1", scopes=["read"]))
    listed = ok(client.get("/tokens"))
    assert [one["current"] for one in listed["items"]] == [False, True]
    assert listed["items"][1]["name"] == "台账同步"
    other = listed["items"][0]["id"]
    refused(reading.send("DELETE", f"/tokens/{listed['items'][1]['id']}"), 403)
    for _ in range(2):
        assert client.send("DELETE", f"/tokens/{other}", headers=KEY).status_code == 204
    refused(reading.get("/me"), 401)
    refused(client.send("DELETE", f"/tokens/{other}"), 404)
    strangers = ok(small_zone.client("town1").get("/tokens"))["items"][0]["id"]
    refused(client.send("DELETE", f"/tokens/{strangers}"), 404)
    assert client.send("DELETE", "/tokens/current").status_code == 204
    refused(client.get("/me"), 401)


def test_a_token_that_only_reads_may_end_itself(small_zone: Zone) -> None:
    reading = Client(small_zone.app, token(small_zone, "inspector1", scopes=["read"]))
    assert reading.send("DELETE", "/tokens/current").status_code == 204
    refused(reading.get("/me"), 401)


def test_a_lost_token_leaves_nothing_behind(zone: Zone) -> None:
    wanted = {"username": "inspector1", "password": DEMONSTRATION, "name": "同步"}
    given = [ok(nobody(zone).post("/tokens", wanted, KEY), 201)["token"] for _ in range(3)]
    refused(Client(zone.app, given[0]).get("/me"), 401)
    refused(Client(zone.app, given[1]).get("/me"), 401)
    named = ok(Client(zone.app, given[2]).get("/tokens"))["items"]
    assert [one["name"] for one in named] == ["同步"]
    refused(nobody(zone).post("/tokens", wanted | {"scopes": ["read"]}, KEY), 409)


def test_another_password_ends_every_token(small_zone: Zone) -> None:
    client = small_zone.client("inspector1")
    wrong = {"old": "wrong", "password": "完全不同的口令2026"}
    refused(client.post("/me/password", wrong), 422, "old")
    answer = client.post("/me/password", wrong | {"old": DEMONSTRATION})
    assert (answer.status_code, answer.data) == (204, b"")
    refused(client.get("/me"), 401)


def test_browsers_are_listed_and_signed_out(small_zone: Zone) -> None:
    wanted = {"username": "inspector1", "password": DEMONSTRATION}
    with small_zone.app.test_client() as browser:
        page = browser.get("/sign-in").get_data(as_text=True)
        (secret,) = set(re.findall(r'name="csrf_token" value="([^"]+)"', page))
        assert browser.post("/sign-in", data=wanted | {"csrf_token": secret}).status_code == 303
        (mine,) = ok(small_zone.client("inspector1").get("/me/sessions"))["items"]
        (known,) = ok(small_zone.client("admin").get("/administration/sessions"))["items"]
        assert known == mine
        address = f"/me/sessions/{mine['id']}"
        refused(small_zone.client("inspector2").send("DELETE", address), 404)
        ended = small_zone.client("inspector1").send("DELETE", address, headers=KEY)
        assert ended.status_code == 204
        assert browser.get("/inbox").status_code == 302
    assert ok(small_zone.client("inspector1").get("/me/sessions"))["total"] == 0


def test_a_language_is_chosen(small_zone: Zone) -> None:
    client = small_zone.client("inspector1")
    assert ok(client.send("PATCH", "/me", json={"language": "en"})) == {"language": "en"}
    assert ok(client.get("/me"))["language"] == "en"
    refused(client.send("PATCH", "/me", json={"language": "fr"}), 422, "language")


def test_news_are_listed_and_read(zone: Zone) -> None:
    case = roads.served(zone, "general")
    zone.act("bureau_head", case, "comment", text="请加快")
    zone.advance("P1D")
    client = zone.client("enterprise01")
    told = ok(client.get("/notifications", limit=1))
    assert told["items"][0]["case"] == case
    assert told["items"][0]["unread"]
    unread = ok(client.get("/notifications", unread=True))["total"]
    assert told["total"] == unread > 0
    assert ok(client.post("/notifications/read", headers=KEY)) == {"read": unread}
    assert ok(client.post("/notifications/read", headers=KEY)) == {"read": unread}
    assert ok(client.get("/notifications", unread=True))["total"] == 0
    rest = ok(client.get("/notifications", limit=1, cursor=told["next"])) if told["next"] else told
    assert rest["total"] == unread


def test_one_acts_for_the_absent_with_their_posts_only(zone: Zone) -> None:
    def stand_in(session: Session) -> None:
        today = clock.beijing_date(clock.now())
        post = Grant("park_west", "head")
        days = (today, today)
        organisation.add_substitute(session, "park_west", "park_east", post, "示字1号", days)

    zone.bihuan.database.run(stand_in)
    client = zone.client("park_east")
    (absent,) = ok(client.get("/me"))["may_act_for"]
    assert absent["person"] == "park_west"
    me = ok(client.send("GET", "/me", headers={"Acting-For": "park_west"}))
    assert me["acting_for"] == "park_west"
    assert [role["body"] for role in me["roles"]] == ["park_west"]
    refused(client.send("GET", "/me", headers={"Acting-For": "bureau_head"}), 403)
