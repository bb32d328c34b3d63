"""The button that asks for more time, with until when it is in good time; and withdrawing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import url_for

from engine.clock import beijing_date
from engine.ports import Act
from webapp.cases.sources import CaseSources
from webapp.i18n.catalogue import text
from webapp.presentation.remaining import day_words
from workflows.domain.deadline import Deadline

REQUEST, WITHDRAW = "extension.request", "extension.withdraw"


@dataclass(frozen=True)
class Ask:
    """A button with what it means."""

    title: str
    words: str
    address: str
    quiet: bool


def ask_for_time(
    sources: CaseSources, acts: Iterable[Act], now: datetime, language: str
) -> Ask | None:
    """Return the button that fits: to ask, or to withdraw what was asked; None for neither."""
    offered = {act.name for act in acts}
    case_id = sources.record.id
    if WITHDRAW in offered:
        address = url_for("cases.act", case_id=case_id, act=WITHDRAW)
        words = text("extension.withdraw_why", language)
        return Ask(text("extension.withdraw", language), words, address, quiet=True)
    row = _running(sources)
    if REQUEST not in offered or row is None:
        return None
    before = timedelta(days=sources.own_rules.whole("extension.timely_days_before"))
    last = row.due_date - before
    timely = beijing_date(now) <= last
    return Ask(
        text("extension.ask", language),
        text(
            "extension.ask_timely" if timely else "extension.ask_late",
            language,
            day=day_words(last if timely else row.due_date, language),
        ),
        url_for("cases.act", case_id=case_id, act=REQUEST),
        quiet=False,
    )


def _running(sources: CaseSources) -> Deadline | None:
    rows = (Deadline.from_json(one) for one in sources.record.document["deadlines"])
    return next((one for one in rows if one.kind == "rectification" and one.running), None)
