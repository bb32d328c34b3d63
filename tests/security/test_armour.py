"""What every answer wears: headers, cookies, tokens; what no answer tells: where it failed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from engine import clock
from engine.errors import Invalid
from tests.domain.pictures import jpeg
from tests.security import table
from tests.security.conftest import Scene
from tests.security.knocking import Request
from tests.security.parties import PARTIES
from tests.security.test_matrix import path_of, routes
from tests.web.conftest import SECRET
from tests.web.visitor import Visitor, actor
from webapp.factory import create_app
from webapp.policy import allow
from workflows.accounts import throttle
from workflows.app import Bihuan
from workflows.settings import Settings

Visit = Callable[..., Visitor]

INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=\"|javascript:", re.IGNORECASE
)
BY_NAME = {party.name: party for party in PARTIES}


def policy_of(response: TestResponse) -> dict[str, str]:
    parts = response.headers["Content-Security-Policy"].split(";")
    return dict(part.strip().partition(" ")[::2] for part in parts)


def faults(response: TestResponse) -> Iterator[str]:
    """Name what an answer of any kind lacks."""
    csp = policy_of(response)
    if csp.get("default-src") != "'none'" or "unsafe" in str(csp) or "*" in str(csp):
        yield f"policy {csp}"
    if "sandbox" not in csp and csp.get("frame-ancestors") != "'none'":
        yield "may be framed"
    for name, value in (
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
    ):
        if response.headers.get(name) != value:
            yield f"{name}: {response.headers.get(name)}"
    if "Cache-Control" not in response.headers:
        yield "nothing on caching"
    if "Server" in response.headers or "X-Powered-By" in response.headers:
        yield "tells what it runs on"
    if response.mimetype == "text/html" and INLINE.search(response.text):
        yield f"inline: {INLINE.search(response.text)}"


@pytest.mark.parametrize("name", ["bureau_head", "own_principal", "admin", "signed_out"])
def test_every_answer_of_every_route_is_armoured(scene: Scene, name: str) -> None:
    found: list[str] = []
    for row in table.rows():
        method, path = row.route.split(" ")[0], path_of(row.route, row.named, scene.named)
        response = scene.door.knock(BY_NAME[name], Request(method, path, row.body))
        found += [f"{row.route} {response.status_code}: {fault}" for fault in faults(response)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "path", ["/nowhere", "/api/v1/nowhere", "/static/nothing.js", "/cases/%00"]
)
def test_errors_are_armoured_too(scene: Scene, path: str) -> None:
    response = scene.door.knock(BY_NAME["bureau_head"], Request("GET", path))
    assert response.status_code == 404
    assert list(faults(response)) == []
    wrong = scene.door.knock(BY_NAME["bureau_head"], Request("PUT", "/inbox"))
    assert (wrong.status_code, list(faults(wrong))) == (405, [])


def test_no_post_of_a_page_works_without_its_token(visit: Visit, app: Flask) -> None:
    visitor, admin = visit("inspector1"), visit("admin")
    posts = [route for route in routes(app) if not route.startswith("GET") and "/api/" not in route]
    assert len(posts) > 20
    for route in posts:
        method, _, rule = route.partition(" ")
        path = re.sub(r"<[^>]+>", "1", rule)
        browser = admin if path.startswith("/administration") else visitor
        for data in ({"username": "x"}, {"csrf_token": "forged"}):
            response = browser.client.open(path, method=method, data=data)
            assert response.status_code == 400, path
            assert "页面已失效" in response.text, path
        theirs = visit("office").token("/inbox")
        stolen = browser.client.open(path, method=method, data={"csrf_token": theirs})
        assert stolen.status_code == 400, f"{path}: a token of another session"


def test_the_interface_takes_no_cookie_and_the_pages_no_bearer(scene: Scene) -> None:
    cookie = scene.door.cookies["bureau_head"]
    bearer = scene.door.tokens["bureau_head"]
    client = scene.door.app.test_client(use_cookies=False)
    assert client.get("/api/v1/me", headers={"Cookie": cookie}).status_code == 401
    assert client.get("/inbox", headers={"Authorization": bearer}).status_code == 302


def test_the_cookie_is_out_of_reach(bihuan: Bihuan) -> None:
    plain = Visitor(create_app(bihuan, testing=True, secret=SECRET))
    plain.sign_in("office")
    kept = plain.client.get_cookie("bihuan")
    assert kept is not None
    assert (kept.http_only, kept.same_site, kept.secure) == (True, "Lax", False)
    assert kept.domain == "localhost"
    assert "office" not in kept.value


def test_behind_tls_the_cookie_is_bound_to_the_host(bihuan: Bihuan) -> None:
    app = create_app(bihuan, testing=True, https=True, secret=SECRET)
    client = app.test_client()
    turned = client.get("/sign-in", base_url="http://zone.example/")
    assert (turned.status_code, turned.location) == (302, "https://zone.example/sign-in")
    response = client.get("/sign-in", base_url="https://zone.example/")
    set_cookie = response.headers["Set-Cookie"]
    assert set_cookie.startswith("__Host-bihuan=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(set_cookie.split("; "))
    assert "max-age=" in response.headers["Strict-Transport-Security"]


def test_a_session_planted_before_signing_in_opens_nothing(visit: Visit) -> None:
    visitor = visit()
    visitor.get("/sign-in")
    planted = visitor.client.get_cookie("bihuan")
    assert planted is not None
    visitor.sign_in("office")
    signed = visitor.client.get_cookie("bihuan")
    assert signed is not None
    assert signed.value != planted.value
    thief = visit()
    thief.client.set_cookie("bihuan", planted.value)
    assert thief.get("/inbox").status_code == 302
    visitor.post("/sign-out", token_of="/inbox")
    thief.client.set_cookie("bihuan", signed.value)
    assert thief.get("/inbox").status_code == 302, "the cookie of an ended session"


def test_the_host_that_a_request_names_is_nowhere_believed(visit: Visit) -> None:
    visitor = visit("office")
    for path in ("/", "/inbox", "/ledger", "/nowhere", "/api/v1/openapi.json", "/api/v1/nowhere"):
        response = visitor.client.get(
            path, headers={"Host": "evil.example", "X-Forwarded-Host": "worse.example"}
        )
        told = response.text + str(response.headers)
        assert "evil.example" not in told, path
        assert "worse.example" not in told, path


def test_only_named_hosts_are_answered_where_they_are_named(bihuan: Bihuan) -> None:
    settings = replace(bihuan.settings, hosts=("zone.example", ".inside.example"))
    client = create_app(replace(bihuan, settings=settings), secret=SECRET).test_client()
    for host in ("zone.example", "zone.example:8000", "a.inside.example"):
        assert client.get("/sign-in", headers={"Host": host}).status_code == 200
    for path in ("/sign-in", "/api/v1/me", "/nowhere", "/healthz"):
        refused = client.get(path, headers={"Host": "evil.example"})
        assert refused.status_code == 400, path
        assert "evil.example" not in refused.text


@pytest.mark.parametrize("path", ["/boom", "/api/v1/boom"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_breaks_tells_a_number_and_no_more(own_app: Flask, path: str, language: str) -> None:
    def boom() -> str:
        secret = "postgresql://bihuan:hunter2@db"
        raise RuntimeError(secret)

    own_app.add_url_rule(path, "boom", allow.anyone(boom))
    own_app.testing, own_app.debug = False, False
    response = own_app.test_client().get(path, headers={"Accept-Language": language})
    assert response.status_code == 500
    assert not re.search(r"hunter2|Traceback|RuntimeError|\.py|line \d", response.text)
    assert re.search(r"[0-9a-f]{8}", response.text)
    assert list(faults(response)) == []
    assert response.mimetype == ("application/problem+json" if "api" in path else "text/html")


def test_a_file_is_sent_to_be_saved_and_never_run(visit: Visit, bihuan: Bihuan) -> None:
    visitor, who = visit("inspector1"), actor(bihuan, "inspector1")
    name = '"><script>alert(1)</script>\r\nX-Evil: 1.jpg'
    with bihuan.database.begin() as session:
        kept = bihuan.evidence.add(session, who, name, jpeg(), clock.now())
    for path in (f"/evidence/{kept}", f"/evidence/{kept}/original"):
        response = visitor.get(path)
        assert response.status_code == 200
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in policy_of(response)
        assert "X-Evil" not in response.headers
        assert "<script" not in response.headers["Content-Disposition"]
    saved = visitor.get(f"/evidence/{kept}/original").headers["Content-Disposition"]
    assert saved.startswith("attachment;")
    for path in (
        "/evidence/..%2f..%2fsecret.key",
        "/evidence/../zone.db",
        "/static/..%2ffactory.py",
    ):
        assert visitor.client.get(path).status_code == 404


def test_two_processes_count_wrong_passwords_together(bihuan: Bihuan) -> None:

    one, other = (Visitor(create_app(bihuan, secret=SECRET)) for _ in range(2))
    half = throttle.ADDRESS.most // 2
    first = [one.sign_in(f"a{n}", "wrong").status_code for n in range(half)]
    second = [other.sign_in(f"b{n}", "wrong").status_code for n in range(half)]
    assert set(first + second) == {401}
    for visitor in (one, other):
        refused = visitor.sign_in("inspector1")
        assert refused.status_code == 429
        assert 0 < int(refused.headers["Retry-After"]) <= 900
        assert "office" not in refused.text
    asked = {"username": "inspector1", "password": "bihuan-demo"}
    told = other.client.post("/api/v1/tokens", json=asked)
    assert told.status_code == 429
    assert int(told.headers["Retry-After"]) > 60


def test_the_present_password_is_not_guessed_through_an_open_session(visit: Visit) -> None:
    visitor = visit("office")
    data = {"old": "wrong", "password": "another-password", "repeated": "another-password"}
    told = [
        visitor.post("/account/password", data, token_of="/account/password").status_code
        for _ in range(11)
    ]
    assert told == [422] * 10 + [429]


def test_a_secret_of_a_file_is_never_told(tmp_path: Path) -> None:

    (tmp_path / "flag").write_text("hunter2\n")
    (tmp_path / "place").write_text("postgresql://zone:hunter2@host/zone\n")
    files = {"DATABASE_URL": "place", "SECRET_KEY": "flag", "ANCHOR_KEY": "flag"}
    given = {f"BIHUAN_{name}_FILE": str(tmp_path / file) for name, file in files.items()}
    found = Settings.from_environment({**given, "BIHUAN_DATA_DIR": str(tmp_path)})
    assert (found.database_url, found.secret_key, found.anchor_key) == (
        "postgresql://zone:hunter2@host/zone",
        "hunter2",
        b"hunter2",
    )
    assert "hunter2" not in repr(found)
    with pytest.raises(Invalid, match="BIHUAN_DATABASE_URL") as refused:
        Settings.from_environment({"BIHUAN_DATABASE_URL_FILE": str(tmp_path / "flag")})
    assert "hunter2" not in str(refused.value)
    missing = {"BIHUAN_SECRET_KEY_FILE": str(tmp_path / "none")}
    with pytest.raises(Invalid, match="BIHUAN_SECRET_KEY_FILE"):
        Settings.from_environment(missing)
    (tmp_path / "empty").write_text("\n")
    with pytest.raises(Invalid, match="BIHUAN_SECRET_KEY_FILE"):
        Settings.from_environment({"BIHUAN_SECRET_KEY_FILE": str(tmp_path / "empty")})
