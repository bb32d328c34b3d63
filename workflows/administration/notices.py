"""A State Council notice of holidays as text: read whole, every wrong line named; written so."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from engine.errors import FieldError, Invalid
from workflows.domain.working_days import HOLIDAY, WORKDAY, SpecialDay, in_the_week, weekday
from workflows.importing.dates import parse_instant

COLUMNS = ("day", "kind", "name", "source")
_KINDS = {
    HOLIDAY: HOLIDAY,
    WORKDAY: WORKDAY,
    "放假": HOLIDAY,
    "休息": HOLIDAY,
    "上班": WORKDAY,
    "调休上班": WORKDAY,
}
_HEADINGS = {"日期": "day", "类型": "kind", "名称": "name", "依据": "source"}
_KINDS_ZH = {HOLIDAY: "放假", WORKDAY: "调休上班"}


def read_notice(text: str, name: str) -> list[SpecialDay]:
    """Return the days of a notice as CSV with the columns of `COLUMNS`.

    Raises:
        Invalid: with every wrong line, by its number.
    """
    _refuse_without_headings(text)
    rows = list(_rows(text))
    faults = [fault for number, row in rows for fault in _faults(number, row)]
    faults += list(_repeated(rows))
    if faults or not rows:
        raise Invalid(
            f"Expected special days in {name}, but {len(faults)} lines are wrong",
            f"{name} 中有 {len(faults)} 行无法读取" if faults else f"{name} 中没有日期",
            faults,
        )
    return [
        SpecialDay(
            day,
            _KINDS[row["kind"]],
            row.get("name", "")[:100],
            (row.get("source") or name)[:200],
        )
        for _, row in rows
        if (day := _date(row))
    ]


def headings(language: str) -> Iterable[str]:
    """Return the first line of a notice in a language."""
    return _HEADINGS if language == "zh" else COLUMNS


def row_of(special: SpecialDay, language: str) -> tuple[str, ...]:
    """Return a day as the line that `read_notice` reads."""
    kind = _KINDS_ZH[special.kind] if language == "zh" else special.kind
    return (special.day.isoformat(), kind, special.name, special.source)


def _date(row: Mapping[str, str]) -> date | None:
    """Return the day of a line, also as a spreadsheet writes it again."""
    found = parse_instant(row.get("day", ""))
    return found.date() if found else None


def _refuse_without_headings(text: str) -> None:
    first = next(csv.reader(io.StringIO(text.lstrip("\ufeff"))), [])
    there = {_HEADINGS.get(cell.strip(), cell.strip()) for cell in first}
    if first and not {"day", "kind"} <= there:
        raise Invalid.at(
            "text",
            f"Expected the headings {', '.join(COLUMNS)} in the first line, "
            f"but it is “{','.join(first)[:60]}”",
            f"第一行应为列名“{','.join(_HEADINGS)}”，现为“{','.join(first)[:60]}”",
        )


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    for number, row in enumerate(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))), 2):
        known = {_HEADINGS.get(key or "", key or ""): str(row[key] or "").strip() for key in row}
        if any(known.values()):
            yield number, known


def _faults(number: int, row: Mapping[str, str]) -> Iterator[FieldError]:
    text, kind, day = row.get("day", ""), row.get("kind", ""), _date(row)
    if day is None:
        yield FieldError(f"{number}", f"“{text}” is no date", f"“{text}”不是有效日期")
    elif _KINDS.get(kind) == WORKDAY and in_the_week(day):
        yield _worked_anyway(number, day)
    if kind not in _KINDS:
        yield FieldError(
            f"{number}",
            f"“{kind}” is neither {HOLIDAY} nor {WORKDAY}",
            f"“{kind}”应为“放假”或“调休上班”",
        )


def _worked_anyway(number: int, day: date) -> FieldError:
    zh, en = weekday(day)
    return FieldError(
        f"{number}",
        f"{day} is a {en}, a working day anyway; only a day of the weekend is worked in exchange",
        f"{day} 是{zh}，本来就是工作日；调休上班只用于周六、周日",
    )


def _repeated(rows: list[tuple[int, dict[str, str]]]) -> Iterator[FieldError]:
    first: dict[date, int] = {}
    for number, row in rows:
        day = _date(row)
        before = first.setdefault(day, number) if day else number
        if before != number:
            yield FieldError(
                f"{number}", f"repeats the day of line {before}", f"与第 {before} 行日期重复"
            )
