"""What was found of a case, as it is kept: versions, what is in the way, what changes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.ports import Grant
from engine.work.outlook import ActorChange, DateChange, FormChange, Outlook, Reason


@dataclass(frozen=True)
class Found:
    """What becomes of a case, read again from what was kept."""

    before: tuple[int, ...] = ()
    reasons: tuple[Reason, ...] = ()
    dates: tuple[DateChange, ...] = ()
    actors: tuple[ActorChange, ...] = ()
    forms: tuple[FormChange, ...] = ()

    @property
    def changes(self) -> bool:
        """Whether anybody would notice."""
        return bool(self.dates or self.actors or self.forms)


def of_outlook(look: Outlook) -> Found:
    """Return what an outlook says."""
    return Found(look.before, look.reasons, look.dates, look.actors, look.forms)


def written(found: Found) -> str:
    """Return it as text."""
    return json.dumps(
        {
            "before": list(found.before),
            "reasons": [[one.message, one.message_zh] for one in found.reasons],
            "dates": [
                [one.element, *one.title, _iso(one.before), _iso(one.after)] for one in found.dates
            ],
            "actors": [
                [one.element, *one.title, _posts(one.before), _posts(one.after)]
                for one in found.actors
            ],
            "forms": [[one.element, *one.title, one.before, one.after] for one in found.forms],
        },
        ensure_ascii=False,
    )


def read(text: str) -> Found:
    """Return what was kept."""
    kept: Mapping[str, Any] = json.loads(text)
    return Found(
        before=tuple(kept.get("before", ())),
        reasons=tuple(Reason(*one) for one in kept.get("reasons", ())),
        dates=tuple(
            DateChange(element, (zh, en), _instant(before), _instant(after))
            for element, zh, en, before, after in kept.get("dates", ())
        ),
        actors=tuple(
            ActorChange(element, (zh, en), _grants(before), _grants(after))
            for element, zh, en, before, after in kept.get("actors", ())
        ),
        forms=tuple(
            FormChange(element, (zh, en), before, after)
            for element, zh, en, before, after in kept.get("forms", ())
        ),
    )


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _posts(grants: Sequence[Grant]) -> list[list[str]]:
    return [[grant.body, grant.role] for grant in grants]


def _grants(posts: Sequence[Sequence[str]]) -> tuple[Grant, ...]:
    return tuple(Grant(body, role) for body, role in posts)
