"""What every answer carries: a policy without exceptions for inline code, and no caching."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from tests.web.visitor import Visitor
from webapp import static_files

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


def test_a_marked_address_is_kept_for_good_and_changes_with_the_content(visit: Visit) -> None:
    visitor = visit()
    marked = visitor.page("/sign-in").one("link", rel="icon").attributes["href"]
    assert re.fullmatch(r"/static/mark\.svg\?v=[0-9a-f]{12}", marked)
    with visitor.get(marked) as response:
        assert "immutable" in response.headers["Cache-Control"]


def test_a_packed_copy_goes_to_who_takes_it(visit: Visit, app: Flask, tmp_path: Path) -> None:
    text = "body { color: black }" * 50
    (tmp_path / "a.css").write_text(text)
    (tmp_path / "a.css.gz").write_bytes(gzip.compress(text.encode()))
    app.static_folder = str(tmp_path)
    static_files.register(app)
    client = visit().client
    with client.get("/static/a.css", headers={"Accept-Encoding": "gzip"}) as packed:
        assert packed.headers["Content-Encoding"] == "gzip"
        assert packed.mimetype == "text/css"
        assert gzip.decompress(packed.data).decode() == text
    with client.get("/static/a.css") as plain:
        assert "Content-Encoding" not in plain.headers
        assert plain.get_data(as_text=True) == text
        assert "Accept-Encoding" in plain.headers["Vary"]
    assert client.get("/static/../factory.py").status_code == 404


def test_health_needs_no_account(visit: Visit) -> None:
    visitor = visit()
    assert visitor.get("/healthz").json == {"status": "ok"}
    assert visitor.get("/readyz").json == {"status": "ready"}
