"""`bihuan calendar`: load a State Council notice of holidays and days worked in exchange."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from engine.errors import FieldError, Invalid
from workflows.cli.output import emit, speaking
from workflows.domain.working_days import HOLIDAY, WORKDAY, SpecialDay


@click.group("calendar")
def calendar_group() -> None:
    """工作日历 · The calendar of working days."""


@calendar_group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@speaking
def import_command(file: Path, *, as_json: bool) -> None:
    """导入放假安排 CSV(day,kind,name,source) · Load the special days of whole years.

    Provisional dates of running cases are computed again, each with its cause in the history.
    """
    from workflows.cli.opening import application
    from workflows.domain import resettling, rule_store

    days = _read(file)
    bihuan = application()
    with bihuan.database.begin() as session:
        years = rule_store.import_year(session, days)
    moved = resettling.settle_all(bihuan.runtime, years)
    shown = ", ".join(str(year) for year in years)
    emit(
        {"years": years, "days": len(days), "moved": moved},
        as_json=as_json,
        text=f"已导入 · loaded {shown}\n重算后变动的期限 · dates that moved: {moved}",
    )


def _read(file: Path) -> list[SpecialDay]:
    days: list[SpecialDay] = []
    faults: list[FieldError] = []
    with file.open(encoding="utf-8-sig", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), 2):
            faults.extend(_faults(number, row))
            if not faults:
                source = row.get("source") or file.name
                name = row.get("name") or ""
                days.append(SpecialDay(date.fromisoformat(row["day"]), row["kind"], name, source))
    if faults or not days:
        raise Invalid(
            f"Expected special days in {file.name}, but {len(faults)} lines are wrong",
            f"{file.name} 中有 {len(faults)} 行无法读取" if faults else f"{file.name} 中没有日期",
            faults,
        )
    return days


def _faults(number: int, row: dict[str, str]) -> Iterator[FieldError]:
    try:
        date.fromisoformat(row.get("day") or "")
    except ValueError:
        day = row.get("day")
        yield FieldError(f"{number}", f"“{day}” is no date", f"“{day}”不是有效日期")
    if row.get("kind") not in (HOLIDAY, WORKDAY):
        kind = row.get("kind")
        yield FieldError(
            f"{number}",
            f"“{kind}” is neither {HOLIDAY} nor {WORKDAY}",
            f"“{kind}”应为 {HOLIDAY}（休息）或 {WORKDAY}（调休上班）",
        )
