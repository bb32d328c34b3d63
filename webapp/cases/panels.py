"""The panels of a case, and which of them stand beside a task."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from webapp.cases.enforcement_panel import EnforcementPanel, enforcement_panels
from webapp.cases.extension_panel import ExtensionPanel, extension_panels
from webapp.cases.interview_panel import InterviewPanel, interview_panels
from webapp.cases.listing_panel import ListingPanel, listing_panels
from webapp.cases.panel_words import PanelWords
from webapp.cases.sources import CaseSources


@dataclass(frozen=True)
class Panels:
    """What became of the article in a case, the latest of each first."""

    extensions: Sequence[ExtensionPanel] = ()
    interviews: Sequence[InterviewPanel] = ()
    enforcements: Sequence[EnforcementPanel] = ()
    listings: Sequence[ListingPanel] = ()


def beside(found: Panels, process: str, request: int | None = None) -> Panels:
    """Return what somebody needs to see beside a task: what it is about, and what is undecided.

    The request that a task is about comes first, whichever was filed last.
    """
    about = {
        "extension_request": ("extensions",),
        "overdue_interview": ("interviews", "extensions"),
        "enforcement": ("enforcements", "interviews"),
        "listed_supervision": ("listings", "extensions"),
    }.get(process)
    if about is None:
        return Panels(extensions=[one for one in found.extensions if one.undecided])
    own = sorted(found.extensions, key=lambda one: one.number != request)
    found = replace(found, extensions=own)
    return Panels(**{name: getattr(found, name) for name in about})


def panels(sources: CaseSources, now: datetime, language: str) -> Panels:
    """Return every panel of a case in words."""
    words = PanelWords(sources, now, language)
    return Panels(
        extension_panels(words),
        interview_panels(words),
        enforcement_panels(words),
        listing_panels(words),
    )
