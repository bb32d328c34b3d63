"""A sliver of a city's year: every command is lawful, and every invariant holds at its end."""

from __future__ import annotations

import json
import multiprocessing
from collections import Counter
from datetime import date
from math import inf
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine import clock
from engine.errors import Invalid
from workflows.bench import reports, tables
from workflows.bench.city.fate import fate
from workflows.bench.city.lived import Lived, lived
from workflows.bench.city.run import Work, known
from workflows.bench.city.year import AGENCIES, HAZARDS, NEW_RULES, findings
from workflows.cli.root import main

SCALE = 0.0001


def test_a_sliver_of_the_year_is_lived_and_every_invariant_holds(tmp_path: Path) -> None:
    history = tmp_path / "bench.jsonl"
    asked = ["bench", "cityyear", "--db", "sqlite-normal", "--scale", str(SCALE), "--clients", "2"]
    asked += ["--keep", str(tmp_path / "city")]
    early = CliRunner().invoke(main, [*asked, "--history", str(history), "--minutes", "0"])
    assert early.exit_code == 1
    assert "走完 0 个机关" in early.output
    assert reports.kept(history) == []
    done = CliRunner().invoke(main, [*asked, "--history", str(history), "--json"])
    assert done.exit_code == 0, done.output
    run = json.loads(done.stdout)["runs"][0]
    assert run["sound"], run["findings"]
    assert run["hazards"] == run["read"]["cases"] == round(HAZARDS * SCALE)
    assert run["refused"] == {}
    assert run["completions"] >= run["hazards"] * 5
    assert run["acts"]["case.struck_off"] >= run["hazards"] * 0.8
    assert all(mb > 0 for series in run["rss_mb"] for mb in series)
    assert [one["scale"] for one in reports.kept(history)] == [SCALE]


def test_a_run_that_broke_off_within_a_year_is_not_gone_on_with(tmp_path: Path) -> None:
    begun = Lived(SCALE, begun=["county1", "county2"], parts={"county2": {}}, seconds=1.0)
    begun.keep(tmp_path)
    with pytest.raises(Invalid, match="county1"):
        lived(tmp_path, SCALE)
    begun.parts["county1"] = {}
    begun.keep(tmp_path)
    assert lived(tmp_path, SCALE).left == sorted(AGENCIES[2:], reverse=True)
    with pytest.raises(Invalid, match="scale"):
        lived(tmp_path, SCALE * 2)


class _Gone:
    def is_alive(self) -> bool:
        return False


def test_a_client_whose_run_is_gone_begins_no_hazard(monkeypatch: pytest.MonkeyPatch) -> None:
    work = Work(None, SCALE, AGENCIES, inf, multiprocessing.Value("i", 0), None)  # type: ignore[arg-type]
    assert not work.late()
    monkeypatch.setattr(multiprocessing, "parent_process", _Gone)
    assert work.late()
    assert work.next() is None


def test_time_is_short_only_for_a_city_that_is_kept() -> None:
    done = CliRunner().invoke(main, ["bench", "cityyear", "--minutes", "5"])
    assert done.exit_code != 0
    assert "--keep" in done.output


@pytest.mark.parametrize(
    ("minutes", "told"), [(0.001, "0.001"), (0.5, "0.50"), (1234.5, "1,234"), (None, "–")]
)
def test_a_figure_is_told_as_far_as_it_says_something(minutes: float | None, told: str) -> None:
    run = {"workload": "cityyear", "minutes": minutes}
    assert f"| {told} |" in tables.table("cityyear", [run]).splitlines()[-1]


def test_the_year_has_the_distributions_of_a_city() -> None:
    year = list(findings(0.02, known()))
    assert len(year) == round(HAZARDS * 0.02)
    assert [one.at for one in year] == sorted(one.at for one in year)
    levels = Counter(one.level for one in year)
    assert levels["general"] / len(year) == pytest.approx(0.935, abs=0.02)
    assert levels["major"] / len(year) == pytest.approx(0.005, abs=0.003)
    assert {one.agency for one in year} == set(AGENCIES)
    months = Counter(clock.beijing(one.at).month for one in year)
    assert months[2] < months[1], "February is short and has the Spring Festival"
    days = Counter(clock.beijing_date(one.at) for one in year)
    assert days[date(2024, 11, 25)] > 2 * days[date(2024, 11, 18)], "after the accident"
    assert days[date(2024, 2, 29)] > 0, "a leap day"
    assert any(clock.beijing_date(one.at) >= NEW_RULES for one in year)


def test_two_clients_divide_the_year_and_nothing_is_lost() -> None:
    whole = {one.number for one in findings(0.001, known())}
    parts = [
        {one.number for one in findings(0.001, known(), some)}
        for some in (AGENCIES[:4], AGENCIES[4:])
    ]
    assert parts[0] | parts[1] == whole
    assert not parts[0] & parts[1]


def test_fates_have_the_rare_turns() -> None:
    drawn = [fate(one) for one in findings(0.05, known())]
    acts = Counter(one.act for one in drawn)
    assert set(acts) == {
        *("", "case.void_propose", "case.shut_down", "case.transfer"),
        *("level.raise", "comment", "urge"),
    }
    assert any(one.asks == 2 for one in drawn), "a second extension"
    assert any(one.silent and one.asks for one in drawn), "a silent signatory"
    assert any(one.refused and one.asks for one in drawn), "a refusal"
    assert any(one.service_refused for one in drawn)
