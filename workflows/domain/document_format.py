"""The format of a stored case document: how a new one begins, how an older one is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.ports import JsonMap

FORMAT = 2


def upgraded(document: Mapping[str, Any]) -> JsonMap:
    """Return a document of any earlier format as one of today's; nothing recorded changes."""
    if not document or document.get("format") == FORMAT:
        return dict(document)
    listing = {**_unlisted(), **document["listing"]}
    return {**blank(), **document, "listing": listing, "format": FORMAT}


def blank() -> JsonMap:
    """Return everything of a new document that registration does not fill."""
    return {
        "format": FORMAT,
        "level": None,
        "phase": "registered",
        "round": 0,
        "proposers": [],
        "grading": [],
        "order": None,
        "orders": [],
        "plan": None,
        "plan_submitted": False,
        "notice": None,
        "reports": [],
        "recheck": None,
        "rechecks": [],
        "failed_items": {},
        "strike_offs": [],
        "done_at": None,
        "listing": _unlisted(),
        "interviews": [],
        "interviewed": False,
        "extension_pending": False,
        "extensions": 0,
        "raising": None,
        "raise_proposals": [],
        "void_proposal": None,
        "exit": None,
        "reported_to_park_at": None,
        "watchers": [],
        "urged": [],
        "experts": [],
        "ext": {},
        "extension_requests": [],
        "enforcements": [],
    }


def _unlisted() -> JsonMap:
    return {
        "grade": 0,
        "to_publish": False,
        "published": False,
        "progress_due": None,
        "published_at": None,
        "medium": None,
        "published_by": None,
        "photos": [],
        "removed_at": None,
        "removed_by": None,
        "removed_medium": None,
        "removed_photos": [],
        "reports": [],
        "missed": [],
        "grounds": [],
        "ordered": None,
        "opened_at": None,
        "owed_since": None,
        "published_on": None,
        "removed_on": None,
        "ended": None,
        "withdrawn_at": None,
        "former": [],
    }
