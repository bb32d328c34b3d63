"""Who found a hazard: the inspector who registers it, or whom a registration for others names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.errors import Invalid
from engine.ports import Context, Grant, JsonMap
from workflows.domain import organisation, zone
from workflows.domain.org_facts import Body

INSPECTORS = ("officer", "head", "deputy", "clerk")
_LONGEST = 60


def named(data: Mapping[str, Any]) -> str:
    """Return the finder's name as it was typed; raise Invalid where a name may not stand.

    A transferred lead names nobody: the only name at hand could be the reporter's.
    """
    name = str(data.get("finder_name") or "").strip()
    if len(name) > _LONGEST:
        raise Invalid.at(
            "finder_name",
            f"Expected at most {_LONGEST} characters, but there are more",
            f"发现人姓名不得超过 {_LONGEST} 字",
        )
    if name and data.get("source") == "report_transferred":
        raise Invalid.at(
            "finder_name",
            "Expected no name for a transferred lead, but there is one",
            "转办线索不填发现人姓名",
        )
    return name


def kept(name: str, data: Mapping[str, Any], finder: Body, context: Context) -> JsonMap:
    """Return what a case keeps of its finder: the name as typed, and the persons it means.

    No persons but no name either means that nobody knows: `found_by` is then None.
    """
    actor = context.actor
    own = data.get("source") == "self" or any(actor.holds(finder.id, role) for role in INSPECTORS)
    meant = _of_name(name, finder, context) if name else ()
    found_by = list(dict.fromkeys([actor.id, *meant] if own else meant))
    return {"finder_name": name, "found_by": found_by if own or name else None}


def known(data: Mapping[str, Any]) -> set[str]:
    """Return who counts as finder: whoever entered the facts, and whom they name as finder."""
    return {data["registered_by"], *(data.get("found_by") or ())}


def possible(data: Mapping[str, Any]) -> set[str]:
    """Return who may be the finder nobody named: whoever both graded the hazard and served on it.

    Without a name the registration does not tell who found it; one officer alone is not to
    grade, serve and verify it. A case from before finders were kept has no `found_by`: its
    registrar is taken for the finder.
    """
    if "found_by" not in data or data["found_by"] is not None:
        return set()
    served = {str(order["served_by"]) for order in data["orders"]}
    return served & {str(step["by"]) for step in data["grading"]}


def _of_name(name: str, finder: Body, context: Context) -> list[str]:
    """Return every inspector of the finding body who bears a name; namesakes all count."""
    grants = [Grant(finder.id, role) for role in INSPECTORS]
    persons = zone.holders(context, grants)
    found = organisation.names(context.session, persons)
    plain = name.casefold()
    return [
        one.id
        for one in found.values()
        if plain in (one.name_zh.casefold(), one.name.casefold(), one.id.casefold())
    ]
