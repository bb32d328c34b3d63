"""Papers of a listing: the notice when it is published, each report of progress."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.ports import Context, JsonMap
from workflows.domain.hazard_case import HazardCase
from workflows.domain.papers import wording
from workflows.domain.papers.issuing import issue

GRADES = {
    1: ("一级（园区挂牌整改）", "Grade 1 (park)"),
    2: ("二级（区级挂牌督办）", "Grade 2 (zone)"),
}
GROUNDS = {
    "major": ("确认为重大隐患", "Confirmed as major"),
    "major_confirmed": ("确认为重大隐患", "Confirmed as major"),
    "extension": ("延期生效", "Extension in force"),
    "on_extension": ("延期生效", "Extension in force"),
    "overdue": ("逾期", "Overdue"),
    "on_overdue_major": ("重大隐患逾期", "A major hazard is overdue"),
    "by_order": ("领导指令", "By order of a leader"),
}


def notice(case: HazardCase, _token: Mapping[str, Any], context: Context) -> None:
    """Issue the notice of listing with what was published."""
    listing, order = case.data["listing"], case.data["order"] or {}
    running = case.running("rectification", "final")
    content = {
        "unit": wording.unit(case),
        "facts": wording.situation(case),
        "criterion": case.data["criterion"],
        "grade": wording.both(*GRADES.get(listing["grade"], ("", ""))),
        "grounds": [_ground(one) for one in listing["grounds"]],
        "listing_body": wording.body(case.data["bodies"].get("listing_body"), context),
        "department": wording.body(case.body("industry_department"), context),
        "finish_by": running.due_date.isoformat() if running else None,
        **_demands(case),
        **_entered(listing),
        "interim_measures": order.get("interim_measures"),
        "medium": listing["medium"],
        "published_on": listing.get("published_on"),
    }
    issue(case, "D12", content, context, subject=f"listing:{listing.get('opened_at')}")


def progress(case: HazardCase, _token: Mapping[str, Any], context: Context) -> None:
    """Issue the last report of progress."""
    reports = case.data["listing"]["reports"]
    last = reports[-1]
    percent = last["percent"]
    content = {
        "unit": wording.unit(case),
        "situation": wording.situation(case),
        "report": wording.both(f"第{len(reports)}次", f"No. {len(reports)}"),
        "progress": last["progress"],
        "percent": f"{percent} %" if percent is not None else None,
        "attachments": wording.files(last["photos"], context),
        "reported_at": wording.moment(last["at"]),
        "reported_by": wording.person(last["by"], context),
    }
    issue(case, "D13", content, context)


def _entered(listing: Mapping[str, Any]) -> JsonMap:
    """Return what the office wrote into its notice of supervision by the zone."""
    said = listing.get("notice") or {}
    fields = {
        "criterion": "basis",
        "listing_body": "supervising_body",
        "department": "department",
        "finish_by": "finish_by",
        "progress": "frequency",
    }
    return {field: said[name] for field, name in fields.items() if said.get(name)}


def _ground(ground: Any) -> JsonMap:  # noqa: ANN401 a word, or what holds one
    name = str(ground["ground"] if isinstance(ground, Mapping) else ground)
    return wording.both(*GROUNDS.get(name, (name, name)))


def _demands(case: HazardCase) -> JsonMap:
    rules = case.basis.rules
    every = rules.whole("listing.progress_report_days")
    before = rules.whole("extension.timely_days_before")
    return {
        "plan": wording.both(
            "五落实方案报督办单位备案", "The plan is filed with the supervising body"
        ),
        "progress": wording.both(f"每{every}天报告一次", f"Every {every} days"),
        "acceptance": wording.both(
            "治理完成后书面申请验收", "Ask in writing for acceptance when the work is done"
        ),
        "extension": wording.both(
            f"确需延期的，于期限届满{before}日前提出", f"At least {before} days before the date"
        ),
    }
