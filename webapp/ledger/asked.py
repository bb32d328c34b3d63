"""What the address of the ledger asks for, and addresses that ask for a little more or less."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from flask import request

from webapp.i18n import catalogue
from webapp.presentation import labels
from workflows.domain import known_values, ledger_columns, ledger_filters
from workflows.domain.known_values import Asked
from workflows.domain.ledger import LedgerFilter
from workflows.domain.ledger_fields import LedgerField
from workflows.domain.ledger_order import NEWEST, Order

TEXT, OPEN, FLAG, SORT, PAGE, COLUMNS = "text", "open", "flag", "sort", "page", "columns"
PROGRESS = ("open", "overdue", "closed")
OWN = (TEXT, OPEN, FLAG)
"""Filters that are no single field's."""
_LONGEST_TEXT = 100

Pairs = Sequence[tuple[str, str]]


def value(name: str) -> str:
    """Return the one value of a parameter, without what stands around it."""
    return request.args.get(name, "")[:_LONGEST_TEXT].strip()


def values(name: str) -> list[str]:
    """Return every value of a parameter that says something."""
    return [text for one in request.args.getlist(name) if (text := one.strip())]


def where() -> Mapping[str, Sequence[str]]:
    """Return the parameters that ask for single fields."""
    return {name: values(name) for name in ledger_filters.PARAMETERS if values(name)}


def wanted() -> LedgerFilter:
    """Return the whole filter; raise Invalid for a value that a field cannot have."""
    progress = value(OPEN)
    for name, allowed in ((FLAG, labels.FLAGS), (OPEN, PROGRESS)):
        title = catalogue.text(f"filter.{name}", "zh")
        known_values.check(Asked(name, title, values(name)), list(allowed))
    flags: dict[str, Any] = dict.fromkeys(values(FLAG), True)
    asked = LedgerFilter(
        text=value(TEXT),
        where=ledger_filters.read(where()),
        overdue=True if progress == "overdue" else None,
        open={"open": True, "closed": False}.get(progress),
    )
    return replace(asked, **flags)


def order() -> Order:
    """Return the order; it refuses a field that there is not when it is used."""
    return Order(request.args.get(SORT) or NEWEST)


def columns() -> Sequence[LedgerField]:
    """Return the columns that the address names; none means those of the person."""
    return ledger_columns.known(",".join(values(COLUMNS)).split(","))


def filtered() -> bool:
    """Return whether anything is asked for at all."""
    return any(values(name) for name in (*OWN, *ledger_filters.PARAMETERS))


def pairs() -> Pairs:
    """Return the address's parameters that say something, in their order."""
    return [(name, text) for name, found in request.args.lists() for text in found if text.strip()]


def address(kept: Pairs, path: str | None = None) -> str:
    """Return the address of this list with some parameters."""
    query = urlencode(kept)
    return f"{path or request.path}?{query}" if query else path or request.path


def without(names: Iterable[str], text: str | None = None) -> Pairs:
    """Return the parameters without some, or without one value of them; from the first page."""
    gone = {PAGE, *names}
    return [
        (name, held)
        for name, held in pairs()
        if name not in gone or (text is not None and name != PAGE and held != text)
    ]


def changed(name: str, text: str) -> str:
    """Return the address with one parameter set anew, from the first page."""
    return address([*without([name]), (name, text)])


def turned(number: int) -> str:
    """Return the address of another page of the list."""
    return address([*without([]), *([(PAGE, str(number))] if number > 1 else [])])


def is_clean() -> bool:
    """Return whether the address says nothing in vain, as a form sent by a browser does."""
    return len(pairs()) == sum(len(found) for _, found in request.args.lists())
