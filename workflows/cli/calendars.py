"""`bihuan calendar`: load a State Council notice of holidays and days worked in exchange."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.ports import SYSTEM
from workflows.cli.output import emit, speaking

if TYPE_CHECKING:
    from workflows.administration.calendar_years import Move
    from workflows.administration.notice_effect import YearEffect
    from workflows.domain.working_days import SpecialDay


@click.group("calendar")
def calendar_group() -> None:
    """工作日历 · The calendar of working days."""


@calendar_group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="只预览，不写入 · preview only")
@speaking
def import_command(file: Path, *, dry_run: bool, as_json: bool) -> None:
    """导入放假安排 CSV(day,kind,name,source) · Load the special days of whole years.

    Provisional dates of running cases are computed again, each with its cause in the history.
    """
    from workflows.administration import calendar_years, notice_effect
    from workflows.administration.notices import read_notice
    from workflows.cli.opening import founded

    days = read_notice(file.read_text(encoding="utf-8-sig"), file.name)
    bihuan = founded()
    with bihuan.database.read() as session:
        found = notice_effect.effects(session, days)
    moves = calendar_years.preview(bihuan.runtime, days)
    years = [one.year for one in found]
    if not dry_run:
        calendar_years.apply(bihuan.runtime, SYSTEM, bihuan.settings.agency, days)
    moved = sum(move.kind != "task" for move in moves)
    shown = ", ".join(str(year) for year in years)
    emit(
        {
            "years": years,
            "days": len(days),
            "effects": [_effect(one) for one in found],
            "moved": moved,
            "dates": [_move(m) for m in moves],
        },
        as_json=as_json,
        text=f"{'预览 · preview of' if dry_run else '已导入 · loaded'} {shown}\n"
        f"{''.join(map(_said, found))}"
        f"变动的期限 · deadlines that move: {moved}\n"
        f"变动的办理时限 · limits of tasks that move: {len(moves) - moved}",
    )


def _effect(one: YearEffect) -> dict[str, object]:
    days = {
        "gone": [day.isoformat() for day in one.gone],
        "new": [_day(special) for special in one.new],
        "changed": [_day(special) for special in one.changed],
    }
    return vars(one) | days | {"unchanged": one.unchanged}


def _day(special: SpecialDay) -> dict[str, str]:
    return {"day": special.day.isoformat(), "kind": special.kind}


def _said(one: YearEffect) -> str:
    """Say what becomes of the days that a year has."""
    if one.unchanged:
        return f"{one.year}: 无变化 · no change\n"
    if one.joined:
        return f"{one.year}: {one.before} + {one.named} 天并入 · days join\n{_differing(one)}"
    if not one.before:
        return ""
    return (
        f"{one.year}: {one.before} -> {one.after} 天整年替换 · days of the year replaced\n"
        f"{_differing(one)}"
    )


def _differing(one: YearEffect) -> str:
    told = (
        ("新增 · new", [f"{special.day} {special.kind}" for special in one.new]),
        ("改类型 · other kind", [f"{special.day} {special.kind}" for special in one.changed]),
        ("不再列入 · gone", [str(day) for day in one.gone]),
    )
    return "".join(f"  {words}: {', '.join(days)}\n" for words, days in told if days)


def _move(move: Move) -> dict[str, str]:
    return {
        "number": move.number,
        "kind": move.kind,
        "before": move.before.isoformat(),
        "after": move.after.isoformat(),
    }
