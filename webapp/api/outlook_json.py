"""What becomes of a case under another version, as JSON: dates, actors and forms that change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.ports import Grant
from engine.work.outlook import Outlook, Reason
from webapp.api.access import language
from workflows.migrating.found import Found


def reasons(found: Sequence[Reason]) -> list[str]:
    """Return what is in the way, sentence by sentence."""
    return [said((one.message_zh, one.message)) for one in found]


def changes(look: Outlook | Found) -> dict[str, Any]:
    """Return what would change."""
    return {
        "dates": [
            {
                "element": one.element,
                "title": said(one.title),
                "before": one.before,
                "after": one.after,
            }
            for one in look.dates
        ],
        "actors": [
            {
                "element": one.element,
                "title": said(one.title),
                "before": posts(one.before),
                "after": posts(one.after),
            }
            for one in look.actors
        ],
        "forms": [
            {
                "element": one.element,
                "title": said(one.title),
                "before": one.before,
                "after": one.after,
            }
            for one in look.forms
        ],
    }


def posts(grants: Sequence[Grant]) -> list[dict[str, str]]:
    """Return bodies with their roles."""
    return [{"body": grant.body, "role": grant.role} for grant in grants]


def said(words: tuple[str, str]) -> str:
    """Return what is said in the language of the request, of Chinese and English."""
    return words[1] if language() == "en" else words[0]
