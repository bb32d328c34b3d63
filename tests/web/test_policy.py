"""Every route states who may; the check runs before the view, and was seen to refuse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from tests.web.visitor import Visitor
from webapp import policy
from webapp.factory import BLUEPRINTS
from webapp.studio import answers

Visit = Callable[..., Visitor]

SAMPLE = "00000000-0000-7000-8000-000000000000"
API = "/api/"
"""Calls of the API answer with problems, not with pages; tests of the API hold their policy."""

OPEN = {
    "/metrics",
    "/sign-in",
    "/sign-out",
    "/language",
    "/healthz",
    "/readyz",
    "/static/<path:filename>",
}


def addresses(app: Flask, method: str) -> list[str]:
    return [
        rule.rule.replace("<int:version>", "1")
        .replace("<int:other>", "1")
        .replace("<int:year>", "2026")
        .replace("<any(zh, en):language>", "zh")
        .replace("<process>", "nothing")
        .replace("<act>", "comment")
        .replace("<case_id>", SAMPLE)
        .replace("<task_id>", SAMPLE)
        .replace("<evidence_id>", SAMPLE)
        for rule in app.url_map.iter_rules()
        if method in (rule.methods or ())
        and rule.rule not in OPEN
        and API not in rule.rule
        and not speaks_json(app, rule.endpoint)
    ]


def speaks_json(app: Flask, endpoint: str) -> bool:
    """Return whether a page's program asks there, which no sign-in page would help."""
    return bool(getattr(app.view_functions[endpoint], answers.ATTRIBUTE, False))


def test_every_route_states_who_may(app: Flask) -> None:
    assert policy.unmarked(app) == []


def test_a_route_without_policy_is_named_and_refused_to_everybody(own_app: Flask) -> None:
    own_app.add_url_rule("/planted", "planted", lambda: "secret")
    assert policy.unmarked(own_app) == ["GET /planted"]
    response = own_app.test_client().get("/planted")
    assert response.status_code == 403
    assert "secret" not in response.text


def test_only_named_routes_are_open(app: Flask) -> None:
    found = {
        rule.rule
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if API not in rule.rule
        and not (policy.policy_of(app, rule.endpoint, method) or policy.Policy(True)).signed_in
    }
    assert found <= OPEN


def test_without_signing_in_every_page_leads_to_the_sign_in(app: Flask, visit: Visit) -> None:
    visitor = visit()
    for address in addresses(app, "GET"):
        response = visitor.get(address)
        assert (response.status_code, response.location[:8]) == (302, "/sign-in"), address


def test_without_signing_in_a_program_is_told_so(app: Flask, visit: Visit) -> None:
    client, asked = visit().client, 0
    for rule in app.url_map.iter_rules():
        if speaks_json(app, rule.endpoint) and "GET" in (rule.methods or ()):
            response = client.get(rule.rule.replace("<", "").replace(">", ""))
            assert response.status_code == 401, rule.rule
            assert response.mimetype == "application/problem+json"
            asked += 1
    assert asked


def test_without_signing_in_no_post_does_anything(app: Flask, visit: Visit) -> None:
    visitor = visit()
    for address in addresses(app, "POST"):
        response = visitor.post(address)
        assert (response.status_code, response.location) == (302, "/sign-in"), address


def test_every_post_needs_its_token(app: Flask, visit: Visit) -> None:
    visitor = visit("inspector1")
    for address in [*addresses(app, "POST"), "/sign-in", "/sign-out", "/language"]:
        response = visitor.client.post(address, data={"username": "x"})
        assert response.status_code == 400, address
        assert "页面已失效" in response.text


@pytest.mark.parametrize(
    ("username", "path"), [("enterprise01", "/definitions/nothing/1"), ("auditor", "/my-cases")]
)
def test_what_is_not_for_a_role_is_refused(visit: Visit, username: str, path: str) -> None:
    assert visit(username).get(path).status_code in (403, 404)


def test_registering_needs_a_post_that_may(visit: Visit) -> None:
    assert visit("auditor").get("/hazards/new").status_code == 403
    assert visit("inspector1").get("/hazards/new").status_code == 200


def test_all_sets_of_pages_are_registered(app: Flask) -> None:
    assert {blueprint.name for blueprint in BLUEPRINTS} <= set(app.blueprints)
