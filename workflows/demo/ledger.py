"""A zone's ledger of about 250 hazards, made of the seventy example hazards.

Levels follow a real zone: mostly general, some larger, few major. Every hazard stands on
an enterprise of an industry where it can occur. The same seed gives the same ledger.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from openpyxl import Workbook

from engine import clock
from workflows.importing.columns import COLUMNS

SOURCE = Path(__file__).with_name("hazards.csv")
WANTED = {"一般": 198, "较大": 28, "重大": 10}
"""Rows by level: a zone-year has 1,000 to 3,000 hazards, 80 to 240 larger, 20 to 60 major."""
DAYS_BACK = {"一般": 75, "较大": 45, "重大": 32}
"""The ledger begins this many days ago, by level, and ends today: the grave ones are recent,
so that some are still open and some have expired."""
EVERYWHERE = {"通用", "工贸", "特种设备", "厂房仓库", "人员密集"}
PLACES = (
    "一号车间",
    "二号车间",
    "三号车间",
    "原料库",
    "成品库",
    "配电室",
    "锅炉房",
    "装卸区",
    "办公楼",
)
SOURCES = (("部门", 70), ("自查", 25), ("专家", 4), ("上级交办", 1))
MANAGEMENT = {"H14", "H17", "H18", "H19", "H21", "H33", "H38", "H64", "H65", "H66", "H70"}
PERSON = {"H16", "H20", "H41", "H53", "H63"}


@dataclass(frozen=True)
class Site:
    """An enterprise as the ledger needs it: its name, industry and who inspects it."""

    name: str
    industry: str
    finders: tuple[str, ...]


@dataclass(frozen=True)
class Example:
    """One of the seventy example hazards."""

    id: str
    industry: str
    level: str
    description: str
    criterion: str

    @property
    def category(self) -> str:
        """人, 物 or 管理 of the official table."""
        if self.id in PERSON:
            return "人"
        return "管理" if self.id in MANAGEMENT else "物"

    def fits(self, industry: str) -> bool:
        """Return whether the hazard can occur in an industry."""
        named = set(re.split(r"[/()]", self.industry)) - {""}
        return bool(named & EVERYWHERE) or any(word in industry for word in named)


def examples() -> list[Example]:
    """Read the seventy example hazards."""
    with SOURCE.open(encoding="utf-8", newline="") as file:
        return [
            Example(r["id"], r["industry"], r["level"], r["description"], r["criterion"])
            for r in csv.DictReader(file)
        ]


def rows(sites: Sequence[Site], today: date, seed: int = 15) -> list[list[object]]:
    """Return ledger rows in the official columns, oldest first."""
    chance = random.Random(seed)  # noqa: S311 a repeatable ledger, not a secret
    known = examples()
    made = []
    for level, count in WANTED.items():
        possible = [(e, s) for e in known if e.level == level for s in sites if e.fits(s.industry)]
        chance.shuffle(possible)
        made += [_row(chance, *possible[i % len(possible)], today) for i in range(count)]
    made.sort(key=lambda row: str(row[FOUND]))
    for number, row in enumerate(made, 1):
        row[0] = f"L{today.year}-{number:04d}"
    return made


FOUND = [column.key for column in COLUMNS].index("found_at")


def write_workbook(path: Path, table: Iterable[Sequence[object]]) -> None:
    """Write an Excel ledger with the official headings."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "隐患排查台账"
    sheet.append([column.title for column in COLUMNS])
    for row in table:
        sheet.append(list(row))
    book.save(path)


def _row(chance: random.Random, example: Example, site: Site, today: date) -> list[object]:
    found = _found(chance, today, example.level)
    names = [name for name, _ in SOURCES]
    source = chance.choices(names, [weight for _, weight in SOURCES])[0]
    cells = {
        "number": "",
        "enterprise": site.name,
        "source": source,
        "found_at": found.strftime("%Y-%m-%d %H:%M"),
        "finder_body": chance.choice(site.finders),
        "finder_name": "",
        "description": example.description,
        "location": chance.choice(PLACES),
        "category": example.category,
        "level": example.level,
        "criterion": example.criterion,
    }
    return [cells[column.key] for column in COLUMNS]


def _found(chance: random.Random, today: date, level: str) -> datetime:
    back = chance.randint(1, DAYS_BACK[level])
    moment = time(chance.randint(8, 16), chance.choice((0, 10, 20, 30, 40, 50)))
    return datetime.combine(today - timedelta(days=back), moment, clock.BEIJING)
