"""The days between two instants, on either database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Float
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class Days(FunctionElement[float]):
    """Days from the first to the second instant, with their fraction; null where one is null."""

    type = Float()
    inherit_cache = True


@compiles(Days)
def _sqlite(element: Days, compiler: SQLCompiler, **options: Any) -> str:
    begin, end = (compiler.process(one, **options) for one in element.clauses)
    return f"(julianday({end}) - julianday({begin}))"


@compiles(Days, "postgresql")
def _postgresql(element: Days, compiler: SQLCompiler, **options: Any) -> str:
    begin, end = (compiler.process(one, **options) for one in element.clauses)
    return f"(extract(epoch from ({end}) - ({begin})) / 86400.0)"
