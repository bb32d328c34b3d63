"""The ledger as a file: sent piece by piece while it is read."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import structlog
from flask import Response

from engine import clock
from webapp.context import bihuan, current_actor, reading
from webapp.i18n.language import current_language, t
from webapp.ledger import asked
from workflows.domain import known_values, ledger_columns
from workflows.exporting import files
from workflows.exporting.ledger import LedgerTable

log = structlog.get_logger()

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def send(name: str) -> Response:
    """Return the whole list that the address asks for, in one of the formats."""
    now, wanted, actor = clock.now(), asked.wanted(), current_actor()
    with reading() as session:
        known_values.check_ledger(session, actor, wanted)
        columns = asked.columns() or ledger_columns.of(session, actor)
    table = LedgerTable(actor, wanted, asked.order(), columns, current_language(), now)
    return of_table(table, name)


def of_table(table: LedgerTable, name: str) -> Response:
    """Return a part of the ledger in one of the formats; the log tells who took it."""
    log.info("exported", actor=table.actor.id, format=name, columns=len(table.columns))
    pieces = _csv(table) if name == "csv" else _xlsx(table)
    file = f"{t('ledger.file')}-{clock.beijing(clock.now()):%Y%m%d-%H%M}.{name}"
    return attachment(file, pieces)


def attachment(file: str, pieces: Iterator[bytes]) -> Response:
    """Return a file of one of the formats, to be saved under its name."""
    answer = Response(pieces, content_type=TYPES[file.rpartition(".")[2]])
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file)}"
    return answer


def _csv(table: LedgerTable) -> Iterator[bytes]:
    database = bihuan().database

    def pieces() -> Iterator[bytes]:
        with database.read() as session:
            yield from files.csv_chunks(table.heads(session), table.rows(session))

    return pieces()


def _xlsx(table: LedgerTable) -> Iterator[bytes]:
    """Write the file first: what went wrong is told by a page, not by half a file."""
    with reading() as session:
        file = files.xlsx_file(t("ledger.file"), table.heads(session), table.rows(session))
    return files.chunks(file)
