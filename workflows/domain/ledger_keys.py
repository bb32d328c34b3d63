"""What a ledger row keeps beside its texts: where words are looked for, and keys of order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.domain import ledger_search
from workflows.domain.pinyin import sort_key

KEYS: Mapping[str, str] = {
    "industry_key": "industry",
    "address_key": "address",
    "location_key": "location",
    "description_key": "description",
    "subcategory_key": "subcategory",
    "criterion_key": "criterion",
    "responsible_key": "responsible_person",
}
"""Each key with the text that it orders."""

DERIVED = frozenset({*KEYS, "search_text"})
TEXTS = tuple(dict.fromkeys((*ledger_search.SEARCHED, *KEYS.values())))


def of(values: Mapping[str, Any]) -> dict[str, str]:
    """Return the derived columns of a row with some texts."""
    keys = {key: sort_key(values[text]) for key, text in KEYS.items()}
    return {**keys, "search_text": ledger_search.kept_text(values)}
