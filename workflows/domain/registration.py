"""Registration: the intake gate, and the document that a case begins with."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping, MutableMapping
from typing import Any, cast

from sqlalchemy import bindparam, select

from engine import clock
from engine.errors import Invalid, NotAllowed, NotFound
from engine.ports import SYSTEM, Actor, CaseHead, Context, JsonMap
from engine.store.base import table
from workflows.domain import evidence, finders, instants, numbering, zone
from workflows.domain.document_format import blank
from workflows.domain.ledger_tables import HazardRow
from workflows.domain.levels import CATEGORIES, EXITS, INSPECTION, LEVELS, SOURCES, kept_source
from workflows.domain.org_facts import ABOVE_SCALE, Body, Enterprise
from workflows.domain.rule_set import RuleSet

COUNTER = "hazard"
"""What numbers of cases are counted under."""

LEDGER_KEEPER = "office"
"""The kind of body that keeps the ledger and enters what others found."""

FINDER_KINDS = (
    "park_command",
    "industry_department",
    "emergency_bureau",
    "office",
    "town",
)

_HAZARDS = table(HazardRow).c
_SAME = (
    select(_HAZARDS.case_id)
    .where(
        _HAZARDS.enterprise == bindparam("of"),
        _HAZARDS.fingerprint == bindparam("mark"),
        _HAZARDS.state.not_in(EXITS),
    )
    .order_by(_HAZARDS.found_at, _HAZARDS.number)
    .limit(1)
)


def new_document(head: CaseHead, data: Mapping[str, Any], context: Context) -> JsonMap:
    """Return the document of a new case, or raise Invalid by field."""
    name = finders.named(data)
    _hide_origin(data)
    session, now = context.session, context.now
    enterprise = _enterprise(data, context)
    finder = _finder(data, enterprise, context)
    rules = zone.rules_in_force(context, clock.beijing_date(now))
    check_gate(data, enterprise, finder, rules, context.actor)
    keeper = zone.body_of_kind(context, LEDGER_KEEPER)
    check_finder(data, enterprise, finder, context.actor, keeper)
    found_at = instants.not_future(data.get("found_at"), "found_at", now)
    year = clock.beijing(now).year
    value = numbering.next_number(session, head.agency, COUNTER, year)
    mark = fingerprint(str(data["description"]), str(data.get("location") or ""))
    return blank() | {
        "number": numbering.case_number(rules.number_prefix, year, value),
        "rule_set": rules.reference,
        "enterprise": _snapshot(enterprise),
        "bodies": _bodies(enterprise, finder, context),
        "found_at": found_at.isoformat(),
        "registered_at": now.isoformat(),
        "registered_by": context.actor.id,
        **finders.kept(name, data, finder, context),
        "source": data.get("source") or INSPECTION,
        "entry_mode": "self" if context.actor.holds(enterprise.id) else "proxy",
        "photos": evidence.attach(session, data.get("photos") or (), head.id, context),
        "duplicate_of": find_same(enterprise.id, mark, context),
        "fingerprint": mark,
        **described(data),
    }


def _hide_origin(data: Mapping[str, Any]) -> None:
    """Write the kept origin over the entered one: history records what this leaves."""
    source = data.get("source")
    if source in SOURCES and isinstance(data, MutableMapping):
        data["source"] = kept_source(str(source))


def described(data: Mapping[str, Any]) -> JsonMap:
    """Return what the finder says of the hazard, checked; raise Invalid by field."""
    description = str(data.get("description") or "").strip()
    if not description:
        raise Invalid.at("description", "Expected a description, but it is empty", "请填写隐患描述")
    category = data.get("category") or "object"
    proposed = data.get("proposed_level") or None
    _one_of("category", category, tuple(CATEGORIES))
    _one_of("source", data.get("source") or "department", SOURCES)
    if proposed is not None:
        _one_of("proposed_level", proposed, LEVELS)
    return {
        "description": description,
        "location": str(data.get("location") or ""),
        "category": category,
        "subcategory": str(data.get("subcategory") or ""),
        "imminent": bool(data.get("imminent", False)),
        "criterion": str(data.get("criterion") or "").strip(),
        "proposed_level": proposed,
    }


def check_gate(
    data: Mapping[str, Any], enterprise: Enterprise, finder: Body, rules: RuleSet, actor: Actor
) -> None:
    """Refuse what a town found alone in an above-scale enterprise (article 39).

    What the town's own people enter is an inspection, whatever origin they name.
    """
    inspected = data.get("source") != "self" or any(
        actor.holds(finder.id, role) for role in finders.INSPECTORS
    )
    alone = finder.kind == "town" and not data.get("joint_body")
    if rules.flag("intake.town_alone_above_scale") or not (inspected and alone):
        return
    if enterprise.size_class == ABOVE_SCALE:
        raise Invalid.at(
            "finder_body",
            f"Expected a body that may inspect an above-scale enterprise, but {finder.name} is "
            "a town inspecting alone",
            "镇（街道）不得单独对四上企业开展安全生产检查，请移交有权单位或联合检查",
        )


def check_finder(
    data: Mapping[str, Any],
    enterprise: Enterprise,
    finder: Body,
    actor: Actor,
    ledger_keeper: str = "",
) -> None:
    """Refuse a registration by somebody who neither inspects for the body nor reports himself.

    The body that keeps the ledger may enter what others found (代报), as imports do.
    """
    if actor == SYSTEM or any(actor.holds(finder.id, role) for role in finders.INSPECTORS):
        return
    if data.get("source") == "self" and actor.holds(enterprise.id):
        _check_answers_for(finder, enterprise)
        return
    if actor.holds(ledger_keeper, "officer"):
        return
    raise NotAllowed(
        f"Expected an inspector of {finder.name}, but {actor.name} is none",
        f"{actor.name}不是{finder.name_zh}的检查人员，不能以该单位名义登记",
    )


def _check_answers_for(finder: Body, enterprise: Enterprise) -> None:
    """Refuse a self-report to a body that has nothing to do with the enterprise."""
    own = {enterprise.command, enterprise.industry_department, enterprise.town}
    if finder.id not in own and finder.kind not in ("emergency_bureau", LEDGER_KEEPER):
        raise Invalid.at(
            "finder_body",
            f"Expected a body that answers for the enterprise, but {finder.name} does not",
            f"{finder.name_zh}不是本企业的监管单位，请选择所在园区、属地或行业主管部门",
        )


def fingerprint(description: str, location: str) -> str:
    """Return the mark under which the same hazard of one enterprise is found again."""
    return hashlib.sha256(f"{_plain(description)}|{_plain(location)}".encode()).hexdigest()


def find_same(enterprise: str, mark: str, context: Context) -> str | None:
    """Return the earliest open case of the same hazard, to which the new one is linked."""
    found = context.session.connection().execute(_SAME, {"of": enterprise, "mark": mark})
    return cast("str | None", found.scalar())


def _enterprise(data: Mapping[str, Any], context: Context) -> Enterprise:
    try:
        return zone.enterprise(context, str(data.get("enterprise") or ""))
    except NotFound as error:
        raise Invalid.at(
            "enterprise",
            "Expected a registered enterprise, but there is none",
            "请选择已登记的企业",
        ) from error


def _finder(data: Mapping[str, Any], enterprise: Enterprise, context: Context) -> Body:
    chosen = data.get("finder_body")
    if not chosen and data.get("source") == "self":
        chosen = enterprise.command
    try:
        found = zone.body(context, str(chosen or ""))
    except NotFound as error:
        raise _no_finder() from error
    if found.kind not in FINDER_KINDS:
        raise _no_finder()
    return found


def _no_finder() -> Invalid:
    return Invalid.at(
        "finder_body",
        "Expected a body that inspects, but it is none",
        "请选择负有检查职责的发现单位",
    )


def _bodies(enterprise: Enterprise, finder: Body, context: Context) -> dict[str, str]:
    """Name the bodies that answer for the case; a case keeps them even if the master changes."""
    kinds = ("emergency_bureau", "office", "leaders", "experts")
    found = {kind: zone.body_of_kind(context, kind) for kind in kinds}
    return found | {
        "finder": finder.id,
        "issuer": finder.id,
        "enterprise": enterprise.id,
        "park_command": enterprise.command,
        "industry_department": enterprise.industry_department,
        "listing_body": enterprise.command,
    }


def _snapshot(enterprise: Enterprise) -> JsonMap:
    kept = (
        "id",
        "name_zh",
        "name",
        "park",
        "town",
        "industry_department",
        "industry",
        "size_class",
        "address",
        "sort_key",
    )
    return {name: getattr(enterprise, name) for name in kept}


def _one_of(field: str, value: object, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise Invalid.at(
            field,
            f"Expected one of {', '.join(allowed)}, but it is {value!r}",
            f"无效的取值 {value}",
        )


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\W_]+", "", folded)
