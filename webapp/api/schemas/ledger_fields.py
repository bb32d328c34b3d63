"""Filters on single fields of the ledger, from the same registry as the page's."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from webapp.api.schemas.common import described
from workflows.domain import ledger_filters
from workflows.domain.ledger_fields import LedgerField
from workflows.domain.ledger_filters import EMPTY, FILLED, NO, PARAMETERS, YES


def field_queries() -> dict[str, fields.Field[Any]]:
    """Return a query parameter for everything that a field may be asked for."""
    return {name: _query(name, field) for name, field in PARAMETERS.items()}


def _query(name: str, field: LedgerField) -> fields.Field[Any]:
    metadata = described(_said(name, field))
    if name != field.key:
        return fields.Date(metadata=metadata) if field.kind == "day" else _number(metadata)
    return fields.String(validate=_allowed(field), metadata=metadata)


def _number(metadata: dict[str, str]) -> fields.Field[Any]:
    return fields.Float(metadata=metadata)


def _allowed(field: LedgerField) -> validate.Validator:
    empty = [EMPTY] if field.optional else []
    if field.kind in ("day", "number"):
        return validate.OneOf([EMPTY, FILLED])
    if field.kind == "flag":
        return validate.OneOf([YES, NO])
    if field.kind == "choice":
        return validate.OneOf([*field.choices, *empty])
    return validate.Length(max=ledger_filters.LONGEST)


def _said(name: str, field: LedgerField) -> str:
    title = f"{field.title[1]} · {field.title[0]}"
    if name.endswith(ledger_filters.FROM) and name != field.key:
        return f"{title}: at least, included."
    if name.endswith(ledger_filters.TO) and name != field.key:
        return f"{title}: at most, included."
    if field.kind in ("day", "number"):
        return f"{title}: `-` for rows without one, `*` for rows with one."
    if field.kind in ("text", "person"):
        return f"{title}: words that must all occur."
    return f"{title}." if not field.optional else f"{title}; `-` for rows without one."
