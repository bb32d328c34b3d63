"""The set of pages of drafts, and what each of them asks for."""

from __future__ import annotations

from flask import Blueprint

from webapp.context import bihuan
from workflows.designing import permission

READERS = sorted(permission.READING)
"""Of which body they are is asked further in."""

DESIGNERS = (permission.DESIGNER,)

blueprint = Blueprint("drafts", __name__)


def agency() -> str:
    """Return whose drafts these are."""
    return bihuan().settings.agency
