"""Rows of the ledger without their cases' histories: for what only reads the ledger."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from workflows.domain import ledger_keys
from workflows.domain.pinyin import sort_key

FOUND = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)


def case_row(number: int) -> dict[str, Any]:
    """Return the columns of a case that has only a ledger row."""
    return {
        "id": _case_id(number),
        "agency": "default",
        "process": "hazard_rectification",
        "document": "{}",
        "created_at": FOUND,
        "created_by": "inspector1",
    }


def hazard_row(number: int, **changes: Any) -> dict[str, Any]:
    """Return the columns of a ledger row, with its derived ones."""
    values = _ROW | {"case_id": _case_id(number), "number": f"GY-2026-{number:06d}"} | changes
    values["sort_key"] = sort_key(values["enterprise_name_zh"])
    values["fingerprint"] = str(number)
    return values | ledger_keys.of(values)


def _case_id(number: int) -> str:
    return f"00000000-0000-7000-8000-{number:012d}"


_ROW: dict[str, Any] = {
    "agency": "default",
    "enterprise": "enterprise01",
    "enterprise_name_zh": "示例铝业",
    "enterprise_name": "Example Aluminium",
    "industry": "机械",
    "park": "park_east",
    "town": "town1",
    "industry_department": "industry_economy",
    "address": "示例大道1号",
    "location": "一号车间",
    "above_scale": False,
    "origin": "inspection",
    "entry_mode": "proxy",
    "found_at": FOUND,
    "finder_body": "bureau",
    "registered_by": "inspector1",
    "registered_at": FOUND,
    "description": "灭火器压力不足",
    "category": "object",
    "subcategory": "",
    "level": "general",
    "criterion": "",
    "imminent": False,
    "photos": 1,
    "funds_wan": None,
    "planned_date": None,
    "responsible_person": "",
    "supervising_body": "bureau",
    "supervising_person": "",
    "extensions": 0,
    "extension_pending": False,
    "order_kind": "notice",
    "served_at": FOUND,
    "current_due_date": date(2026, 3, 16),
    "current_due_at": FOUND + timedelta(days=15),
    "listing_grade": 0,
    "interview_late": False,
    "overdue_since": None,
    "done_at": None,
    "recheck_result": None,
    "struck_off_at": None,
    "exit": None,
    "state": "registered",
    "round": 1,
    "duplicate_of": None,
    "experts": "",
    "updated_at": FOUND,
}
