"""The twelve invented enterprises of the demonstration zone."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from importlib.resources import files
from typing import Final

from workflows.domain.org_facts import Enterprise

TOWN: Final = "town1"


def _read() -> tuple[Enterprise, ...]:
    text = files("workflows.demo").joinpath("enterprises.csv").read_text(encoding="utf-8")
    return tuple(_enterprise(row) for row in csv.DictReader(text.splitlines()))


def _enterprise(row: Mapping[str, str]) -> Enterprise:
    number = row["id"].removeprefix("enterprise")
    return Enterprise(
        id=row["id"],
        name_zh=row["name_zh"],
        name=row["name"],
        park=row["park"] or None,
        town=TOWN,
        industry_department=row["industry_department"],
        industry=row["industry"],
        size_class=row["size_class"],
        address=row["address"],
        legal_representative=f"法定代表人{number}",
        actual_investor=f"实际投资人{number}",
        contact=f"安全管理员{number}",
        phone=f"0000-00000{number}",
        sort_key="",
    )


ENTERPRISES: Final = _read()
