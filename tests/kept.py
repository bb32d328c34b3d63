"""What each product of each test would make anew, made once a test process.

A test opens a product of its own, which reads all definitions and compiles all statements: four
tenths of its time. Both are only ever read, and the product itself lends them to its threads.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Final

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

from engine.execution.compiled import CompiledProcess, compile_process
from engine.execution.dmn_reader import read_dmn
from engine.forms.definition import FormDefinition
from engine.store import database
from engine.work import database_catalogue
from engine.work.drawing import Drawing, read_drawing

_STATEMENTS: Final[LRUCache[Any, Any]] = LRUCache(2_000)
"""Compiled statements by dialect and content; a database of its own has 500 of its own."""


def keep_statements(patch: pytest.MonkeyPatch) -> None:
    """Let every database take the statements that another of its kind has compiled.

    The library keeps them by dialect, an object for each database; all of a kind are made alike.
    """
    for kind in (SQLiteDialect_pysqlite, PGDialect_psycopg):
        patch.setattr(kind, "__eq__", _alike)
        patch.setattr(kind, "__hash__", _of_kind)
    patch.setattr(database, "create_engine", _engine)


def _alike(one: object, other: object) -> bool:
    return type(one) is type(other)


def _of_kind(one: object) -> int:
    return hash(type(one))


def _engine(*address: Any, **settings: Any) -> Engine:
    made = create_engine(*address, **settings)
    made._compiled_cache = _STATEMENTS  # the library takes only its size as a setting
    return made


def keep_definitions(patch: pytest.MonkeyPatch) -> None:
    """Let every catalogue take what another made of the same content."""
    patch.setattr(database_catalogue, "compile_process", _compiled)
    patch.setattr(database_catalogue, "read_drawing", _drawn)
    patch.setattr(database_catalogue, "read_dmn", lru_cache(read_dmn))
    patch.setattr(FormDefinition, "from_json", lru_cache(FormDefinition.from_json))


def _compiled(bpmn: bytes, process_id: str, *, called: Sequence[bytes] = ()) -> CompiledProcess:
    return _compiled_once(bpmn, process_id, tuple(called))


@lru_cache
def _compiled_once(bpmn: bytes, process_id: str, called: tuple[bytes, ...]) -> CompiledProcess:
    return compile_process(bpmn, process_id, called=called)


def _drawn(sources: Iterable[bytes]) -> Drawing:
    return _drawn_once(tuple(sources))


@lru_cache
def _drawn_once(sources: tuple[bytes, ...]) -> Drawing:
    return read_drawing(sources)
