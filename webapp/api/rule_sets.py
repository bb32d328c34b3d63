"""Rule sets: every version with its articles, two compared, a new one adopted from a date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine import clock
from webapp.api import replay
from webapp.api.access import actor, agency, language, needs
from webapp.api.administration import blueprint, desk
from webapp.api.replay import once, replayable
from webapp.api.schemas.rule_sets import (
    Adopted,
    NewRules,
    RuleDifferences,
    RuleSetDetail,
    RuleSetList,
    RuleText,
)
from webapp.context import bihuan, reading
from workflows.administration import rule_sets
from workflows.administration.rule_sets import Difference
from workflows.domain import rule_store
from workflows.domain.rule_set import RuleSet, RuleValue


@blueprint.call("GET", "/administration/rules", "列出规则集的版本")
@needs.office_read
@blueprint.gives(RuleSetList)
def list_rules() -> dict[str, Any]:
    """List the versions of the rule sets, the latest first."""
    with reading() as session:
        desk(session)
        found = rule_sets.versions(session, clock.beijing_date(clock.now()))
        items = [
            vars(one)
            | {
                "title": one.title if language() == "en" else one.title_zh,
                "open_dates": rule_sets.open_dates(session, one.id, one.version),
            }
            for one in found
        ]
    return {"items": items, "total": len(items), "next": None}


@blueprint.call("GET", "/administration/rules/<rule_set>/<int:version>", "查看规则集的一个版本")
@needs.office_read
@blueprint.gives(RuleSetDetail)
def read_rules(rule_set: str, version: int) -> dict[str, Any]:
    """Tell a version value by value, and its text to begin the next one with."""
    with reading() as session:
        desk(session)
        rules = rule_store.rules_of(session, rule_set, version)
        text = rule_sets.text_of(session, rule_set, version)
    english = language() == "en"
    return {
        "id": rules.id,
        "version": rules.version,
        "title": rules.title if english else rules.title_zh,
        "basis": rules.basis if english else rules.basis_zh,
        "values_": [_value(one) for one in rules],
        "text": text,
    }


@blueprint.call(
    "GET", "/administration/rules/<rule_set>/<int:version>/diff/<int:other>", "比较规则集的两个版本"
)
@needs.office_read
@blueprint.gives(RuleDifferences)
def compare_rules(rule_set: str, version: int, other: int) -> dict[str, Any]:
    """Tell what differs in a version from another."""
    with reading() as session:
        desk(session)
        after = rule_store.rules_of(session, rule_set, version)
        before = rule_store.rules_of(session, rule_set, other)
    return _differences(before, after)


@blueprint.call("POST", "/administration/rules/check", "检查新的规则集，不采用")
@needs.office_read
@blueprint.takes(RuleText)
@blueprint.gives(RuleDifferences)
def check_rules(wanted: dict[str, Any]) -> dict[str, Any]:
    """Tell how a new version differs from the one in force; nothing is kept."""
    with reading() as session:
        desk(session)
        parsed = rule_sets.check(session, wanted["text"])
        before = rule_store.rules_in_force(session, clock.beijing_date(clock.now()))
    return _differences(before, parsed)


@blueprint.call("POST", "/administration/rules", "采用新的规则集", parameters=[replay.PARAMETER])
@needs.office_write
@replayable
@blueprint.takes(NewRules)
@blueprint.gives(Adopted, 201)
def adopt_rules(wanted: dict[str, Any]) -> dict[str, Any]:
    """Adopt a new version for cases that begin on a day or later; open cases keep theirs."""
    adopted = rule_sets.adopt(
        bihuan().database, actor(), agency(), wanted["text"], wanted["since"], once=once()
    )
    return {"id": adopted.id, "version": adopted.version}


def _differences(before: RuleSet, after: RuleSet) -> dict[str, Any]:
    found: Sequence[Difference] = rule_sets.compare(before, after)
    return {
        "id": after.id,
        "version": after.version,
        "other": before.version,
        "differences": [
            {"key": one.key, "before": _optional(one.before), "after": _optional(one.after)}
            for one in found
        ],
    }


def _optional(value: RuleValue | None) -> dict[str, Any] | None:
    return None if value is None else _value(value)


def _value(value: RuleValue) -> dict[str, Any]:
    kept = ("key", "value", "unit", "article")
    return {name: getattr(value, name) for name in kept} | {"sentence": value.text(language())}
