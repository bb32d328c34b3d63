"""Read a ledger file into rows of raw cells, with the line each came from."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from engine.errors import Invalid
from workflows.importing.columns import COLUMNS, Column, by_heading

LARGEST_FILE = 50_000_000
"""Bytes; a ledger of 20,000 rows has about 3 MB."""
LARGEST_UNPACKED = 60_000_000
"""Bytes within an Excel file; a ledger of 20,000 rows has about 12 MB, read with 120 MB."""
MOST_LINES = 100_000
MOST_COLUMNS = 100
HEADING_ROWS = 10
"""Official tables carry a title and a unit line above the headings."""


@dataclass(frozen=True)
class RawRow:
    """One row as it stands in the file: line number (from 1) and cells by column key."""

    line: int
    cells: dict[str, Any]


@dataclass(frozen=True)
class Table:
    """What a file is read as: its columns, and what such a file is called."""

    columns: Sequence[Column]
    name_zh: str
    name: str


LEDGER = Table(COLUMNS, "台账", "a ledger")


class _UnreadableError(Exception):
    """Why a file holds no such table, in both languages."""

    def __init__(self, why: str, why_zh: str) -> None:
        super().__init__(why)
        self.why_zh = why_zh


def read_rows(path: Path, table: Table = LEDGER) -> list[RawRow]:
    """Read the table of an .xlsx or .csv file; raise Invalid if it has no such table."""
    try:
        return _under_headings(_lines(path), table.columns)
    except _UnreadableError as error:
        raise Invalid.at(
            path.name,
            f"Expected {table.name} in {path.name}, but {error}",
            f"无法读取{table.name_zh} {path.name}：{error.why_zh}",
        ) from error


def _lines(path: Path) -> list[Sequence[Any]]:
    if path.stat().st_size > LARGEST_FILE:
        raise _UnreadableError("it is larger than 50 MB", "文件超过 50 MB")
    return _csv(path) if path.suffix.lower() == ".csv" else _xlsx(path)


def _csv(path: Path) -> list[Sequence[Any]]:
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            lines: list[Sequence[Any]] = list(csv.reader(io.StringIO(data.decode(encoding))))
        except UnicodeDecodeError:
            continue
        except csv.Error as error:
            raise _UnreadableError(f"it is no table: {error}", "不是有效的 CSV 表格") from error
        if len(lines) > MOST_LINES:
            raise _too_long()
        return lines
    raise _UnreadableError("it is neither UTF-8 nor GB18030 text", "文件编码不是 UTF-8 或 GB18030")


def _xlsx(path: Path) -> list[Sequence[Any]]:
    try:
        with zipfile.ZipFile(path) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
        if unpacked > LARGEST_UNPACKED:
            raise _UnreadableError("it holds more than 60 MB", "文件解压后超过 60 MB")
        sheet = load_workbook(path, data_only=True).worksheets[0]
    except _BROKEN as error:
        raise _UnreadableError("it is no Excel workbook", "不是有效的 Excel 文件") from error
    if sheet.max_row > MOST_LINES:
        raise _too_long()
    _unmerge(sheet)
    width = min(sheet.max_column, MOST_COLUMNS)
    return [tuple(row) for row in sheet.iter_rows(values_only=True, max_col=width)]


_BROKEN = (
    *(InvalidFileException, zipfile.BadZipFile, zlib.error, OSError, EOFError, SyntaxError),
    *(ValueError, LookupError, TypeError, AttributeError, RuntimeError, ArithmeticError),
)
"""What the library raises for files that are damaged, encrypted or something else."""


def _unmerge(sheet: Worksheet) -> None:
    for merged in list(sheet.merged_cells.ranges):
        # A merged cell means "the same for these rows": every row gets the value.
        value = sheet.cell(merged.min_row, merged.min_col).value
        last = min(merged.max_row, sheet.max_row, MOST_LINES)
        sheet.unmerge_cells(str(merged))
        for line in range(merged.min_row, last + 1):
            sheet.cell(line, merged.min_col, value)


def _under_headings(lines: Sequence[Sequence[Any]], columns: Sequence[Column]) -> list[RawRow]:
    for at, line in enumerate(lines[:HEADING_ROWS]):
        places = _places(line, columns)
        if sum(column.required for column in places.values()) >= _ENOUGH:
            _complete(places.values(), columns)
            _once_each(line, places)
            return list(_rows(lines[at + 1 :], at + 2, places))
    wanted = "、".join(column.title for column in columns if column.required)
    raise _UnreadableError(f"no line holds the headings {wanted}", f"未找到表头：{wanted}")


_ENOUGH = 4
"""Headings that a line must hold before it is taken for the heading line."""


def _places(line: Sequence[Any], columns: Sequence[Column]) -> dict[int, Column]:
    known = by_heading(columns)
    found: dict[int, Column] = {}
    for index, cell in enumerate(line):
        column = known.get(str(cell or "").strip().replace("\n", "").lower())
        if column:
            found[index] = column
    return found


def _complete(there: Iterable[Column], columns: Sequence[Column]) -> None:
    present = {column.key for column in there}
    missing = [column.title for column in columns if column.required and column.key not in present]
    if missing:
        names = "、".join(missing)
        raise _UnreadableError(f"the columns {names} are missing", f"缺少列：{names}")


def _once_each(line: Sequence[Any], places: Mapping[int, Column]) -> None:
    """Raise where two columns would fill the same field: nobody could tell which one counts."""
    first: dict[str, int] = {}
    for index, column in places.items():
        before = first.setdefault(column.key, index)
        if before != index:
            names, names_zh = (
                mark.join(f"{left}{line[at]}{right}" for at in (before, index))
                for mark, left, right in ((", ", '"', '"'), ("、", "“", "”"))
            )
            raise _UnreadableError(
                f"the columns {names} name the same", f"列{names_zh}重复，只能保留一列"
            )


def _rows(
    lines: Sequence[Sequence[Any]], first: int, places: dict[int, Column]
) -> Iterable[RawRow]:
    for offset, line in enumerate(lines):
        cells = {places[i].key: cell for i, cell in enumerate(line) if i in places}
        if any(str(value or "").strip() for value in cells.values()):
            yield RawRow(first + offset, cells)


def _too_long() -> _UnreadableError:
    return _UnreadableError(f"it has more than {MOST_LINES} lines", f"表格超过 {MOST_LINES} 行")
