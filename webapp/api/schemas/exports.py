"""What of the ledger is wanted as a file."""

from __future__ import annotations

from marshmallow import fields, validate
from webargs.fields import DelimitedList

from webapp.api.schemas.cases import CaseQuery
from webapp.api.schemas.common import PageQuery
from workflows.domain.ledger_fields import FIELDS

_PAGING = frozenset(PageQuery().fields)


class ExportQuery(CaseQuery):  # type: ignore[valid-type,misc]  # made at run time
    """Filters of the ledger, its order, columns and format."""

    class Meta:
        """Everything at once: no pages."""

        exclude = tuple(_PAGING)

    format = fields.String(load_default="csv", validate=validate.OneOf(["csv", "xlsx"]))
    columns = DelimitedList(
        fields.String(validate=validate.OneOf(tuple(FIELDS))),
        load_default=(),
        validate=validate.Length(max=len(FIELDS)),
        metadata={"description": "Names of columns, divided by commas."},
    )
