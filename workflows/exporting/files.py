"""Tables as CSV and Excel files, written row by row so that their length costs no memory.

A spreadsheet takes a text that begins with a sign such as = for a formula. In CSV such a text is
given an apostrophe in front, in Excel it is marked as text.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import IO, Final

import xlsxwriter

Cell = str | int | Decimal | date | None
Row = Sequence[Cell]

BOM: Final = "\ufeff"
_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_BUFFER: Final = 64 * 1024
_WIDTHS: Final = (8, 40)
_LONGEST_CELL: Final = 32_000
"""Characters; Excel takes 32,767."""


def csv_chunks(heads: Row, rows: Iterable[Row]) -> Iterator[bytes]:
    """Give a CSV file piece by piece, in UTF-8 with the mark by which Excel knows it."""
    lines = io.StringIO()
    lines.write(BOM)
    writer = csv.writer(lines)
    writer.writerow(heads)
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])
        if lines.tell() >= _BUFFER:
            yield _taken(lines)
    yield _taken(lines)


def xlsx_file(title: str, heads: Row, rows: Iterable[Row]) -> IO[bytes]:
    """Return an open Excel file at its beginning; whoever closes it removes it."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 the caller sends it and closes it
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        _Sheet(book, title, heads).write(rows)
    file.seek(0)
    return file


def plain(number: Decimal) -> str:
    """Return a number as it is read: 0.4 for 0.4000, 100 for 1E+2."""
    return f"{number.normalize():f}"


def chunks(file: IO[bytes]) -> Iterator[bytes]:
    """Give an open file piece by piece, and close it."""
    with file:
        while piece := file.read(_BUFFER):
            yield piece


class _Sheet:
    """The one sheet of a file."""

    def __init__(self, book: xlsxwriter.Workbook, title: str, heads: Row) -> None:
        """Write the heads, and let them stand while one scrolls."""
        self._sheet = book.add_worksheet(title[:31])
        self._day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        self._marked = book.add_format({"quote_prefix": True})
        bold = book.add_format({"bold": True, "bottom": 1})
        self._sheet.freeze_panes(1, 1)
        for column, head in enumerate(heads):
            width = max(_WIDTHS[0], min(_WIDTHS[1], 2 * len(str(head)) + 4))
            self._sheet.set_column(column, column, width)
            self._sheet.write_string(0, column, str(head), bold)

    def write(self, rows: Iterable[Row]) -> None:
        """Write the rows below the heads."""
        for line, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                self._cell(line, column, cell)

    def _cell(self, line: int, column: int, cell: Cell) -> None:
        if isinstance(cell, date):
            self._sheet.write_datetime(line, column, cell, self._day)
        elif isinstance(cell, int | Decimal):
            self._sheet.write_number(line, column, float(cell))
        elif cell:
            marked = self._marked if cell.startswith(_SIGNS) else None
            self._sheet.write_string(line, column, cell[:_LONGEST_CELL], marked)


def _harmless(cell: Cell) -> str | int | Decimal:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return plain(cell)
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_SIGNS) else cell


def _taken(lines: io.StringIO) -> bytes:
    piece = lines.getvalue().encode()
    lines.seek(0)
    lines.truncate()
    return piece
