"""By when a listing is published: counted from when it was owed first, whatever ground followed."""

from __future__ import annotations

from dataclasses import replace

from engine.ports import TaskFacts
from workflows.domain import instants
from workflows.domain.hazard_case import HazardCase

_PUBLISHING = ("listing.grade1", "listing.grade2")


def owed(case: HazardCase, task: TaskFacts) -> TaskFacts:
    """Return a task of publishing as opened when that publication was owed first.

    A further ground, or the zone in the place of the park, gives no more time for it; what has
    been published and is published anew has a limit of its own.
    """
    listing = case.data["listing"]
    since = instants.optional(listing.get("owed_since"))
    if task.act not in _PUBLISHING or since is None or not listing["to_publish"]:
        return task
    return replace(task, opened_at=min(task.opened_at, since))
