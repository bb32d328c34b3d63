"""Listed supervision: the grounds on which a hazard is listed, added, taken away, ended."""

from __future__ import annotations

from engine.errors import Incident
from engine.ports import Context, JsonMap
from workflows.domain.hazard_case import HazardCase

LEVEL, EXTENSION, OVERDUE, ORDER = "major_confirmed", "on_extension", "on_overdue_major", "by_order"
GRADES = {LEVEL: 1, EXTENSION: 2, OVERDUE: 2, ORDER: 2}
"""Park grade when confirmed as major; zone grade on an extension, once overdue, by order."""

ZONE_GRADE = 2
_FORMER_NAMES = {"major": LEVEL, "extension": EXTENSION, "overdue": OVERDUE}
"""How grounds were named in documents written before a leader could order a listing."""

_OF_ONE_LISTING = (
    "medium",
    "photos",
    "published_at",
    "published_on",
    "published_by",
    "removed_at",
    "removed_on",
    "removed_by",
    "removed_medium",
    "removed_photos",
    "ended",
    "notice",
)
"""What is kept apart when a hazard is listed again."""


def raised(case: HazardCase, context: Context) -> None:
    """Open the listing on its grounds, or add one; the zone's own grade is listed by the office.

    A publication that has not been taken down still stands when the hazard is listed again.
    """
    listing = _listing(case)
    standing = grounds(listing)
    if not standing:
        listing = _renewed(listing, context)
    at = context.now.isoformat()
    found = [*standing, *({"ground": one, "at": at} for one in _new_grounds(case, standing))]
    if not found:
        raise Incident("Expected a ground to list a hazard, but there is none", "没有挂牌理由")
    grade = max(GRADES[one["ground"]] for one in found)
    changes = {
        "grounds": found,
        "grade": grade,
        "to_publish": True,
        "owed_since": _owed_since(_listing(case)) or at,
        "withdrawn_at": None,
    }
    case.data["listing"] = {**listing, **changes}
    part = "office" if grade == ZONE_GRADE else "park_command"
    case.data["bodies"] = {**case.data["bodies"], "listing_body": case.body(part)}


def grounds(listing: JsonMap) -> list[JsonMap]:
    """Return why a hazard is listed; before grounds were kept the level was the only one."""
    known: list[JsonMap] = listing.get("grounds") or []
    if known or not listing["grade"]:
        return [{**one, "ground": _FORMER_NAMES.get(one["ground"], one["ground"])} for one in known]
    return [{"ground": LEVEL, "at": listing["published_at"]}]


def downgraded(case: HazardCase, context: Context) -> None:
    """Take away the ground of the level; a listing without another ground ends."""
    listing = _listing(case)
    standing = grounds(listing)
    left = [one for one in standing if one["ground"] != LEVEL]
    if left == standing or case.level == "major":
        return
    case.data["listing"] = {**listing, "grounds": left}
    if not left:
        end(case, "downgraded", context)


def end(case: HazardCase, reason: str, context: Context) -> None:
    """End a listing that has no ground left: taken off if published, else withdrawn."""
    listing = _listing(case)
    ended = {
        "reason": reason,
        "grade": listing["grade"],
        "by": context.actor.id,
        "at": context.now.isoformat(),
    }
    case.data["listing"] = {
        **listing,
        "grade": 0,
        "to_publish": False,
        "progress_due": None,
        "ended": ended,
    }
    context.journal.record("listing.ended", {"reason": reason})


def _owed_since(listing: JsonMap) -> str | None:
    """Return since when a publication is waited for; a further ground gives no more time for it."""
    if not listing["to_publish"]:
        return None
    began = None if listing["published"] else listing["opened_at"]
    since: str | None = listing.get("owed_since") or began
    return since


def _new_grounds(case: HazardCase, standing: list[JsonMap]) -> list[str]:
    """Return the grounds that the case shows and that are not noted yet.

    Each extension is one more ground: it moves the date that the public was told.
    """
    noted = [one["ground"] for one in standing]
    shown = {
        LEVEL: case.level == "major",
        OVERDUE: case.level == "major" and case.expired is not None,
        ORDER: _listing(case)["ordered"] is not None,
    }
    found = [ground for ground, holds in shown.items() if holds and ground not in noted]
    if case.data["extensions"] > 0 and (not found or EXTENSION not in noted):
        found.append(EXTENSION)
    return found


def _renewed(listing: JsonMap, context: Context) -> JsonMap:
    """Return a listing that begins now; one that was published before is kept beside it."""
    begun = {**listing, "opened_at": context.now.isoformat(), "ended": None}
    if not listing["published"]:
        return begun
    former = {name: listing.get(name) for name in _OF_ONE_LISTING}
    begun["former"] = [*listing["former"], former]
    still_up = listing["removed_at"] is None
    return {
        **begun,
        "published": still_up,
        "removed_at": None,
        "removed_on": None,
        "removed_by": None,
        "removed_medium": None,
        "removed_photos": [],
    }


def _listing(case: HazardCase) -> JsonMap:
    found: JsonMap = case.data["listing"]
    return found
