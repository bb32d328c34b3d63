"""Fixtures that every part of the tests may use: databases and the browser's whereabouts."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from types import CodeType
from typing import Any, NoReturn

import pytest
from argon2 import PasswordHasher
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache

from tests.chromium import find_chromium, launch_arguments
from tests.copied import Copies, Fill, PostgresMasters, SqliteMasters
from tests.in_memory import prefer_memory
from tests.kept import keep_definitions, keep_statements
from tests.postgres import PostgresServer, find_binaries, running_server
from workflows.accounts import passwords

DATABASES = [
    pytest.param("sqlite", id="sqlite"),
    pytest.param("postgresql", id="postgresql", marks=pytest.mark.db),
]
"""For a fixture that is made on each; most tests ask for `database_url` or `copied`."""


def absent(what: str) -> NoReturn:
    """Skip with a reason where a system part is missing; continuous integration must have it."""
    reason = f"{what} is not installed; see .ci/system-parts"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def pytest_configure() -> None:
    """Keep temporary files in memory, before the first is made."""
    prefer_memory()


def pytest_collection_finish() -> None:
    """Spare the collector what was imported: it took a sixth of the time to look at it again."""
    gc.freeze()
    gc.set_threshold(10_000)


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[PasswordHasher]:
    """Hash passwords at next to no cost; gives the hasher of the product back to who asks."""
    real = passwords._hasher
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", quick)
        patch.setattr(passwords, "_NOBODY", quick.hash("an account that does not exist"))
        yield real


class KeptTemplates(BytecodeCache):
    """Compiled templates of the whole test process, by name and content."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key, bucket.checksum] = bucket.code


@pytest.fixture(scope="session", autouse=True)
def kept_templates() -> Iterator[None]:
    """Compile each template once, though every test has an application of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "jinja_options", {"bytecode_cache": KeptTemplates()})
        yield


@pytest.fixture(scope="session", autouse=True)
def kept_definitions() -> Iterator[None]:
    """Make once what each product of each test would make of diagrams, forms and statements."""
    with pytest.MonkeyPatch.context() as patch:
        keep_definitions(patch)
        keep_statements(patch)
        yield


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One server a test process, started at the first test that asks for it."""
    binaries = find_binaries()
    if binaries is None:
        absent("PostgreSQL")
    with running_server(binaries) as server:
        yield server


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Address of a fresh, empty SQLite file."""
    return f"sqlite:///{tmp_path / 'bihuan.db'}"


@pytest.fixture
def postgresql_url(postgres_server: PostgresServer) -> Iterator[str]:
    """Address of a fresh, empty PostgreSQL database, dropped after the test."""
    name = postgres_server.create()
    yield postgres_server.url(name)
    postgres_server.drop(name)


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest) -> str:
    """Address of a fresh, empty database, once for SQLite and once for PostgreSQL."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(scope="session")
def sqlite_masters(tmp_path_factory: pytest.TempPathFactory) -> SqliteMasters:
    """What tests have filled so far, to be copied."""
    return SqliteMasters(tmp_path_factory.mktemp("masters"))


@pytest.fixture(scope="session")
def postgresql_masters(postgres_server: PostgresServer) -> PostgresMasters:
    """The same on PostgreSQL."""
    return PostgresMasters(postgres_server)


@pytest.fixture
def sqlite_copied(sqlite_masters: SqliteMasters, tmp_path: Path) -> Copies:
    """Give a copy in a SQLite file of what a function fills."""
    return lambda fill: sqlite_masters.copy(fill, tmp_path / "bihuan.db")


@pytest.fixture
def postgresql_copied(postgresql_masters: PostgresMasters) -> Iterator[Copies]:
    """Give copies in PostgreSQL of what functions fill, dropped after the test."""
    server, names = postgresql_masters.server, list[str]()

    def copied(fill: Fill) -> str:
        names.append(postgresql_masters.copy(fill))
        return server.url(names[-1])

    yield copied
    for name in names:
        server.drop(name)


@pytest.fixture(params=DATABASES)
def copied(request: pytest.FixtureRequest) -> Copies:
    """Give a fresh copy of what a function fills, once on SQLite and once on PostgreSQL."""
    found: Copies = request.getfixturevalue(f"{request.param}_copied")
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """How pytest-playwright starts the system's chromium."""
    chromium = find_chromium()
    if chromium is None:
        absent("chromium")
    return {"executable_path": chromium, "args": launch_arguments(), "headless": True}
