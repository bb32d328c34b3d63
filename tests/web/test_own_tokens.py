"""One's own tokens on a page: given for the password, shown once, listed, revoked."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import Flask

from tests.api.harness import Client, ok, refused
from tests.web.visitor import Visitor
from workflows.accounts.passwords import DEMONSTRATION

PAGE = "/account/tokens"
WANTED = {"name": "台账同步", "scope": "read", "days": "7", "password": DEMONSTRATION}


def test_a_token_is_given_shown_once_and_revoked(visit: Callable[..., Visitor], app: Flask) -> None:
    visitor = visit("inspector1")
    answer = visitor.post(PAGE, WANTED, token_of=PAGE)
    (token,) = re.findall(r"bh_[\w-]{20,}", answer.text)
    me = ok(Client(app, token).get("/me"))
    assert (me["username"], me["scopes"]) == ("inspector1", ["read"])
    shown = visitor.get(PAGE).text
    assert "台账同步" in shown
    assert token not in shown
    (address,) = re.findall(rf'action="({PAGE}/\w+/revoke)"', shown)
    other = visit("inspector2")
    assert other.post(address, token_of=PAGE).status_code == 404
    assert visitor.post(address, token_of=PAGE).status_code == 303
    refused(Client(app, token).get("/me"), 401)
    assert "台账同步" not in visitor.get(PAGE).text


def test_what_is_wrong_is_told_beside_the_field(visit: Callable[..., Visitor]) -> None:
    visitor = visit("inspector1")
    for name, value in (
        ("name", " "),
        ("days", "0"),
        ("days", "367"),
        ("days", "七"),
        ("days", ""),
    ):
        answer = visitor.post(PAGE, WANTED | {name: value}, token_of=PAGE)
        assert (answer.status_code, f'id="{name}-error"' in answer.text) == (422, True)
        assert "bh_" not in answer.text
    answer = visitor.post(PAGE, WANTED | {"password": "wrong"}, token_of=PAGE)
    assert (answer.status_code, 'id="password-error"' in answer.text) == (422, True)
    assert 'value="台账同步"' in answer.text
