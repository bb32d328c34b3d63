"""Every error becomes a page in the reader's language, and none shows a traceback."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.exceptions import ImATeapot, RequestEntityTooLarge

from engine import errors
from tests.web.visitor import Visitor
from webapp.errors import TABLE, UNFORESEEN, outcome_of
from webapp.i18n.catalogue import TEXTS
from webapp.policy import allow

Visit = Callable[..., Visitor]

SAID = ("Expected good weather, but it rains", "天气不好")


def branches(kind: type[errors.BihuanError] = errors.BihuanError) -> list[type[errors.BihuanError]]:
    found = kind.__subclasses__()
    return found + [deeper for child in found for deeper in branches(child)]


def test_every_branch_of_the_tree_is_in_the_table() -> None:
    assert {kind for kind in branches() if kind.__module__ == errors.__name__} <= set(TABLE)
    assert all(any(parent in TABLE for parent in kind.__mro__) for kind in branches())


def test_every_row_has_its_words() -> None:
    for outcome in (*TABLE.values(), UNFORESEEN):
        assert outcome.title in TEXTS
        assert outcome.sentence is None or outcome.sentence in TEXTS


def test_the_nearest_class_counts() -> None:
    assert outcome_of(errors.Stale(*SAID)).slug == "stale"
    assert outcome_of(RequestEntityTooLarge()).status == 413
    assert outcome_of(ImATeapot()).status == 418
    assert outcome_of(ZeroDivisionError()) is UNFORESEEN


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (errors.NotFound, 404),
        (errors.NotAllowed, 403),
        (errors.Conflict, 409),
        (errors.Stale, 409),
        (errors.Invalid, 422),
        (errors.Unavailable, 503),
        (errors.Incident, 500),
    ],
)
@pytest.mark.parametrize(("language", "said"), [("en", SAID[0]), ("zh", SAID[1])])
def test_a_refusal_is_told_in_the_readers_language(
    own_app: Flask, kind: type[errors.BihuanError], status: int, language: str, said: str
) -> None:
    def fail() -> str:
        raise kind(*SAID)

    own_app.add_url_rule("/fail", "fail", allow.anyone(fail))
    response = Visitor(own_app, language).get("/fail")
    assert response.status_code == status
    assert said in response.text


def test_what_nobody_foresaw_tells_only_a_reference(own_app: Flask) -> None:
    def fail() -> str:
        message = "password=secret"
        raise RuntimeError(message)

    own_app.config["TESTING"] = False
    own_app.add_url_rule("/fail", "fail", allow.anyone(fail))
    response = Visitor(own_app).get("/fail")
    assert response.status_code == 500
    assert "编号" in response.text
    assert "secret" not in response.text
    assert "Traceback" not in response.text


def test_an_unknown_address_is_a_page(visit: Visit) -> None:
    assert "没有找到" in visit("office").get("/nowhere").text
    assert "Not found" in visit(language="en").get("/nowhere").text


def test_too_large_an_upload_is_told(app: Flask, visit: Visit) -> None:
    visitor = visit("inspector1")
    app.config["MAX_CONTENT_LENGTH"] = 1000
    response = visitor.client.post("/hazards/new", data={"description": "x" * 5000})
    assert response.status_code == 413
    assert "文件过大" in response.text
