"""Ledgers by the command line: reports of what is wrong, and files of what a person sees."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from engine import clock
from engine.clock import VirtualClock
from tests.domain.conftest import built_zone, world
from tests.domain.world import START, World
from workflows.cli.root import main
from workflows.exporting import files

__all__ = ["built_zone", "world"]

HEADS = "单位,隐患来源,发现日期,发现人单位,隐患描述,地址+区域,类别,等级"
ROW = "示例铝业,部门,2026-03-01,示例bureau,灭火器压力不足,一号车间,物,一般"


@pytest.fixture
def zone(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    url = world.bihuan.database.url.render_as_string(hide_password=False)
    monkeypatch.setenv("BIHUAN_DATABASE_URL", url)
    return world


def run(*arguments: str, expect: int = 0) -> dict[str, Any]:
    with clock.use(VirtualClock(START)):
        result = CliRunner().invoke(main, [*arguments, "--json"])
    assert result.exit_code == expect, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.mark.usefixtures("zone")
def test_a_refused_ledger_leaves_a_report(tmp_path: Path) -> None:
    source, report = tmp_path / "ledger.csv", tmp_path / "report.csv"
    source.write_text(f"{HEADS}\n{ROW}\n{ROW.replace('一般', '特大')}\n", encoding="utf-8")
    arguments = ("import", "hazards", str(source), "--as", "office_officer")
    found = run(*arguments, "--report", str(report), expect=1)
    assert (found["added"], found["faults"][0]["column_en"]) == (0, "Level")
    rows = list(csv.reader(report.read_text("utf-8-sig").splitlines()))
    assert rows[1][:4] == ["3", "有误 refused", "等级", "Level"]


def test_the_ledger_is_written_as_a_person_sees_it(zone: World, tmp_path: Path) -> None:
    zone.register()
    zone.register("town_officer", enterprise="enterprise02", finder_body="town1")
    every, some = tmp_path / "all.xlsx", tmp_path / "some.csv"
    assert run("export", "ledger", str(every), "--as", "auditor")["rows"] == 2
    sheet = load_workbook(every).active
    assert sheet is not None
    assert sheet["A2"].value.startswith("GY-2026-")
    narrow = ("--as", "principal1", "--columns", "number,enterprise", "--where", "level=-")
    assert run("export", "ledger", str(some), *narrow)["rows"] == 1
    rows = list(csv.reader(some.read_text("utf-8-sig").splitlines()))
    assert rows == [["隐患编号", "单位"], ["GY-2026-000001", "示例铝业"]]
    wrong = ("--as", "auditor", "--where", "colour=red")
    assert "where" in run("export", "ledger", str(some), *wrong, expect=1)["errors"]


@pytest.mark.parametrize(("number", "said"), [("0.4000", "0.4"), ("100.0000", "100"), ("0", "0")])
def test_a_number_is_written_without_empty_places(number: str, said: str) -> None:
    assert files.plain(Decimal(number)) == said
