"""The ledger as a file: the same rows and columns that lists and pages show, whole."""

from __future__ import annotations

from typing import Any

from flask import Response

from engine import clock
from webapp.api.access import actor, language, needs
from webapp.api.blueprint import Blueprint
from webapp.api.cases import ledger_filter
from webapp.api.schemas.exports import ExportQuery
from webapp.context import reading
from webapp.ledger import files
from workflows.domain import known_values, ledger_columns
from workflows.domain.ledger import Order
from workflows.exporting.ledger import LedgerTable

blueprint = Blueprint("exports", __name__, ("导出", "Exports"))


@blueprint.call("GET", "/exports/ledger", "导出台账")
@needs.read
@blueprint.takes(ExportQuery, location="query")
@blueprint.alt_response(  # type: ignore[untyped-decorator]  # the library has no types
    200, schema={"type": "string", "format": "binary"}, content_type="*/*", success=True
)
def export_ledger(wanted: dict[str, Any]) -> Response:
    """Send the ledger that the filters ask for as CSV or Excel, whole.

    Without `columns` it has those that the caller chose on the page.
    """
    kind, names = wanted.pop("format"), wanted.pop("columns")
    order, chosen = Order(wanted.pop("sort")), ledger_filter(wanted)
    with reading() as session:
        known_values.check_ledger(session, actor(), chosen)
        columns = ledger_columns.known(names) or ledger_columns.of(session, actor())
    table = LedgerTable(actor(), chosen, order, columns, language(), clock.now())
    return files.of_table(table, kind)
