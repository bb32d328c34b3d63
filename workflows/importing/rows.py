"""One raw row to registration data, or to what is wrong with it, column by column."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine import clock
from engine.forms.values import CONTROL, is_blank, without_widthless
from workflows.domain.ledger_fields import NOT_GRADED
from workflows.importing.columns import CATEGORIES, COLUMNS, ENGLISH, LEVELS, SOURCES, words
from workflows.importing.dates import parse_instant
from workflows.importing.sheet import RawRow

LONGEST_NUMBER = 60
"""Characters of a number of another system; the form of registration has no such field."""

_TITLES = {column.key: column.title for column in COLUMNS}


@dataclass(frozen=True)
class Directory:
    """Names the ledger may use for enterprises and bodies, to their ids.

    `longest` holds how many characters the form of registration takes, by its fields.
    """

    enterprises: Mapping[str, str]
    bodies: Mapping[str, str]
    longest: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell."""

    line: int
    column: str
    message: str
    message_zh: str


@dataclass
class Parsed:
    """A row read: its registration data, or its faults."""

    line: int
    data: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    @property
    def key(self) -> str:
        """A digest of the facts: the same hazard twice is the same row."""
        facts = "|".join(
            str(self.data.get(name, ""))
            for name in ("number", "enterprise", "found_at", "description", "location")
        )
        return hashlib.sha256(facts.encode()).hexdigest()


def parse(raw: RawRow, directory: Directory) -> Parsed:
    """Read one row; every fault of the row is reported, not only the first."""
    row = Parsed(raw.line)
    for column in COLUMNS:
        text = _said(raw, column.key)
        if column.required and not text:
            _fault(row, column.key, "is empty", "不能为空")
    _look_up(row, raw, "enterprise", directory.enterprises)
    _look_up(row, raw, "finder_body", directory.bodies)
    _look_up(row, raw, "source", SOURCES, tell=True)
    _look_up(row, raw, "category", CATEGORIES, tell=True)
    if _said(raw, "level") not in NOT_GRADED:
        _look_up(row, raw, "level", LEVELS, tell=True)
    _instant(row, raw)
    _texts(row, raw, {"number": LONGEST_NUMBER, **directory.longest})
    if row.data.get("level") == "major" and not row.data.get("criterion"):
        _fault(
            row,
            "criterion",
            "is empty, but a major hazard needs a clause",
            "重大隐患须填判定依据条款",
        )
    row.data["proposed_level"] = row.data.pop("level", None)
    return row


def _said(raw: RawRow, key: str) -> str:
    """Return the text of a cell, empty where nothing can be seen in it."""
    text = without_widthless(str(raw.cells.get(key) or "")).strip()
    return "" if is_blank(text) else text


def _look_up(
    row: Parsed, raw: RawRow, key: str, known: Mapping[str, str], *, tell: bool = False
) -> None:
    text = _said(raw, key)
    if not text:
        return
    value = known.get(text) or (text if text in known.values() else None)
    if value is None:
        one_of = f"; it takes {', '.join(words(known, english=True))}" if tell else ""
        one_of_zh = f"，应为{'、'.join(words(known, english=False))}" if tell else ""
        unknown = f"has the unknown value “{text[:40]}”{one_of}"
        _fault(row, key, unknown, f"无法识别“{text[:40]}”{one_of_zh}")
    else:
        row.data[key] = value


def _instant(row: Parsed, raw: RawRow) -> None:
    cell = raw.cells.get("found_at")
    if cell in (None, ""):
        return
    moment: datetime | None = parse_instant(cell)
    if moment is None:
        _fault(
            row, "found_at", f"is no date: “{str(cell)[:40]}”", f"不是有效日期：“{str(cell)[:40]}”"
        )
    elif moment > clock.now():
        _fault(row, "found_at", "lies in the future", "不能晚于当前时间")
    else:
        row.data["found_at"] = moment.isoformat()


def _texts(row: Parsed, raw: RawRow, limits: Mapping[str, int]) -> None:
    for key in ("number", "finder_name", "description", "location", "criterion"):
        text = _said(raw, key)
        longest = limits.get(key)
        if longest is not None and len(text) > longest:
            _fault(row, key, f"has more than {longest} characters", f"超过 {longest} 字")
        if CONTROL.search(text):
            _fault(row, key, "has control characters", "含有控制字符")
        if text and text != "—":
            row.data[key] = text


def _fault(row: Parsed, key: str, message: str, message_zh: str) -> None:
    title = _TITLES[key]
    named = f"{ENGLISH.get(title) or title} {message}"
    row.faults.append(Fault(row.line, title, named, f"“{title}”{message_zh}"))
