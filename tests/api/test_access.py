"""Who gets in: a password for a token, a token for a call, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import update

from engine.clock import SystemClock
from tests.api.harness import Client, Zone, ok, refused
from webapp.policy import unmarked
from workflows.accounts import api_tokens, policy, sign_in
from workflows.accounts.passwords import DEMONSTRATION
from workflows.accounts.tables import ApiToken


def nobody(zone: Zone) -> Client:
    return Client(zone.app, None)


def test_a_password_gives_a_token_that_opens(zone: Zone) -> None:
    wanted = {"username": "inspector1", "password": DEMONSTRATION}
    given = ok(nobody(zone).post("/tokens", wanted), 201)
    assert given["token_type"] == "Bearer"
    assert ok(Client(zone.app, given["token"]).get("/me"))["username"] == "inspector1"


def test_a_wrong_password_gives_none_and_says_as_much_as_an_unknown_name(zone: Zone) -> None:
    wrong = nobody(zone).post("/tokens", {"username": "inspector1", "password": "wrong"})
    unknown = nobody(zone).post("/tokens", {"username": "nobody", "password": "wrong"})
    assert refused(wrong, 401)["detail"] == refused(unknown, 401)["detail"]
    assert "Bearer" in wrong.headers["WWW-Authenticate"]


def test_many_wrong_passwords_lock_the_account(small_zone: Zone) -> None:
    client = nobody(small_zone)
    for _ in range(policy.DEFAULT.failures):
        refused(client.post("/tokens", {"username": "town1", "password": "wrong"}), 401)
    locked = client.post("/tokens", {"username": "town1", "password": DEMONSTRATION})
    assert "minutes" in refused(locked, 429)["detail"]
    assert locked.headers["Retry-After"] == str(policy.DEFAULT.locked_minutes * 60)


def test_without_a_valid_token_nothing_opens(small_zone: Zone) -> None:
    for token in (None, "", "bh_nonsense", "x" * 5000):
        response = Client(small_zone.app, token).get("/me")
        refused(response, 401)
        assert response.headers["WWW-Authenticate"].startswith("Bearer")
    refused(nobody(small_zone).get("/me", token="x"), 401)


def test_an_expired_or_revoked_token_opens_nothing(small_zone: Zone) -> None:
    client = small_zone.client("inspector1")
    ok(client.get("/me"))
    past = SystemClock().now() - timedelta(seconds=1)
    small_zone.bihuan.database.run(lambda s: s.execute(update(ApiToken).values(expires_at=past)))
    refused(client.get("/me"), 401)
    other = small_zone.client("inspector2")
    small_zone.bihuan.database.run(lambda s: api_tokens.revoke(s, other.token or ""))
    refused(other.get("/me"), 401)


def test_a_reading_token_changes_nothing(small_zone: Zone) -> None:
    wanted = {"username": "inspector1", "password": DEMONSTRATION, "scopes": ["read"]}
    client = Client(small_zone.app, ok(nobody(small_zone).post("/tokens", wanted), 201)["token"])
    ok(client.get("/cases"))
    body = {"process": "hazard_rectification", "data": {}}
    assert "write" in refused(client.post("/cases", body), 403)["detail"]


def test_scopes_and_lifetimes_that_are_not_offered(small_zone: Zone) -> None:
    wanted: dict[str, Any] = {"username": "inspector1", "password": DEMONSTRATION}
    client = nobody(small_zone)
    refused(client.post("/tokens", wanted | {"scopes": []}), 422, "scopes")
    refused(client.post("/tokens", wanted | {"scopes": ["admin"]}), 422)
    refused(client.post("/tokens", wanted | {"expires_in": 10**12}), 422, "expires_in")


def test_the_cookie_of_a_session_opens_nothing_here(small_zone: Zone) -> None:
    token = small_zone.bihuan.database.run(
        lambda s: sign_in.attempt(s, "inspector1", DEMONSTRATION, demonstration=True).token
    )
    with small_zone.app.test_client() as browser:
        with browser.session_transaction() as session:
            session["_user_id"] = token
            session["_fresh"] = True
        refused(browser.get("/api/v1/me"), 401)
        refused(browser.post("/api/v1/clock", json={"advance": "P1D"}), 401)


def test_every_route_says_who_may_call_it(small_zone: Zone) -> None:
    assert unmarked(small_zone.app) == []
