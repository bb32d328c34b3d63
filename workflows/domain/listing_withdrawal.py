"""An extension that was undone is no ground of a listing any more; nobody is named for it."""

from __future__ import annotations

from engine.ports import Context, JsonMap
from workflows.domain import listing
from workflows.domain.hazard_case import HazardCase

REASON = "extension_undone"


def undone(case: HazardCase, context: Context) -> None:
    """Take away the ground of extensions where none is in force; nothing more is published on it.

    Without another ground the listing ends. With the level alone it is the park's again, unless
    the zone has published it: then that publication stands until it is taken down.
    """
    found: JsonMap = case.data["listing"]
    standing = listing.grounds(found)
    left = [one for one in standing if one["ground"] != listing.EXTENSION]
    if left == standing or case.data["extensions"] > 0:
        return
    case.data["listing"] = {**found, "grounds": left}
    if not left:
        listing.end(case, REASON, context)
    elif found["to_publish"] and _grade(left) < found["grade"] and not _by_zone(found):
        _give_back(case, _grade(left), context)


def withdrawn(case: HazardCase, _context: Context) -> None:
    """Begin the next round: the publication that was withdrawn is not asked for any more."""
    case.data["listing"] = {**case.data["listing"], "withdrawn_at": None}


def _give_back(case: HazardCase, grade: int, context: Context) -> None:
    found: JsonMap = case.data["listing"]
    case.data["listing"] = {
        **found,
        "grade": grade,
        "to_publish": not found["published"],
        "withdrawn_at": context.now.isoformat(),
    }
    case.data["bodies"] = {**case.data["bodies"], "listing_body": case.body("park_command")}


def _grade(grounds: list[JsonMap]) -> int:
    return max(listing.GRADES[one["ground"]] for one in grounds)


def _by_zone(found: JsonMap) -> bool:
    """Only the zone's publication has a notice of supervision."""
    return bool(found["published"] and found.get("notice"))
