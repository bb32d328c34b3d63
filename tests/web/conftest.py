"""The pages of a demonstration zone on a virtual clock, and browsers of its people."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask

from engine import clock
from engine.clock import VirtualClock
from tests.api import harness
from tests.lent import lent_app
from tests.web.visitor import START, Visitor, open_product
from webapp.factory import create_app
from workflows.app import Bihuan
from workflows.demo.loading import load_base

SECRET = "for tests only"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with zone, accounts and processes, built once and copied for each test."""
    file = tmp_path_factory.mktemp("web") / "zone.db"
    fill(f"sqlite:///{file}")
    return file


@pytest.fixture
def bihuan(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bihuan]:
    """On SQLite; on either database for a test that asks for `copied` too."""
    url = ""
    if "copied" in request.fixturenames:
        url = request.getfixturevalue("copied")(fill)
    else:
        shutil.copy(request.getfixturevalue("built"), tmp_path / "zone.db")
    with clock.use(VirtualClock(START)):
        product = open_product(tmp_path, url=url)
        yield product
        product.database.dispose()


def fill(url: str) -> None:
    """Make the tables and load the zone."""
    with clock.use(VirtualClock(START)), TemporaryDirectory() as directory:
        product = open_product(Path(directory), url=url)
        product.database.create_all()
        load_base(product)
        product.database.dispose()


@pytest.fixture
def app(bihuan: Bihuan) -> Iterator[Flask]:
    """Of the test for as long as it runs; a test that adds a route asks for `own_app`."""
    with lent_app(bihuan, SECRET) as lent:
        yield lent


@pytest.fixture
def own_app(bihuan: Bihuan) -> Flask:
    return create_app(bihuan, testing=True, secret=SECRET)


@pytest.fixture
def visit(app: Flask) -> Callable[..., Visitor]:
    """Open a browser, signed in if a user name is given."""

    def open_browser(username: str | None = None, language: str = "zh") -> Visitor:
        visitor = Visitor(app, language)
        if username is not None:
            assert visitor.sign_in(username).status_code == 303
        if username is not None and language != "zh":
            visitor.post("/language", {"language": language}, token_of="/notifications")
        return visitor

    return open_browser


@pytest.fixture
def zone(built: Path, tmp_path: Path) -> Iterator[harness.Zone]:
    """The zone with its programs, to travel a road before its pages are looked at."""
    shutil.copy(built, tmp_path / "zone.db")
    with harness.zone(f"sqlite:///{tmp_path / 'zone.db'}", tmp_path) as opened:
        yield opened
