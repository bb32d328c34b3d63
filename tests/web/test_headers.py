"""What every answer carries: a policy without exceptions for inline code, and no caching."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.web.visitor import Visitor

Visit = Callable[..., Visitor]


@pytest.mark.parametrize("path", ["/sign-in", "/inbox", "/nowhere", "/hazards/new"])
def test_nothing_inline_and_nothing_foreign(visit: Visit, path: str) -> None:
    headers = visit("inspector1").get(path).headers
    directives = dict(
        part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";")
    )
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == directives["style-src"] == "'self'"
    assert directives["frame-ancestors"] == directives["base-uri"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


def test_static_files_may_be_cached(visit: Visit) -> None:
    with visit().get("/static/mark.svg") as response:
        assert "max-age" in response.headers["Cache-Control"]


def test_health_needs_no_account(visit: Visit) -> None:
    visitor = visit()
    assert visitor.get("/healthz").json == {"status": "ok"}
    assert visitor.get("/readyz").json == {"status": "ready"}
