"""The database fixtures give what they promise, on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, inspect, text

from tests.postgres import PostgresServer


@pytest.mark.parametrize("turn", [1, 2])
def test_every_test_gets_an_empty_database(database_url: str, turn: int) -> None:
    engine = create_engine(database_url)
    try:
        assert inspect(engine).get_table_names() == []
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE left_behind (name TEXT)"))
            connection.execute(text("INSERT INTO left_behind VALUES ('闭环')"))
        with engine.connect() as connection:
            assert connection.scalar(text("SELECT name FROM left_behind")) == "闭环"
    finally:
        engine.dispose()


@pytest.mark.db
def test_a_database_can_be_cloned_from_a_template(postgres_server: PostgresServer) -> None:
    template = postgres_server.create()
    engine = create_engine(postgres_server.url(template))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE seed (name TEXT)"))
    engine.dispose()
    clone = postgres_server.create(template)
    copy = create_engine(postgres_server.url(clone))
    assert inspect(copy).get_table_names() == ["seed"]
    copy.dispose()
    postgres_server.drop(clone)
    postgres_server.drop(template)


@pytest.mark.db
def test_the_server_speaks_utc_and_utf8(postgresql_url: str) -> None:
    engine = create_engine(postgresql_url)
    with engine.connect() as connection:
        assert connection.scalar(text("SHOW timezone")) == "UTC"
        assert connection.scalar(text("SHOW server_encoding")) == "UTF8"
    engine.dispose()
